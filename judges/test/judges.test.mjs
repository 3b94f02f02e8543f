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

/** A managed policy that allows one action on one resource. */
const policy = (action, resource) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] } },
});

test('policies are read as they would be deployed', async (t) => {
  const bucketArn = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
  const integ = snapshot(temporaryFolder(t), 'policies', {
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket' },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } }],
          },
        },
      },
      Joined: policy('s3:GetObject', { 'Fn::Join': ['', [bucketArn, '/*']] }),
      Substituted: policy('s3:GetObject', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::maps/*' }),
      Imported: policy('kms:Decrypt', { 'Fn::ImportValue': 'Shared:ExportsOutputFnGetAttKey961B73FDArn5A860C43' }),
      Selected: policy('s3:GetObject', { 'Fn::Select': [1, ['', { 'Fn::Join': ['/', [bucketArn, { 'Fn::Select': [0, { 'Fn::Split': ['-', 'maps-1'] }] }]] }]] }),
      Conditional: policy('s3:ListBucket', { 'Fn::If': ['Given', bucketArn, { Ref: 'AWS::NoValue' }] }),
      ObjectsForBucket: policy('s3:ListBucket', { 'Fn::Join': ['', [bucketArn, '/*']] }),
    },
    Conditions: { Given: { 'Fn::Equals': ['1', '1'] } },
  });
  const found = (await judge(findTemplates(integ))).filter((finding) => finding.judge === 'parliament');
  assert.deepEqual(found.map((finding) => [finding.rule, finding.path]), [['RESOURCE_MISMATCH', 'ObjectsForBucket']]);
});
