import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { install } from '../lib/install.mjs';
import { judge, JUDGES } from '../lib/judges.mjs';
import { findTemplates } from '../lib/templates.mjs';
import { FIXTURES, snapshot, temporaryFolder } from './support.mjs';

let findings;
before(async () => {
  install();
  findings = await judge(findTemplates(FIXTURES));
});

const PLANTED = [
  ['cfn-lint', 'E3030', 'Faulty/Logs/Resource'],
  ['cdk-validate', 'W3030', 'Faulty/Logs/Resource'],
  ['nag-solutions', 'AwsSolutions-S1', 'Faulty/Bucket/Resource'],
  ['nag-serverless', 'Serverless-APIGWDefaultThrottling', 'Faulty/Stage/Resource'],
  ['cfn-guard', 'CT.S3.PR.9', 'Faulty/Bucket/Resource'],
  ['checkov', 'CKV_AWS_18', 'Faulty/Bucket/Resource'],
  ['parliament', 'UNKNOWN_ACTION', 'Faulty/Policy/Resource'],
  ['parliament', 'RESOURCE_MISMATCH', 'Faulty/Policy/Resource'],
];

for (const [name, rule, path] of PLANTED) {
  test(`${name} finds ${rule} where it was planted`, () => {
    const found = findings.filter((finding) => finding.judge === name && finding.rule === rule);
    assert.deepEqual(found.map((finding) => [finding.template, finding.path]), [['planted/Faulty', path]]);
  });
}

test('every judge has a fault planted for it', () => {
  assert.deepEqual(new Set(PLANTED.map(([name]) => name)), new Set(JUDGES));
});

test('no judge finds anything in the clean template, and none breaks', () => {
  assert.deepEqual(findings.filter((finding) => finding.template === 'planted/Clean' || finding.broken), []);
});

test('fails the judges that cannot read a template back, for that template alone', async (t) => {
  const integ = temporaryFolder(t);
  snapshot(integ, 'fine', { Resources: { Topic: { Type: 'AWS::ServiceDiscovery::HttpNamespace', Properties: { Name: 'fine' } } } });
  snapshot(integ, 'unreadable', {
    Resources: { Topic: { Type: 'AWS::ServiceDiscovery::HttpNamespace', Properties: { Name: { Ref: 'Missing' } } } },
  });
  const broken = (await judge(findTemplates(integ))).filter((finding) => finding.broken);
  assert.deepEqual(new Set(broken.map((finding) => finding.template)), new Set(['unreadable/unreadable']));
  assert.ok(broken.some((finding) => finding.judge === 'nag-solutions'));
});

test('resource policies and trust policies are no findings for naming a principal', async (t) => {
  const integ = snapshot(temporaryFolder(t), 'trust', {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } }],
          },
        },
      },
    },
  });
  assert.deepEqual((await judge(findTemplates(integ))).filter((finding) => finding.judge === 'parliament'), []);
});
