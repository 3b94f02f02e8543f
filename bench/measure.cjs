// One measurement in a process of its own, printed as JSON.
//
//   node measure.cjs case <module>      the module exports build(app): construct and synth, peak memory, what was made
//   node measure.cjs require <library>  loading the library, when all that it needs of the CDK is loaded already
'use strict';
const { readdirSync, readFileSync, statSync } = require('node:fs');
const { join, resolve } = require('node:path');

function measureCase(file) {
  const { App } = require('aws-cdk-lib');
  const { build } = require(resolve(file));
  // what loading the library costs is measured by itself
  const library = require.cache[require.resolve('../lib')];
  if (library) touch(library.exports);
  const start = process.hrtime.bigint();
  const app = new App({ analyticsReporting: false });
  build(app);
  const { stacks } = app.synth();
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  const templates = stacks.map((stack) => stack.template);
  return {
    ms,
    rssMiB: process.resourceUsage().maxRSS / 1024,
    resources: templates.reduce((sum, template) => sum + Object.keys(template.Resources).length, 0),
    bytes: templates.reduce((sum, template) => sum + JSON.stringify(template).length, 0),
  };
}

/** Loads every module: they load when a name of theirs is used first. */
function touch(entry) {
  Object.keys(entry).forEach((name) => entry[name]);
}

function measureRequire(library) {
  const needed = new Set();
  for (const name of readdirSync(library, { recursive: true })) {
    const file = join(library, name);
    if (!name.endsWith('.js') || !statSync(file).isFile()) continue;
    for (const [, module] of readFileSync(file, 'utf8').matchAll(/require\("((?:aws-cdk-lib|constructs)[^"]*)"\)/g)) needed.add(module);
  }
  const first = process.hrtime.bigint();
  needed.forEach((module) => require(module));
  const second = process.hrtime.bigint();
  const entry = require(library);
  const third = process.hrtime.bigint();
  touch(entry);
  const fourth = process.hrtime.bigint();
  return { cdkMs: Number(second - first) / 1e6, requireMs: Number(third - second) / 1e6, everythingMs: Number(fourth - second) / 1e6 };
}

const [mode, argument] = process.argv.slice(2);
process.stdout.write(JSON.stringify(mode === 'case' ? measureCase(argument) : measureRequire(resolve(argument))));
