// Compares the public surface with that of the last release; fails on a change that breaks its users.
//
//   node scripts/compat.mjs [tarball]     default: the newest release of the package
//
// A change that is meant is listed in .compatignore by the key that is printed with it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// inside the project: the old assembly finds the packages that it stands on beside it
const previous = join(root, 'node_modules', '.previous');
const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(previous, { recursive: true, force: true });
mkdirSync(previous, { recursive: true });
const tarball = process.argv[2] ? resolve(process.argv[2]) : lastRelease();
if (tarball === undefined) {
  console.log(`${name} has no release yet: nothing to compare with`);
} else {
  run('tar', ['-xzf', tarball, '-C', previous, '--strip-components=1']);
  // without --error-on, changes of an experimental library are warnings
  const { status } = spawnSync(join(root, 'node_modules', '.bin', 'jsii-diff'), [previous, root, '--keys', '--error-on', 'all', '--ignore-file', join(root, '.compatignore')], { stdio: 'inherit' });
  console.log(status === 0 ? 'no breaking change' : 'breaking changes, see above');
  process.exitCode = status === 0 ? 0 : 1;
}
rmSync(previous, { recursive: true, force: true });

function lastRelease() {
  const found = spawnSync('npm', ['view', name, 'version'], { cwd: root, encoding: 'utf8' });
  if (found.status !== 0 && /\bE404\b/.test(found.stderr)) return undefined;
  if (found.status !== 0) throw new Error(`the last release cannot be asked for: ${found.stderr.trim().split('\n')[0]}`);
  const [{ filename }] = JSON.parse(run('npm', ['pack', `${name}@${found.stdout.trim()}`, '--json', '--pack-destination', previous]));
  return join(previous, filename);
}

function run(program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}
