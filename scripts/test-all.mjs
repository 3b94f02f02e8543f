// Runs every check of the project, one step after the other, and says how long each took.
//
//   node scripts/test-all.mjs [step...]     default: all steps
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const STEPS = [
  { name: 'generated', what: 'project files are as .projenrc.ts makes them', task: 'default' },
  { name: 'compile', what: 'jsii', task: 'compile' },
  { name: 'surface', what: 'API.md, awslint, examples of all docs', task: 'post-compile' },
  { name: 'compat', what: 'no breaking change since the last release', task: 'compat' },
  { name: 'unit', what: 'types, unit tests with coverage, ESLint, integ snapshots', task: 'test' },
  { name: 'judges', what: 'outside judges over the integ templates', task: 'judges' },
  { name: 'judges:test', what: 'each judge finds a fault planted for it', task: 'judges:test' },
  { name: 'newest-cdk', what: 'types and unit tests with the newest CDK', task: 'test:newest-cdk' },
  { name: 'packages', what: 'npm, PyPI, Maven and Go packages', task: 'package-all' },
  { name: 'languages', what: 'the same app in four languages gives the same template', task: 'languages' },
  { name: 'local:test', what: 'additions to the local emulator', task: 'local:test' },
  { name: 'deploy-test', what: 'integ cases and examples, deployed to the local emulator', task: 'deploy-test' },
];
/** Without these what follows has nothing to look at. */
const ESSENTIAL = new Set(['compile']);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`unknown step ${unknown.join(', ')}; known: ${STEPS.map((step) => step.name).join(', ')}`);
  process.exit(2);
}

const results = [];
const before = changes();
for (const step of STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n=== ${step.name}: ${step.what}`);
  const start = Date.now();
  const passed = run('npx', ['projen', step.task]);
  results.push({ name: step.name, passed, seconds: seconds(start) });
  if (!passed && ESSENTIAL.has(step.name)) break;
}
results.push({ name: 'unchanged', passed: sameAs(before), seconds: 0 });

console.log('\n=== summary');
results.forEach(({ name, passed, seconds: took }) => console.log(`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${String(took).padStart(5)} s`));
const failed = results.filter(({ passed }) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run(program, args) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** What differs from the last commit: a step that changes it found generated files that are not up to date. */
function changes() {
  return git('status', '--porcelain') + git('diff');
}

function sameAs(earlier) {
  if (changes() === earlier) return true;
  console.error(`\nthe checks changed files of the project: commit what they generated\n${git('status', '--short')}`);
  return false;
}

function git(...args) {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 256 << 20 });
  if (status !== 0) throw new Error(`git ${args.join(' ')} failed: the checks compare with the last commit, so run them in a clone`);
  return stdout;
}

function seconds(start) {
  return Math.round((Date.now() - start) / 1000);
}
