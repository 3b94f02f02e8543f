import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findTemplates } from '../lib/templates.mjs';
import { FIXTURES, temporaryFolder } from './support.mjs';

test('every stack template is found, those of integ-runner are left out', () => {
  assert.deepEqual(findTemplates(FIXTURES).map((template) => template.name), ['planted/Clean', 'planted/Faulty']);
});

test('the Region is that of the stack, or a default', () => {
  assert.deepEqual(findTemplates(FIXTURES).map((template) => template.region), ['us-east-1', 'eu-central-1']);
});

test('a resource is named by its construct path, or by its logical id where there is none', () => {
  const [clean, faulty] = findTemplates(FIXTURES);
  assert.equal(faulty.pathOf('Bucket83908E77'), 'Faulty/Bucket/Resource');
  assert.equal(clean.pathOf('Namespace9B63B8C8'), 'Namespace9B63B8C8');
});

test('suppressions in metadata do not reach the judges', () => {
  const [, faulty] = findTemplates(FIXTURES);
  assert.ok(!JSON.stringify(faulty.content).includes('Metadata'));
});

test('a folder without snapshots has no templates', (t) => {
  assert.deepEqual(findTemplates(temporaryFolder(t)), []);
});
