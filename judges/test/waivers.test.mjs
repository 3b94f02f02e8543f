import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join } from 'node:path';
import { applyWaivers, readWaivers } from '../lib/waivers.mjs';
import { JUDGES_DIR, temporaryFolder, waiverFile } from './support.mjs';

const REASON = 'This bucket receives the access logs themselves, logging it would never end.';
const WAIVER = { template: 'dekart*', resource: '*/AccessLogs/Resource', rules: { checkov: ['CKV_AWS_18'] }, reason: REASON };
const FINDING = { judge: 'checkov', template: 'dekart-minimal/Dekart', rule: 'CKV_AWS_18', path: 'Dekart/Maps/AccessLogs/Resource' };

const read = (t, ...waivers) => readWaivers(waiverFile(temporaryFolder(t), waivers));

test('a waiver covers the finding it names', (t) => {
  const { waived, left, stale } = applyWaivers([FINDING], read(t, WAIVER));
  assert.deepEqual({ waived, left, stale }, { waived: [FINDING], left: [], stale: [] });
});

for (const [key, value] of [['judge', 'cfn-lint'], ['template', 'http-api/Api'], ['rule', 'CKV_AWS_181'], ['path', 'Dekart/Maps/Bucket/Resource']]) {
  test(`a waiver does not cover a finding with another ${key}, and is stale then`, (t) => {
    const { left, stale } = applyWaivers([{ ...FINDING, [key]: value }], read(t, WAIVER));
    assert.equal(left.length, 1);
    assert.equal(stale.length, 1);
  });
}

test('brackets in a rule are themselves, a star is anything', (t) => {
  const waiver = { ...WAIVER, rules: { 'nag-solutions': ['AwsSolutions-IAM5[Resource::<*.Arn>/*]'] } };
  const finding = { ...FINDING, judge: 'nag-solutions', rule: 'AwsSolutions-IAM5[Resource::<Bucket83908E77.Arn>/tables/*]' };
  assert.equal(applyWaivers([finding], read(t, waiver)).waived.length, 1);
  assert.equal(applyWaivers([{ ...finding, rule: 'AwsSolutions-IAM5[Action::s3:*]' }], read(t, waiver)).waived.length, 0);
});

test('an escaped star is a star', (t) => {
  const waiver = { ...WAIVER, rules: { 'nag-solutions': ['AwsSolutions-IAM5[Resource::\\*]'] } };
  const finding = { ...FINDING, judge: 'nag-solutions', rule: 'AwsSolutions-IAM5[Resource::*]' };
  assert.equal(applyWaivers([finding], read(t, waiver)).waived.length, 1);
  assert.equal(applyWaivers([{ ...finding, rule: 'AwsSolutions-IAM5[Resource::arn:*]' }], read(t, waiver)).waived.length, 0);
});

test('each rule of a waiver must match something', (t) => {
  const { stale } = applyWaivers([FINDING], read(t, { ...WAIVER, rules: { checkov: ['CKV_AWS_18', 'CKV_AWS_21'] } }));
  assert.deepEqual(stale.map((waiver) => waiver.rule), ['CKV_AWS_21']);
});

test('no waiver covers a judge that broke', (t) => {
  assert.equal(applyWaivers([{ ...FINDING, broken: true }], read(t, WAIVER)).left.length, 1);
});

const INVALID = [
  ['a reason too short', { reason: 'false positive' }, /`reason` must argue about the resource in at least 40 characters, got 14/],
  ['no reason', { reason: undefined }, /`reason` must argue/],
  ['every resource', { resource: '*' }, /`resource` must name a resource/],
  ['no template', { template: '' }, /`template` must be a pattern/],
  ['every rule', { rules: { checkov: ['*'] } }, /must name rules, not all of them/],
  ['an unknown judge', { rules: { tflint: ['X'] } }, /unknown judge "tflint"/],
  ['no rule', { rules: {} }, /`rules` must name at least one judge/],
  ['an unknown key', { until: '2030' }, /unknown keys until/],
];
for (const [what, change, message] of INVALID) {
  test(`fails for a waiver with ${what}`, (t) => {
    assert.throws(() => read(t, { ...WAIVER, ...change }), message);
  });
}

test('fails with all mistakes together', (t) => {
  assert.throws(() => read(t, { ...WAIVER, reason: 'short', rules: {} }), /`reason`[\s\S]*`rules`/);
});

test("the project's own waivers are well formed", () => {
  assert.ok(Array.isArray(readWaivers(join(JUDGES_DIR, 'waivers.json'))));
});
