import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { headerConflicts, requestMappings, stripPathConflicts } from '../../../src/http-api/private/request-mapping';

const NOTHING = { hasClaims: true, namedStage: false };

test('nothing is changed when nothing is asked for', () => {
  expect(requestMappings('/users', NOTHING)).toEqual({});
});

test.each([
  ['/users', '/users', '/'],
  ['/users/{proxy+}', '/users', '/$request.path.proxy'],
  ['/users/{id}/photos/{rest+}', '/users', '/$request.path.id/photos/$request.path.rest'],
  ['/users/health', '/users', '/health'],
])('%s without %s is %s', (path, strip, expected) => {
  expect(requestMappings(path, { ...NOTHING, strip })).toEqual({ 'overwrite:path': expected });
});

test('a path that only starts like the prefix keeps it', () => {
  expect(requestMappings('/users-archive', { ...NOTHING, strip: '/users' })).toEqual({});
});

test('the name of a stage is taken out of the path, and the prefix after it', () => {
  expect(requestMappings('/users', { ...NOTHING, namedStage: true })).toEqual({ 'overwrite:path': '$request.path' });
  expect(requestMappings('/users', { ...NOTHING, namedStage: true, strip: '/users' })).toEqual({ 'overwrite:path': '/' });
});

test('what the user maps goes last', () => {
  const parameterMapping = new apigwv2.ParameterMapping().overwritePath(apigwv2.MappingValue.custom('/fixed'));
  expect(requestMappings('/users', { ...NOTHING, strip: '/users', parameterMapping })).toEqual({ 'overwrite:path': '/fixed' });
});

test.each([
  'authorization', 'Host', 'x-forwarded-for', 'X-Amzn-Trace-Id', 'x-amz-date', 'access-control-allow-origin', 'apigw-id', 'content-length', 'Via', 'Connection',
])('fails for the reserved header %s', (header) => {
  expect(headerConflicts({ claimHeaders: { [header]: 'sub' } })).toEqual([expect.stringContaining('which API Gateway keeps for itself')]);
});

test.each(['x-user-id', 'x-forwarded-user', 'content-language'])('header %s is free', (header) => {
  expect(headerConflicts({ claimHeaders: { [header]: 'cognito:username' }, requestIdHeader: 'x-request-id' })).toEqual([]);
});

test.each([['/users', 0], ['/users/{id}', 0], ['/', 1], ['/{tenant}', 1], ['$default', 1]])('stripPath with path %s has %i conflicts', (path, count) => {
  expect(stripPathConflicts(path, true)).toHaveLength(count);
  expect(stripPathConflicts(path, false)).toEqual([]);
});
