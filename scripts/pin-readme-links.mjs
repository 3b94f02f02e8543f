// Links of the README lead to the files of the release that they belong to: the Construct Hub and the package registries show old READMEs too.
//
// With a version in package.json the links are pinned to its tag; without one (0.0.0, as in the repository) they lead to the main branch.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const readme = join(root, 'README.md');
const { version, repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const project = new URL(repository.url).pathname.replace(/\.git$/, '');
const ref = version === '0.0.0' ? 'main' : `v${version}`;

const text = readFileSync(readme, 'utf8');
const pinned = text
  .replace(new RegExp(`(raw\\.githubusercontent\\.com${project}/)[^/\\s)"]+`, 'g'), `$1${ref}`)
  .replace(new RegExp(`(github\\.com${project}/(?:blob|tree)/)[^/\\s)"]+`, 'g'), `$1${ref}`);
writeFileSync(readme, pinned);
