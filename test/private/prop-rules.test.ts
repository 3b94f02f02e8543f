import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { conflictIf, environmentConflicts, isKnown, knownToDiffer, numberConflicts, throwOnConflicts } from '../../src/private/prop-rules';

class Widget extends Construct {}

const widget = new Widget(new Stack(new App(), 'S'), 'W');

test('no conflict, no error', () => {
  expect(() => throwOnConflicts(widget, [], conflictIf(false, 'never'))).not.toThrow();
});

test('one conflict is one line that names the construct', () => {
  expect(() => throwOnConflicts(widget, ['`cpu` is odd'])).toThrow(new Error("Widget 'S/W': `cpu` is odd"));
});

test('all conflicts are reported together', () => {
  expect(() => throwOnConflicts(widget, ['first'], ['second', 'third'])).toThrow(new Error("Widget 'S/W' has 3 conflicts:\n- first\n- second\n- third"));
});

test.each([1, 5, 10, undefined, Lazy.number({ produce: () => 99 })])('number %p is in the range, or is not known yet', (value) => {
  expect(numberConflicts('size', value, 1, 10)).toEqual([]);
});

test.each([0, 11, 1.5, NaN])('fails for number %p', (value) => {
  expect(numberConflicts('size', value, 1, 10, 'GiB')).toEqual([`\`size\` must be a whole number from 1 to 10 GiB, got ${value}`]);
});

test('fails for a name that is both plain and secret', () => {
  expect(environmentConflicts({ A: '1', B: '2' }, { B: {}, C: {} })).toEqual(['`environment` and `secrets` both set B; keep it in one of them']);
});

test.each([[{}, undefined], [undefined, {}], [{ A: '1' }, { B: {} }]])('names apart are fine: %j %j', (environment, secrets) => {
  expect(environmentConflicts(environment, secrets)).toEqual([]);
});

test('what is unset or a Token is not known', () => {
  expect(isKnown(undefined)).toBe(false);
  expect(isKnown(Lazy.string({ produce: () => 'later' }))).toBe(false);
  expect(isKnown('')).toBe(true);
});

test('values differ for sure when both are known', () => {
  const later = Lazy.string({ produce: () => 'b' });
  expect([knownToDiffer('a', 'b'), knownToDiffer('a', 'a'), knownToDiffer('a', later), knownToDiffer(undefined, 'a')]).toEqual([true, false, false, false]);
});
