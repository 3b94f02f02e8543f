import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { JUDGES_DIR, run } from './install.mjs';
import { stageTemplates } from './templates.mjs';

/** Every judge, in the order of the table. */
export const JUDGES = ['cfn-lint', 'cdk-validate', 'nag-solutions', 'nag-serverless', 'cfn-guard', 'checkov', 'parliament'];

/** Programs that run at a time. */
const PARALLEL = 2;

const venvBin = (name, program) => join(JUDGES_DIR, '.venv', name, 'bin', program);
const idOf = (file) => basename(file, '.json');

/** A judge that could not do its work is a finding that no waiver covers, for each template or (without `id`) for all. */
function broken(judges, { code, stdout, stderr }) {
  const message = `exit code ${code}: ${(stderr || stdout).trim().split('\n').slice(-3).join(' ')}`;
  return judges.map((judge) => ({ judge, broken: true, message }));
}

const readFindings = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The four judges that read the templates back into a CDK app: one process. */
async function cdk({ staged, work, options }) {
  const outdir = join(work, 'cdk.out');
  const result = await run(process.execPath, [join(JUDGES_DIR, 'lib', 'cdk-judges.mjs'), staged, outdir], options);
  return readFindings(join(outdir, 'findings.json')) ?? broken(['cdk-validate', 'nag-solutions', 'nag-serverless', 'cfn-guard'], result);
}

/** cfn-lint judges for a Region, so there is one process for each Region in use. */
async function cfnLint({ templates, options }) {
  const findings = [];
  for (const region of new Set(templates.map((template) => template.region))) {
    const files = templates.filter((template) => template.region === region).map((template) => template.file);
    const result = await run(venvBin('lint', 'cfn-lint'), ['--format', 'json', '--regions', region, '--template', ...files], options);
    const matches = parse(result.stdout);
    findings.push(...matches?.map(({ Filename, Rule, Location, Message }) => {
      const [section, logicalId, ...rest] = Location.Path ?? [];
      return {
        judge: 'cfn-lint',
        id: idOf(Filename),
        rule: Rule.Id,
        logicalId: section === 'Resources' ? logicalId : undefined,
        message: `${rest.join('.')}: ${Message}`,
      };
    }) ?? broken(['cfn-lint'], result));
  }
  return findings;
}

async function checkov({ templates, options }) {
  const args = ['--framework', 'cloudformation', '--skip-download', '--compact', '--soft-fail', '--output', 'json'];
  const result = await run(venvBin('checkov', 'checkov'), [...args, '--file', ...templates.map((template) => template.file)], options);
  const report = parse(result.stdout);
  if (!report || result.code !== 0) return broken(['checkov'], result);
  const { failed_checks: failed = [], skipped_checks: skipped = [], parsing_errors: unread = [] } = report.results ?? {};
  return [
    ...unread.map((file) => ({ judge: 'checkov', id: idOf(file), broken: true, message: 'could not be parsed' })),
    ...[...failed, ...skipped].map((check) => ({
      judge: 'checkov',
      id: idOf(check.file_abs_path),
      rule: check.check_id,
      logicalId: check.resource.split('.').at(-1),
      message: check.check_name,
    })),
  ];
}

async function parliament({ staged, work, options }) {
  const output = join(work, 'parliament.json');
  const script = join(JUDGES_DIR, 'lib', 'parliament_judge.py');
  const result = await run(venvBin('lint', 'python'), ['-W', 'ignore', script, staged, output], options);
  return readFindings(output) ?? broken(['parliament'], result);
}

/** Runs the tasks, at most `PARALLEL` at a time. */
async function pool(tasks) {
  const queue = [...tasks];
  const results = [];
  const worker = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) results.push(await task());
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return results.flat();
}

/**
 * Every finding of every judge on the templates: `judge`, `template`, `rule`, `path` of the resource and `message`.
 * The judges run in a folder of their own that is also their home, so that no configuration of the user's reaches them.
 */
export async function judge(templates) {
  const work = mkdtempSync(join(tmpdir(), 'judges-'));
  try {
    const files = stageTemplates(templates, work);
    const staged = join(work, 'staged.list');
    writeFileSync(staged, JSON.stringify(files));
    const options = { cwd: work, env: { ...process.env, HOME: work, PYTHONDONTWRITEBYTECODE: '1' } };
    const context = { templates: files, staged, work, options };
    const findings = await pool([cdk, checkov, cfnLint, parliament].map((task) => () => task(context)));
    return findings.flatMap(({ id, logicalId, ...finding }) => files
      .filter((file) => id === undefined || file.id === id)
      .map((file) => ({ ...finding, template: file.name, path: logicalId ? file.pathOf(logicalId) : '(template)' })));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
