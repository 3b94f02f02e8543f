/**
 * The judges that live in npm: reads templates back with CfnInclude into one app and writes the findings as JSON.
 *
 * Usage: node cdk-judges.mjs <staged templates .json> <output directory>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import { App, DefaultStackSynthesizer, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/** Judge by the plugin's name in the report. The first is built into the CDK, its findings are errors by the flag below. */
const JUDGES = {
  'CloudFormation Validate': 'cdk-validate',
  'AwsSolutions': 'nag-solutions',
  'Serverless': 'nag-serverless',
  'cdk-validator-cfnguard': 'cfn-guard',
};

const [stagedFile, outdir] = process.argv.slice(2);
const staged = JSON.parse(readFileSync(stagedFile, 'utf8'));
const findings = [];
const failAll = (message, id) => findings.push(...Object.values(JUDGES).map((judge) => ({ judge, id, broken: true, message })));

/** The properties a Guard rule stopped at; the other judges say it in the description, or say "Properties". */
function placesIn(locations) {
  const places = locations.flatMap((location) => /^\/Resources\/[^/]+\/Properties\/(.+)/.exec(location)?.[1] ?? []);
  return places.length > 0 ? ` (${[...new Set(places)].slice(0, 3).join(', ')})` : '';
}

const app = new App({
  outdir,
  analyticsReporting: false,
  context: { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:validationReportJson': true },
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app), new CfnGuardValidator());
for (const { id, file, region } of staged) {
  const stack = new Stack(app, id, { env: { region }, synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) });
  try {
    new CfnInclude(stack, 'T', { templateFile: file });
  } catch (error) {
    failAll(error.message, id);
  }
}

let synthError;
try {
  app.synth();
} catch (error) {
  synthError = error; // thrown for findings too: then there is a report
}

let report = { pluginReports: [] };
try {
  report = JSON.parse(readFileSync(join(outdir, 'policy-validation-report.json'), 'utf8'));
} catch (error) {
  failAll(synthError?.message ?? `no validation report: ${error.message}`);
}

for (const { summary, violations } of report.pluginReports) {
  const judge = JUDGES[summary.pluginName];
  if (!judge) throw new Error(`the validation report names an unknown plugin: ${summary.pluginName}`);
  if (summary.status !== 'success' && violations.length === 0) findings.push({ judge, broken: true, message: 'failed without a finding' });
  for (const { ruleName, description, violatingResources } of violations) {
    // Control Tower's rules carry the number they are known by in front of the description
    const [, number, text] = /^\[(CT\.[^\]]+)\]:\s*(.*)$/s.exec(description) ?? [];
    if (violatingResources.length === 0) findings.push({ judge, broken: true, message: `${ruleName}: ${description}` });
    for (const { constructPath, resourceLogicalId, templatePath, locations } of violatingResources) {
      const [id, , logicalId] = constructPath?.split('/') ?? [];
      findings.push({
        judge,
        id: id ?? basename(templatePath, '.template.json'),
        rule: number ?? ruleName,
        logicalId: resourceLogicalId ?? logicalId,
        message: `${text ?? description}${placesIn(locations)}`,
      });
    }
  }
}

/** The CDK sorts what a resource depends on, which means the same in any order. */
function withSortedDependencies({ Resources = {}, ...rest }) {
  const resources = Object.entries(Resources).map(([id, { DependsOn = [], ...resource }]) => [id, { ...resource, DependsOn: [DependsOn].flat().sort() }]);
  return { ...rest, Resources: Object.fromEntries(resources) };
}

// what the read-back loses, these judges have not seen
for (const { id, content } of staged) {
  const readBack = JSON.parse(readFileSync(join(outdir, `${id}.template.json`), 'utf8'));
  if (!isDeepStrictEqual(withSortedDependencies(readBack), withSortedDependencies(content))) failAll('the template read back by CfnInclude differs from the snapshot', id);
}

writeFileSync(join(outdir, 'findings.json'), JSON.stringify(findings));
process.exitCode = 0;
