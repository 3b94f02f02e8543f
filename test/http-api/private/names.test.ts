import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { dnsLabelConflicts, dnsNameConflicts, labelOf, uniqueNamespaceName } from '../../../src/http-api/private/names';
import { regionStack } from '../../support/fixtures';

test.each([
  ['Users', 'users'], ['UserService', 'user-service'], ['orders_v2', 'orders-v2'], ['2ndService', 'nd-service'], ['42', 'service'], ['HTTPApi', 'httpapi'],
  ['X'.repeat(80), 'x'.repeat(63)], [`${'x'.repeat(62)}-y`, 'x'.repeat(62)],
])('the id %s makes the label %s', (id, label) => {
  expect(labelOf(id)).toBe(label);
  expect(dnsLabelConflicts('discoveryName', label)).toEqual([]);
});

test.each(['a', 'a-b', 'A1', 'a'.repeat(63)])('label %s is fine', (label) => {
  expect(dnsLabelConflicts('discoveryName', label)).toEqual([]);
});

test.each(['', '-a', 'a-', '1a', 'a.b', 'a b', 'a'.repeat(64)])('fails for the label %p', (label) => {
  expect(dnsLabelConflicts('discoveryName', label)).toEqual([expect.stringMatching(/^`discoveryName` must be a DNS label/)]);
});

test('the hint about underscores comes only where there is one', () => {
  expect(dnsLabelConflicts('discoveryName', 'a_b')[0]).toContain('write a hyphen for each underscore');
  expect(dnsLabelConflicts('discoveryName', 'a b')[0]).not.toContain('underscore');
});

test.each([['shop.internal', 0], ['shop', 0], ['shop..internal', 1], [`${'a'.repeat(63)}.`.repeat(4) + 'b', 1], [undefined, 0]])('name %p has %i conflicts', (name, count) => {
  expect(dnsNameConflicts('cloudMapNamespace', name)).toHaveLength(count);
});

test('a namespace in a nested stack, whose name is a Token, has a legal and stable name', () => {
  const names = [1, 2].map(() => uniqueNamespaceName(new NestedStack(regionStack(), 'Nested')));
  expect(names[0]).toBe(names[1]);
  expect(dnsNameConflicts('cloudMapNamespace', names[0])).toEqual([]);
});

test('a namespace in a nested stack is told apart by the name of the stack around it', () => {
  const names = ['dev', 'prod'].map((stackName) => uniqueNamespaceName(new NestedStack(new NestedStack(new Stack(new App(), 'Main', { stackName }), 'Outer'), 'Inner')));
  expect(names[0]).toMatch(/^dev-inner-[0-9a-f]{8}\.internal$/);
  expect(names[1]).toMatch(/^prod-inner-/);
});
