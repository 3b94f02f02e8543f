import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureVenv } from '../../local/venv.mjs';

export const JUDGES_DIR = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs a program to its end. Never throws: whether the exit code means findings or failure is the caller's to know. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) child[stream].setEncoding('utf8').on('data', (text) => { output[stream] += text; });
    child.on('error', (error) => resolve({ code: -1, ...output, stderr: error.message }));
    child.on('close', (code) => resolve({ code, ...output }));
  });
}

/** Says what it does before it does it; `work` answers whether there was anything to do. */
function step(what, work) {
  const start = Date.now();
  process.stdout.write(`judges: ${what} ... `);
  const done = work();
  console.log(done ? `${((Date.now() - start) / 1000).toFixed(1)} s` : 'ready');
}

/** Installs the npm packages unless that was done for the same lockfile and Node. */
function ensurePackages() {
  const stamp = join(JUDGES_DIR, 'node_modules', '.stamp');
  const hash = createHash('sha256').update(process.version).update(readFileSync(join(JUDGES_DIR, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: JUDGES_DIR, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ci failed: ${stderr.trim().split('\n').slice(0, 3).join(' ')}`);
  writeFileSync(stamp, hash);
  return true;
}

/** Installs what is missing or older than the lockfile and the requirements. */
export function install() {
  step('npm packages', ensurePackages);
  for (const name of ['lint', 'checkov']) {
    step(`Python environment "${name}"`, () => ensureVenv(join(JUDGES_DIR, '.venv', name), join(JUDGES_DIR, `requirements-${name}.txt`)));
  }
}
