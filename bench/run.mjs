// Measures the smallest use of each blueprint against a hand-written twin with the same resources, and what loading the library costs.
//
//   npx projen compile && npx projen bench [--runs N]
//
// Every figure is the median of fresh processes. The two sides take turns, so that both meet the same machine; their ratio is the median of
// the ratios of neighbours. No threshold fails the run:
// machines differ and are shared. A miss is explained by a profile (node --cpu-prof bench/measure.cjs ...).
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const out = join(here, '.out');
const at = process.argv.indexOf('--runs');
const runs = at > 0 ? Number(process.argv[at + 1]) : 15;

/** What is to be reached, as ours divided by the twin's, or as a plain limit. */
const TARGETS = { ms: 1.05, rssMiB: 1.05, requireMs: 10, tarballKB: 300 };

function compileCases() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const file of readdirSync(join(here, 'cases'))) {
    const source = readFileSync(join(here, 'cases', file), 'utf8');
    const { outputText } = typescript.transpileModule(source, { compilerOptions: { module: 'commonjs', target: 'es2022', esModuleInterop: true } });
    writeFileSync(join(out, file.replace(/\.ts$/, '.js')), outputText.replace(/"\.\.\/\.\.\/src"/g, '"../../lib"'));
  }
}

function measure(...args) {
  return JSON.parse(execFileSync(process.execPath, [join(here, 'measure.cjs'), ...args], { encoding: 'utf8' }));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function medians(samples) {
  return Object.fromEntries(Object.keys(samples[0]).map((key) => [key, median(samples.map((sample) => sample[key]))]));
}

function compare(name) {
  const samples = { ours: [], twin: [] };
  for (let run = 0; run < runs; run += 1) {
    for (const side of run % 2 ? ['ours', 'twin'] : ['twin', 'ours']) samples[side].push(measure('case', join(out, `${name}-${side}.js`)));
  }
  const ratios = samples.ours.map((ours, run) => Object.fromEntries(Object.keys(ours).map((key) => [key, ours[key] / samples.twin[run][key]])));
  return { name, ours: medians(samples.ours), twin: medians(samples.twin), ratio: medians(ratios) };
}

function tarballKB() {
  const [{ size }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  return size / 1000;
}

function row(what, ours, twin, target, met) {
  console.log(`| ${[what.padEnd(34), ours.padStart(9), twin.padStart(9), target.padStart(12), met].join(' | ')} |`);
}

function against(what, key, { ours, twin, ratio }, digits) {
  const target = TARGETS[key];
  row(what, ours[key].toFixed(digits), twin[key].toFixed(digits), target ? `<= ${target} x` : '', `${ratio[key].toFixed(3)} x${ratio[key] > target ? ' MISSED' : ''}`);
}

compileCases();
const names = [...new Set(readdirSync(out).flatMap((file) => /^(.+)-(?:ours|twin)\.js$/.exec(file)?.[1] ?? []))];
console.log(`Medians of ${runs} fresh processes each, Node ${process.versions.node}\n`);
row('', 'ours', 'twin', 'to reach', 'result');
console.log(`|${['-'.repeat(36), '-'.repeat(11), '-'.repeat(11), '-'.repeat(14), '---'].join('|')}|`);
for (const pair of names.map(compare)) {
  against(`${pair.name}: construct and synth, ms`, 'ms', pair, 1);
  against(`${pair.name}: peak memory, MiB`, 'rssMiB', pair, 1);
  against(`${pair.name}: resources`, 'resources', pair, 0);
  against(`${pair.name}: template, bytes`, 'bytes', pair, 0);
}
const load = medians(Array.from({ length: runs }, () => measure('require', join(root, 'lib'))));
const size = tarballKB();
row('require, ms over the CDK\'s own', load.requireMs.toFixed(1), `(${load.cdkMs.toFixed(0)})`, `<= ${TARGETS.requireMs}`, load.requireMs > TARGETS.requireMs ? 'MISSED' : 'ok');
row('require and touch every name, ms', load.everythingMs.toFixed(1), '', '', '');
row('tarball, kB', size.toFixed(0), '', `<= ${TARGETS.tarballKB}`, size > TARGETS.tarballKB ? 'MISSED' : 'ok');
