import { Match } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { GET, INTEGRATION, jwt, POST, routeOf, serviceOf } from './fixtures';

function setsHeader(header: string, value: string): apigwv2.ParameterMapping {
  return new apigwv2.ParameterMapping().overwriteHeader(header, apigwv2.MappingValue.custom(value));
}

test('methods of one path may have mappings of their own', () => {
  const { service, template } = serviceOf({ path: '/users' });
  service.addRoutes({ path: '/x', methods: [GET], parameterMapping: setsHeader('x-kind', 'read') });
  service.addRoutes({ path: '/x', methods: [POST], parameterMapping: setsHeader('x-kind', 'write') });
  template().resourceCountIs(INTEGRATION, 3);
  expect(routeOf(template(), 'GET /x').Target).not.toEqual(routeOf(template(), 'POST /x').Target);
});

test('fails when a route maps a header that carries a claim or the id of the request', () => {
  const { service } = serviceOf({ path: '/users', authorizer: jwt(), claimHeaders: { 'x-user-id': 'sub' }, requestIdHeader: 'x-request-id' });
  expect(() => service.addRoutes({ path: '/x', parameterMapping: setsHeader('X-User-Id', '$request.header.x-claimed') }))
    .toThrow(/`parameterMapping` and `claimHeaders` both set the header x-user-id; keep it in `claimHeaders`/);
  expect(() => service.addRoutes({ path: '/x', parameterMapping: setsHeader('x-request-id', '1') })).toThrow(/`parameterMapping` and `requestIdHeader` both set/);
  expect(service.addRoutes({ path: '/x', parameterMapping: setsHeader('x-kind', 'read') })).toHaveLength(1);
});

test('fails when an imported authorizer brings no claims', () => {
  const importOf = (authorizerType: string) => ({ authorizer: apigwv2.HttpAuthorizer.fromHttpAuthorizerAttributes(serviceOf().stack, 'Given', { authorizerId: 'a1', authorizerType }) });
  expect(() => serviceOf({ ...importOf('CUSTOM'), claimHeaders: { 'x-user-id': 'sub' } })).toThrow(/`claimHeaders` need a JWT authorizer/);
  expect(() => serviceOf({ ...importOf('CUSTOM'), authorizationScopes: ['a'] })).toThrow(/`authorizationScopes` a need a JWT authorizer/);
  expect(() => serviceOf({ ...importOf('JWT'), claimHeaders: { 'x-user-id': 'sub' }, authorizationScopes: ['a'] })).not.toThrow();
});

test('whoever may call the catch-all route may call every path', () => {
  const { service, stack, template } = serviceOf({ path: '$default' });
  service.grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountPrincipal('111111111111') }));
  const [policy] = Object.values(template().findResources('AWS::IAM::Policy', { Properties: { PolicyName: Match.stringLikeRegexp('Caller') } }));
  expect(JSON.stringify(policy.Properties.PolicyDocument.Statement[0].Resource)).toMatch(/execute-api:.*\{"Ref":"ApiHttpApi[0-9A-F]+"\},"\/\*"\]/);
});
