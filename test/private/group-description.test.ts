import { groupDescription } from '../../src/private/group-description';

test.each([
  ['Tasks of Stack/Users/Workload', 'Tasks of Stack/Users/Workload'],
  ['Tasks of Städte/Größe', 'Tasks of St-dte/Gr--e'],
  ['a "quoted" <b> %', 'a -quoted- -b- -'],
  ['x'.repeat(300), 'x'.repeat(255)],
])('%s is %s', (text, description) => {
  expect(groupDescription(text)).toBe(description);
});
