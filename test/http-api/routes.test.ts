import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpLambdaAuthorizer, HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ANY, AUTHORIZER, GET, INTEGRATION, jwt, POST, ROUTE, routeKeys, routeOf, SERVICE, serviceOf, STAGE } from './fixtures';
import { ApiGatewayCloudMapFargateService } from '../../src';
import { only, regionStack } from '../support/fixtures';

const CORS = { allowOrigins: ['https://app.example.com'], allowMethods: [apigwv2.CorsHttpMethod.ANY] };
const THROTTLE = { rateLimit: 10, burstLimit: 5 };

describe('paths', () => {
  test.each([
    [undefined, ['ANY /', 'ANY /{proxy+}']],
    ['/users', ['ANY /users', 'ANY /users/{proxy+}']],
    ['/users/{id}', ['ANY /users/{id}', 'ANY /users/{id}/{proxy+}']],
    ['/users/{rest+}', ['ANY /users/{rest+}']],
    ['$default', ['$default']],
  ])('path %s mounts %s', (path, keys) => {
    const { template } = serviceOf({ path });
    expect(routeKeys(template()).sort()).toEqual(keys);
    template().resourceCountIs(INTEGRATION, 1);
  });

  test('methods: a route for each, one integration for all', () => {
    const { template } = serviceOf({ path: '/users', methods: [GET, POST] });
    expect(routeKeys(template()).sort()).toEqual(['GET /users', 'GET /users/{proxy+}', 'POST /users', 'POST /users/{proxy+}']);
    template().resourceCountIs(INTEGRATION, 1);
  });

  test('routes live in the scope of the service and name its integration', () => {
    const { stack, service, template } = serviceOf({ path: '/users' });
    expect(routeOf(template(), 'ANY /users').Target).toEqual({
      'Fn::Join': ['', ['integrations/', stack.resolve((service.integration.node.defaultChild as apigwv2.CfnIntegration).ref)]],
    });
    expect(service.node.tryFindChild('ANY /users') ?? service.node.tryFindChild('ANY --users')).toBeInstanceOf(apigwv2.HttpRoute);
  });

  test('addRoutes takes a path as it is and shares the integration', () => {
    const { service, template } = serviceOf({ path: '/users' });
    const routes = service.addRoutes({ path: '/health', methods: [GET] });
    expect(routes.map((route) => route.path)).toEqual(['/health']);
    expect(routeKeys(template())).toEqual(expect.arrayContaining(['GET /health']));
    template().resourceCountIs(INTEGRATION, 1);
  });

  test('parameterMapping of a route costs one integration more, and equal ones share it', () => {
    const { service, template } = serviceOf({ path: '/users' });
    const parameterMapping = new apigwv2.ParameterMapping().appendHeader('x-from', apigwv2.MappingValue.custom('api'));
    service.addRoutes({ path: '/a', parameterMapping });
    service.addRoutes({ path: '/b', parameterMapping });
    template().resourceCountIs(INTEGRATION, 2);
    template().hasResourceProperties(INTEGRATION, { RequestParameters: { 'append:header.x-from': 'api' } });
    expect(routeOf(template(), 'ANY /a').Target).toEqual(routeOf(template(), 'ANY /b').Target);
  });

  test('parameterMapping of the service is that of all its routes', () => {
    const parameterMapping = new apigwv2.ParameterMapping().removeHeader('x-debug');
    const { service, template } = serviceOf({ parameterMapping });
    service.addRoutes({ path: '/health' });
    expect(only(template(), INTEGRATION).RequestParameters).toEqual({ 'remove:header.x-debug': '' });
  });
});

describe('stripPath', () => {
  const pathOf = (template: Template, key: string) => {
    const integrationId = routeOf(template, key).Target['Fn::Join'][1][1].Ref;
    return template.findResources(INTEGRATION)[integrationId].Properties.RequestParameters?.['overwrite:path'];
  };

  test('the path and what is under it reach the service without the prefix', () => {
    const { template } = serviceOf({ path: '/users', stripPath: true });
    expect(pathOf(template(), 'ANY /users')).toBe('/');
    expect(pathOf(template(), 'ANY /users/{proxy+}')).toBe('/$request.path.proxy');
    template().resourceCountIs(INTEGRATION, 2);
  });

  test('further routes under the path lose the prefix too, others keep their path', () => {
    const { service, template } = serviceOf({ path: '/users', stripPath: true });
    service.addRoutes({ path: '/users/{id}/photo' });
    service.addRoutes({ path: '/people' });
    expect(pathOf(template(), 'ANY /users/{id}/photo')).toBe('/$request.path.id/photo');
    expect(pathOf(template(), 'ANY /people')).toBeUndefined();
  });

  test('a greedy path', () => {
    expect(pathOf(serviceOf({ path: '/users/{rest+}', stripPath: true }).template(), 'ANY /users/{rest+}')).toBe('/$request.path.rest');
  });

  test('without it requests are passed on as they are', () => {
    expect(only(serviceOf({ path: '/users' }).template(), INTEGRATION)).not.toHaveProperty('RequestParameters');
  });
});

describe('who may call', () => {
  test('closed by default: IAM', () => {
    const { template } = serviceOf();
    Object.values(template().findResources(ROUTE)).forEach((route) => expect(route.Properties.AuthorizationType).toBe('AWS_IAM'));
    template().resourceCountIs(AUTHORIZER, 0);
  });

  test('the default authorizer of the API with its scopes, made once', () => {
    const { template, service } = serviceOf({ path: '/users' }, { defaultAuthorizer: jwt(), defaultAuthorizationScopes: ['shop/all'] });
    service.addRoutes({ path: '/more' });
    expect(only(template(), AUTHORIZER)).toMatchObject({ AuthorizerType: 'JWT', JwtConfiguration: { Audience: ['shop'], Issuer: 'https://issuer.example.com' } });
    ['ANY /users', 'ANY /users/{proxy+}', 'ANY /more'].forEach((key) => expect(routeOf(template(), key)).toMatchObject({
      AuthorizationType: 'JWT', AuthorizationScopes: ['shop/all'],
    }));
  });

  test('the authorizer of the service, without the scopes of another', () => {
    const { template } = serviceOf({ authorizer: new HttpIamAuthorizer() }, { defaultAuthorizer: jwt(), defaultAuthorizationScopes: ['shop/all'] });
    expect(routeOf(template(), 'ANY /')).toMatchObject({ AuthorizationType: 'AWS_IAM' });
    expect(routeOf(template(), 'ANY /')).not.toHaveProperty('AuthorizationScopes');
  });

  test('scopes of the service and of a route', () => {
    const { service, template } = serviceOf({ path: '/users', authorizationScopes: ['users/read'] }, { defaultAuthorizer: jwt() });
    service.addRoutes({ path: '/admin', authorizationScopes: ['users/admin'] });
    service.addRoutes({ path: '/open', authorizer: new apigwv2.HttpNoneAuthorizer() });
    expect(routeOf(template(), 'ANY /users').AuthorizationScopes).toEqual(['users/read']);
    expect(routeOf(template(), 'ANY /admin').AuthorizationScopes).toEqual(['users/admin']);
    expect(routeOf(template(), 'ANY /open')).toMatchObject({ AuthorizationType: 'NONE' });
    expect(routeOf(template(), 'ANY /open')).not.toHaveProperty('AuthorizationScopes');
  });

  test('Cognito and Lambda authorizers', () => {
    const stack = regionStack();
    const userPool = new cognito.UserPool(stack, 'Pool');
    const handler = new lambda.Function(stack, 'Handler', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'i.h', code: lambda.Code.fromInline('x') });
    const { service, template } = serviceOf({ path: '/users', authorizer: new HttpUserPoolAuthorizer('Pool', userPool) }, {}, stack);
    service.addRoutes({ path: '/hook', authorizer: new HttpLambdaAuthorizer('Hook', handler) });
    expect(routeOf(template(), 'ANY /users').AuthorizationType).toBe('JWT');
    expect(routeOf(template(), 'ANY /hook').AuthorizationType).toBe('CUSTOM');
  });

  test('claimHeaders overwrite what the client sent', () => {
    const { template } = serviceOf({ authorizer: jwt(), claimHeaders: { 'x-user-id': 'sub' } });
    expect(only(template(), INTEGRATION).RequestParameters).toEqual({ 'overwrite:header.x-user-id': '$context.authorizer.claims.sub' });
  });

  test('claimHeaders are taken off where no token brings the claim', () => {
    const { service, template } = serviceOf({ path: '/users', authorizer: jwt(), claimHeaders: { 'x-user-id': 'sub' } });
    service.addRoutes({ path: '/open', authorizer: new apigwv2.HttpNoneAuthorizer() });
    service.addRoutes({ path: '/signed', authorizer: new HttpIamAuthorizer() });
    template().resourceCountIs(INTEGRATION, 2);
    const integrationId = routeOf(template(), 'ANY /open').Target['Fn::Join'][1][1].Ref;
    expect(template().findResources(INTEGRATION)[integrationId].Properties.RequestParameters).toEqual({ 'remove:header.x-user-id': '' });
    expect(routeOf(template(), 'ANY /signed').Target).toEqual(routeOf(template(), 'ANY /open').Target);
  });

  test('requestIdHeader carries the id that the access log has', () => {
    expect(only(serviceOf({ requestIdHeader: 'x-request-id' }).template(), INTEGRATION).RequestParameters)
      .toEqual({ 'overwrite:header.x-request-id': '$context.requestId' });
  });
});

describe('preflight', () => {
  test('the API answers it before any authorizer: no route of its own', () => {
    const { template } = serviceOf({ path: '/users' }, { corsPreflight: CORS, defaultAuthorizer: jwt() });
    expect(routeKeys(template()).filter((key) => key.startsWith('OPTIONS'))).toEqual([]);
    template().hasResourceProperties('AWS::ApiGatewayV2::Api', { CorsConfiguration: { AllowOrigins: CORS.allowOrigins } });
  });

  test('beside a $default route with an authorizer OPTIONS is open', () => {
    const { template } = serviceOf({ path: '$default' }, { corsPreflight: CORS, defaultAuthorizer: jwt() });
    expect(routeOf(template(), '$default').AuthorizationType).toBe('JWT');
    ['OPTIONS /', 'OPTIONS /{proxy+}'].forEach((key) => expect(routeOf(template(), key).AuthorizationType).toBe('NONE'));
    template().resourceCountIs(INTEGRATION, 1);
  });

  test.each([
    ['the API has no CORS', {}, {}],
    ['the route is open anyway', { authorizer: new apigwv2.HttpNoneAuthorizer() }, { corsPreflight: CORS }],
  ])('$default alone when %s', (_name, props, apiProps) => {
    expect(routeKeys(serviceOf({ ...props, path: '$default' }, apiProps).template())).toEqual(['$default']);
  });
});

describe('throttle of routes', () => {
  test('both numbers are settings of the stage, which waits for the routes', () => {
    const { service, template } = serviceOf({ path: '/users', throttle: THROTTLE });
    service.addRoutes({ path: '/login', methods: [POST], throttle: { rateLimit: 1, burstLimit: 1 } });
    expect(only(template(), STAGE).RouteSettings).toEqual({
      'ANY /users': { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 5 },
      'ANY /users/{proxy+}': { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 5 },
      'POST /login': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
    });
    const [stage] = Object.values(template().findResources(STAGE));
    expect(stage.DependsOn).toEqual(expect.arrayContaining(Object.keys(template().findResources(ROUTE))));
  });

  test('routes keep the detailed metrics of the stage', () => {
    const { template } = serviceOf({ path: '/users/{rest+}', throttle: THROTTLE }, { detailedMetricsEnabled: true });
    expect(only(template(), STAGE).RouteSettings).toEqual({
      'ANY /users/{rest+}': { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 5, DetailedMetricsEnabled: true },
    });
  });

  test('a route without a throttle has no settings', () => {
    expect(only(serviceOf().template(), STAGE)).not.toHaveProperty('RouteSettings');
  });
});

describe('grantInvoke', () => {
  const caller = (stack: Stack) => new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountPrincipal('111111111111') });
  const granted = (template: Template, stack: Stack, role: iam.Role): string[] => {
    const [policy] = Object.values(template.findResources('AWS::IAM::Policy', { Properties: { Roles: [stack.resolve(role.roleName)] } }));
    const { Action, Resource } = policy.Properties.PolicyDocument.Statement[0];
    expect(Action).toBe('execute-api:Invoke');
    return [Resource].flat().map((arn) => String(arn['Fn::Join'][1].slice(-1)));
  };

  test('all routes of the service', () => {
    const { service, stack, template } = serviceOf({ path: '/users' });
    const role = caller(stack);
    service.grantInvoke(role);
    expect(granted(template(), stack, role)).toEqual(['/*/*/users/*', '/*/*/users']);
  });

  test('one path', () => {
    const { service, stack, template } = serviceOf({ path: '/users' });
    service.addRoutes({ path: '/reports', methods: [GET] });
    const role = caller(stack);
    service.grantInvoke(role, '/reports');
    expect(granted(template(), stack, role)).toEqual(['/*/GET/reports']);
  });

  test('fails for a path without a route', () => {
    const { service, stack } = serviceOf({ path: '/users' });
    expect(() => service.grantInvoke(caller(stack), '/orders')).toThrow(/`path` \/orders has no route of this service; it has ANY \/users\/\{proxy\+\}, ANY \/users/);
  });

  test('fails for routes that look at no signature', () => {
    const { service, stack } = serviceOf({ path: '/users', authorizer: jwt() });
    expect(() => service.grantInvoke(caller(stack))).toThrow(/`grantInvoke` has no effect on .*; mount them with HttpIamAuthorizer/);
  });
});

test('fails when a route is declared twice, by service and by addRoutes', () => {
  const { service, stack, api } = serviceOf({ path: '/users' });
  expect(() => new ApiGatewayCloudMapFargateService(stack, 'Again', { ...SERVICE, api, path: '/users' }))
    .toThrow(/route 'ANY \/users' belongs to Stack\/Users already; give this one another path or other methods/);
  expect(() => service.addRoutes({ path: '/users', methods: [ANY] })).toThrow(/route 'ANY \/users' belongs to Stack\/Users already/);
  expect(service.addRoutes({ path: '/users', methods: [GET] })).toHaveLength(1);
});
