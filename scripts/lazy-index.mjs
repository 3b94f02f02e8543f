// Lets lib/index.js load each module when one of its names is used first, as aws-cdk-lib's own entry point does: an app that takes one
// construct of the library does not load the others.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const entry = require.resolve('../lib/index.js');
const source = readFileSync(entry, 'utf8');

const modules = new Map();
const withoutRequires = source.replace(/^(?:var|const) (\w+) = require\("([^"]+)"\);\n/gm, (_line, name, path) => {
  modules.set(name, path);
  return '';
});
const lazy = withoutRequires.replace(/return (\w+)\.(\w+);/g, (line, module, name) => {
  if (!modules.has(module)) throw new Error(`lib/index.js: \`${line}\` names no module`);
  return `return require("${modules.get(module)}").${name};`;
});
if (modules.size === 0) throw new Error('lib/index.js is not as the compiler writes it: nothing to load late');
writeFileSync(entry, lazy);

// what cannot be loaded is found here and not by the first user
const library = require(entry);
const missing = Object.keys(library).filter((name) => library[name] === undefined);
if (missing.length > 0) throw new Error(`lib/index.js does not export ${missing.join(', ')}`);
