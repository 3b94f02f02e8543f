/**
 * Outside judges over the templates of the integ cases.
 *
 * Usage: node judges/run.mjs [--integ <directory>] [--waivers <file>] [--json <file>] [<part of a template's name>...]
 * With names only those templates are judged, and waivers that match nothing are not reported.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { install, JUDGES_DIR } from './lib/install.mjs';
import { judge } from './lib/judges.mjs';
import { report } from './lib/report.mjs';
import { findTemplates } from './lib/templates.mjs';
import { applyWaivers, readWaivers } from './lib/waivers.mjs';

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      integ: { type: 'string', default: join(JUDGES_DIR, '..', 'integ') },
      waivers: { type: 'string', default: join(JUDGES_DIR, 'waivers.json') },
      json: { type: 'string' },
    },
  });
  const waivers = readWaivers(values.waivers);
  const templates = findTemplates(values.integ)
    .filter(({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
  if (templates.length === 0) throw new Error(`no template to judge in ${values.integ}`);
  install();
  const start = Date.now();
  const findings = await judge(templates);
  const result = applyWaivers(findings, waivers);
  if (positionals.length > 0) result.stale = [];
  if (values.json) writeFileSync(values.json, `${JSON.stringify(result, undefined, 2)}\n`);
  const { lines, ok } = report(templates, result);
  console.log(`judges: ${templates.length} templates in ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
  console.log(lines.join('\n'));
  process.exitCode = ok ? 0 : 1;
}

main().catch((error) => {
  console.error(`judges: ${error.message}`);
  process.exitCode = 1;
});
