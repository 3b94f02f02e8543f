// A Python virtual environment that holds exactly the pinned requirements, made again only when they change.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OLDEST = [3, 10];
const CANDIDATES = process.platform === 'win32' ? ['python', 'py'] : ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

/** Path of the environment's own interpreter. */
export function interpreter(folder) {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/** Makes or completes the environment in `folder`; true when there was something to do. */
export function ensureVenv(folder, requirements) {
  const stamp = join(folder, 'requirements.installed');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(interpreter(folder)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;

  const python = findPython();
  rmSync(folder, { recursive: true, force: true });
  run(python, ['-m', 'venv', folder], 'could not make a Python environment (on Debian and Ubuntu: install python3-venv)');
  run(interpreter(folder), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements],
    `could not install ${requirements}`);
  writeFileSync(stamp, wanted);
  return true;
}

function findPython() {
  const found = CANDIDATES.find(isRecentEnough);
  if (!found) throw new Error(`no Python ${OLDEST.join('.')} or newer on the PATH: install Python 3 with its venv module, then run this again`);
  return found;
}

function isRecentEnough(command) {
  try {
    const check = `import sys, venv, ensurepip; sys.exit(sys.version_info < (${OLDEST.join(', ')}))`;
    execFileSync(command, ['-c', check], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function run(command, args, failure) {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const detail = String(error.stderr ?? '').trim().split('\n').at(-1) || error.message;
    throw new Error(`${failure}: ${detail}`);
  }
}
