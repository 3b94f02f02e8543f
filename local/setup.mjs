// What `npm run try` and `npm test` need on a fresh clone of a fresh machine: the npm packages, and a Python environment.
// Plain Node without dependencies: it runs before anything is installed. With --test also what only the deploy test needs.
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureVenv } from './venv.mjs';

const LOCAL = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(LOCAL);
const OLDEST_NODE = [20, 16];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new Error(`Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join('.')} or newer`);
  }
}

/** npm keeps its own record of what it installed: it has to agree with the lockfile. */
function packagesAreInstalled(folder) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  // optional packages are those of other platforms; the entry without a name is the project itself
  const needed = Object.entries(wanted).filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional);
  return needed.every(([path, entry]) => installed[path]?.version === entry.version);
}

/** True when there was something to do. */
function installPackages(folder) {
  if (packagesAreInstalled(folder)) return false;
  // npm ci would empty the folder that others use through the same link
  if (lstatSync(join(folder, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Error('node_modules is a link and does not match package-lock.json: run `npm ci` where it leads to');
  }
  try {
    const options = { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], shell: process.platform === 'win32' };
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], options);
  } catch (error) {
    throw new Error(`npm ci failed: ${String(error.stderr ?? '').trim().split('\n')[0] || error.message}`);
  }
  return true;
}

function step(name, work) {
  const start = Date.now();
  process.stdout.write(`  ${`${name} `.padEnd(52, '.')} `);
  const done = work();
  console.log(done ? `${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s` : '  ready');
}

try {
  checkNode();
  console.log('Setting up');
  step('npm packages', () => installPackages(ROOT));
  step('Python environment', () => ensureVenv(join(LOCAL, '.venv'), join(LOCAL, 'requirements.txt')));
  if (process.argv.includes('--test')) step('AWS clients for the deploy test', () => installPackages(LOCAL));
} catch (error) {
  console.error(`\nsetup: ${error.message}`);
  process.exit(1);
}
