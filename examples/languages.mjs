// Synthesizes examples/<language>/minimal against the packages in dist/, as a user of each language would install them, and compares the
// templates: every language has to give the same ones.
//
//   node examples/languages.mjs [language...]     languages: typescript python java go (default: all)
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(root, 'dist');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const versions = { cdk: manifest.devDependencies['aws-cdk-lib'], constructs: manifest.devDependencies.constructs };
const work = mkdtempSync(join(tmpdir(), 'languages-'));

/** Runs a program in the copy of an example; its output is shown when it fails only. */
function run(cwd, program, ...args) {
  try {
    return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 });
  } catch (error) {
    throw new Error(`${program} ${args.join(' ')} failed in ${cwd}: ${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
  }
}

function packageIn(language, pattern) {
  const folder = join(dist, language);
  const found = existsSync(folder) ? readdirSync(folder, { recursive: true }).find((name) => pattern.test(name)) : undefined;
  if (!found) throw new Error(`no package in dist/${language}: run \`npx projen package:${language}\` first`);
  return join(folder, found);
}

// Each prepares a copy of its example and answers the command that the CDK CLI runs as the app.
const languages = {
  typescript(cwd) {
    run(cwd, 'npm', 'init', '-y');
    run(cwd, 'npm', 'install', '--no-fund', '--no-audit', packageIn('js', /\.tgz$/), `aws-cdk-lib@${versions.cdk}`, `constructs@${versions.constructs}`,
      `typescript@${manifest.devDependencies.typescript}`, `@types/node@${manifest.devDependencies['@types/node']}`);
    run(cwd, 'npx', 'tsc', '--ignoreConfig', '--strict', '--target', 'es2022', '--module', 'node16', '--skipLibCheck', '--types', 'node', 'app.ts');
    return 'node app.js';
  },
  python(cwd) {
    run(cwd, 'python3', '-m', 'venv', '.venv');
    run(cwd, '.venv/bin/pip', 'install', '--quiet', `aws-cdk-lib==${versions.cdk}`, `constructs==${versions.constructs}`, packageIn('python', /\.whl$/));
    return '.venv/bin/python app.py';
  },
  java(cwd) {
    const version = dirname(packageIn('java', /\.pom$/)).split('/').pop();
    const pom = join(cwd, 'pom.xml');
    const repository = `<repositories><repository><id>dist</id><url>file://${join(dist, 'java')}</url></repository></repositories>`;
    writeFileSync(pom, readFileSync(pom, 'utf8').replace('<dependencies>', `${repository}\n  <dependencies>`));
    // the machine's repository may hold an older build of the same version
    rmSync(join(homedir(), '.m2/repository', manifest.jsii.targets.java.maven.groupId.replaceAll('.', '/')), { recursive: true, force: true });
    run(cwd, 'mvn', '-B', '-q', '-ntp', `-Dblueprints.version=${version}`, `-Dcdk.version=${versions.cdk}`, `-Dconstructs.version=${versions.constructs}`,
      'compile', 'dependency:build-classpath', '-Dmdep.outputFile=classpath.txt');
    return `java -cp target/classes:${readFileSync(join(cwd, 'classpath.txt'), 'utf8').trim()} com.example.Minimal`;
  },
  go(cwd) {
    const { moduleName, packageName } = manifest.jsii.targets.go;
    const module = `${moduleName}/${packageName}`;
    packageIn('go', /go\.mod$/);
    run(cwd, 'go', 'mod', 'init', 'example.com/minimal');
    run(cwd, 'go', 'mod', 'edit', '-require', `${module}@v0.0.0`, '-replace', `${module}=${join(dist, 'go', packageName)}`,
      '-require', `github.com/aws/aws-cdk-go/awscdk/v2@v${versions.cdk}`, '-require', `github.com/aws/constructs-go/constructs/v10@v${versions.constructs}`);
    run(cwd, 'go', 'mod', 'tidy');
    run(cwd, 'go', 'build', '-o', 'app', '.');
    return './app';
  },
};

function templatesOf(language) {
  const cwd = join(work, language);
  mkdirSync(cwd, { recursive: true });
  cpSync(join(here, language, 'minimal'), cwd, { recursive: true });
  const app = languages[language](cwd);
  // nothing that depends on the language's runtime, or on who runs the CLI
  run(cwd, join(root, 'node_modules/.bin/cdk'), 'synth', '--quiet', '--no-version-reporting', '--no-notices', '--app', app, '--output', 'cdk.out');
  const out = join(cwd, 'cdk.out');
  return Object.fromEntries(readdirSync(out).filter((name) => name.endsWith('.template.json')).sort().map((name) => [name, readFileSync(join(out, name), 'utf8')]));
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(languages);
const unknown = wanted.filter((language) => !(language in languages));
if (unknown.length > 0) throw new Error(`unknown language ${unknown.join(', ')}; known: ${Object.keys(languages).join(', ')}`);
let failed = 0;
try {
  let reference;
  for (const language of wanted) {
    const start = Date.now();
    const templates = templatesOf(language);
    const seconds = Math.round((Date.now() - start) / 1000);
    reference ??= { language, templates };
    if (Object.keys(templates).length === 0) throw new Error(`${language} synthesized no template`);
    const differing = [...new Set([...Object.keys(templates), ...Object.keys(reference.templates)])]
      .filter((name) => templates[name] !== reference.templates[name]);
    failed += differing.length > 0 ? 1 : 0;
    console.log(`${language}: ${Object.keys(templates).length} templates in ${seconds} s, ${
      differing.length > 0 ? `NOT as in ${reference.language}: ${differing.join(', ')} (kept in ${work})` : `as in ${reference.language}`}`);
  }
} finally {
  if (failed === 0) rmSync(work, { recursive: true, force: true });
}
console.log(`${wanted.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
