import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const JUDGES_DIR = join(dirname(fileURLToPath(import.meta.url)), '..');
export const FIXTURES = join(JUDGES_DIR, 'fixtures');

/** A folder that is gone when the test ends. */
export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'judges-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A snapshot with one template, as integ-runner would leave it in `integ`. */
export function snapshot(integ, name, template) {
  const folder = join(integ, `integ.${name}.ts.snapshot`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.template.json`), JSON.stringify(template));
  return integ;
}

export function waiverFile(folder, waivers) {
  const file = join(folder, 'waivers.json');
  writeFileSync(file, JSON.stringify(waivers));
  return file;
}

/** The runner as a user starts it. */
export function runJudges(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(JUDGES_DIR, 'run.mjs'), ...args], { encoding: 'utf8' });
  return { status, stdout, stderr, lines: stdout.trim().split('\n') };
}
