// Draws every picture of this folder from its source.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureVenv, interpreter } from '../../local/venv.mjs';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const VENV = join(FOLDER, '.venv');
const STYLE = 'style.py';

function checkGraphviz() {
  try {
    execFileSync('dot', ['-V'], { stdio: 'ignore' });
  } catch {
    throw new Error('`dot` is not on the PATH: install Graphviz (Debian and Ubuntu: the package graphviz)');
  }
}

try {
  checkGraphviz();
  ensureVenv(VENV, join(FOLDER, 'requirements.txt'));
  for (const source of readdirSync(FOLDER).filter((name) => name.endsWith('.py') && name !== STYLE)) {
    execFileSync(interpreter(VENV), [join(FOLDER, source)], { stdio: 'inherit' });
    console.log(`${basename(source, '.py')}.png`);
  }
} catch (error) {
  console.error(`pictures: ${error.message}`);
  process.exit(1);
}
