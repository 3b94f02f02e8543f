import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const INTEG = join(dirname(dirname(__dirname)), 'integ');

export interface IntegTemplate {
  /** Folder of the snapshot, and name of the template. */
  readonly name: string;
  readonly template: { readonly Resources: { readonly [id: string]: unknown } };
}

/** Templates of the integ cases, as their snapshots have them, without those of the test runner itself. */
export function integTemplates(): IntegTemplate[] {
  return readdirSync(INTEG)
    .filter((folder) => folder.endsWith('.snapshot'))
    .flatMap((folder) => readdirSync(join(INTEG, folder))
      .filter((file) => file.endsWith('.template.json') && !file.includes('DeployAssert'))
      .map((file) => ({ name: `${folder}/${file}`, template: JSON.parse(readFileSync(join(INTEG, folder, file), 'utf8')) })));
}
