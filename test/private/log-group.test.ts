import { RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { serviceLogGroup } from '../../src/private/log-group';
import { only, regionStack } from '../support/fixtures';

test('by default it keeps a year and outlives the stack', () => {
  const stack = regionStack();
  serviceLogGroup(stack, 'Logs', {});
  Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', {
    DeletionPolicy: 'Retain',
    Properties: { RetentionInDays: 365, KmsKeyId: Match.absent(), LogGroupName: Match.absent() },
  });
});

test('retention and removal policy', () => {
  const stack = regionStack();
  serviceLogGroup(stack, 'Logs', { retention: logs.RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY });
  Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete', Properties: { RetentionInDays: 7 } });
});

test('a vended group has the prefix and a name of its own', () => {
  const stack = regionStack();
  serviceLogGroup(stack, 'Access', { vended: true });
  const [prefix, stackId] = only(Template.fromStack(stack), 'AWS::Logs::LogGroup').LogGroupName['Fn::Join'][1];
  expect(prefix).toMatch(/^\/aws\/vendedlogs\/[\w-]*Stack[\w-]*Access-$/);
  expect(JSON.stringify(stackId)).toContain('"AWS::StackId"'); // a retained group does not stand in the way of the next stack of this name
});

test('the key admits the logs service of the Region, once for several groups', () => {
  const stack = regionStack();
  const encryptionKey = new kms.Key(stack, 'Key');
  serviceLogGroup(stack, 'One', { encryptionKey });
  serviceLogGroup(stack, 'Two', { encryptionKey });
  const template = Template.fromStack(stack);
  template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: stack.resolve(encryptionKey.keyArn) });
  const statements = only(template, 'AWS::KMS::Key').KeyPolicy.Statement.filter((each: any) => each.Principal.Service === 'logs.eu-central-1.amazonaws.com');
  expect(statements.map((each: any) => each.Condition ? Object.keys(each.Condition.StringLike) : each.Action))
    .toEqual([['kms:EncryptionContext:aws:logs:arn'], 'kms:DescribeKey']);
});

test('a name that the writing service asks for gets the id of the stack behind it', () => {
  const stack = regionStack();
  serviceLogGroup(stack, 'Named', { name: 'aws-waf-logs-site' });
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: { 'Fn::Join': ['', ['aws-waf-logs-site-', Match.anyValue()]] },
  });
});

test('fails for a key of another Region', () => {
  const stack = regionStack();
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef');
  expect(() => serviceLogGroup(stack, 'Logs', { encryptionKey }))
    .toThrow('`encryptionKey` of Stack is in us-east-1, and log groups take keys of their own Region only; pass a key of eu-central-1');
});
