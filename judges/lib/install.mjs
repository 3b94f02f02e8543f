import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const JUDGES_DIR = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Oldest Python the judges run on. */
const MIN_PYTHON = [3, 10];

const seconds = (start) => `${((Date.now() - start) / 1000).toFixed(1)} s`;

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

async function step(what, command, args) {
  const start = Date.now();
  process.stdout.write(`judges: ${what} ... `);
  const { code, stdout, stderr } = await run(command, args, { cwd: JUDGES_DIR });
  if (code !== 0) {
    process.stdout.write('failed\n');
    throw new Error(`${what} failed: ${(stderr || stdout).trim().split('\n').slice(-5).join('\n')}`);
  }
  process.stdout.write(`${seconds(start)}\n`);
}

/** Does `install` unless the last one was for the same content. */
async function once(directory, content, install) {
  const stamp = join(directory, '.stamp');
  const hash = createHash('sha256').update(content).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  await install();
  writeFileSync(stamp, hash);
}

async function findPython() {
  for (const candidate of ['python3', 'python']) {
    const { code, stdout } = await run(candidate, ['-c', 'import sys; print(*sys.version_info[:2])']);
    const [major, minor] = stdout.trim().split(' ').map(Number);
    if (code === 0 && major === MIN_PYTHON[0] && minor >= MIN_PYTHON[1]) return { command: candidate, version: `${major}.${minor}` };
  }
  throw new Error(`no Python ${MIN_PYTHON.join('.')} or later found: install python3 with its venv module and put it on the PATH`);
}

async function venv(python, name) {
  const directory = join(JUDGES_DIR, '.venv', name);
  const requirements = join(JUDGES_DIR, `requirements-${name}.txt`);
  await once(directory, `${python.version}\n${readFileSync(requirements)}`, async () => {
    rmSync(directory, { recursive: true, force: true });
    await step(`virtual environment "${name}" for Python ${python.version}`, python.command, ['-m', 'venv', directory]);
    await step(`pip install ${name}`, join(directory, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  });
}

/** Installs what is missing or older than the lockfile and the requirements. */
export async function install() {
  const lockfile = readFileSync(join(JUDGES_DIR, 'package-lock.json'));
  await once(join(JUDGES_DIR, 'node_modules'), `${process.version}\n${lockfile}`, () =>
    step('npm ci', 'npm', ['ci', '--no-audit', '--no-fund']));
  const python = await findPython();
  await venv(python, 'lint');
  await venv(python, 'checkov');
}
