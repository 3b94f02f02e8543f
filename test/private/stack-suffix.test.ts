import { withStackSuffix } from '../../src/private/stack-suffix';
import { regionStack } from '../support/fixtures';

test('the name ends in the first part of the id of the stack', () => {
  const stack = regionStack();
  expect(stack.resolve(withStackSuffix('vault'))).toEqual({
    'Fn::Join': ['', ['vault-', { 'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }] }] }]],
  });
});
