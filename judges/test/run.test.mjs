import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FIXTURES, runJudges, temporaryFolder, waiverFile } from './support.mjs';

const REASON = 'Planted in a fixture, so that the judges are seen to find what they are there to find.';

/** A waiver for each finding of an earlier run. */
const waiversFor = (findings) => findings.map(({ judge, rule, path, template }) => ({ template, resource: path, rules: { [judge]: [rule] }, reason: REASON }));

test('fails while findings are left, passes when each is waived, fails for a waiver that is stale', (t) => {
  const folder = temporaryFolder(t);
  const json = join(folder, 'result.json');
  const bare = runJudges('--integ', FIXTURES, '--waivers', waiverFile(folder, []), '--json', json);
  assert.equal(bare.status, 1);
  assert.equal(bare.lines.at(-1), '7 passed, 7 failed');
  assert.ok(bare.lines.includes('planted/Faulty: nag-solutions AwsSolutions-S1'));

  const waivers = waiversFor(JSON.parse(readFileSync(json, 'utf8')).left);
  const waived = runJudges('--integ', FIXTURES, '--waivers', waiverFile(folder, waivers));
  assert.equal(waived.lines.at(-1), '14 passed, 0 failed', waived.stdout);
  assert.equal(waived.status, 0);

  const stale = { template: '*', resource: '*/Nowhere/Resource', rules: { checkov: ['CKV_AWS_1'] }, reason: REASON };
  const withStale = runJudges('--integ', FIXTURES, '--waivers', waiverFile(folder, [...waivers, stale]));
  assert.equal(withStale.status, 1);
  assert.equal(withStale.lines.at(-1), '14 passed, 1 failed');
  assert.match(withStale.stdout, /stale waiver: checkov CKV_AWS_1\n/);
});

test('fails before any judge runs for a waiver without an argument', (t) => {
  const file = waiverFile(temporaryFolder(t), [{ template: '*', resource: '*/Bucket', rules: { checkov: ['CKV_AWS_18'] }, reason: 'noise' }]);
  const { status, stderr } = runJudges('--integ', FIXTURES, '--waivers', file);
  assert.equal(status, 1);
  assert.match(stderr, /at least 40 characters, got 5/);
});

test('fails when there is nothing to judge', (t) => {
  const { status, stderr } = runJudges('--integ', temporaryFolder(t));
  assert.equal(status, 1);
  assert.match(stderr, /no template to judge/);
});
