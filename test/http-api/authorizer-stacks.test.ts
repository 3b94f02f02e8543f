import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AUTHORIZER, GET, jwt, ROUTE, SERVICE, twoStacks } from './fixtures';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi } from '../../src';

function userPool(stack: Stack): HttpUserPoolAuthorizer {
  return new HttpUserPoolAuthorizer('People', new cognito.UserPool(stack, 'UserPool'));
}

/** A pool that is known by its id only, with a client that is made in the stack. */
function poolClient(stack: Stack): HttpUserPoolAuthorizer {
  const pool = cognito.UserPool.fromUserPoolId(stack.node.root.node.findChild('Shared'), 'Pool', 'eu-central-1_AAAAAAAAA');
  return new HttpUserPoolAuthorizer('People', pool, { userPoolClients: [new cognito.UserPoolClient(stack, 'Client', { userPool: pool })] });
}

function lambdaFunction(stack: Stack): HttpLambdaAuthorizer {
  return new HttpLambdaAuthorizer('Doorman', new lambda.Function(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({ isAuthorized: false });'),
  }));
}

describe.each<[string, (stack: Stack) => apigwv2.IHttpRouteAuthorizer]>([
  ['user pool', userPool], ['client of a user pool', poolClient], ['function', lambdaFunction],
])('an authorizer with a %s of the stack of the service', (_name, authorizerOf) => {
  test('of the service is made there, once, and the stacks make no cycle', () => {
    const [shared, team] = twoStacks();
    const api = new CloudMapHttpApi(shared, 'Api');
    new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api, path: '/orders', authorizer: authorizerOf(team) });
    expect(() => App.of(team)!.synth()).not.toThrow();
    Template.fromStack(team).resourceCountIs(AUTHORIZER, 1);
    Template.fromStack(shared).resourceCountIs(AUTHORIZER, 0);
    const [[authorizerId]] = Object.entries(Template.fromStack(team).findResources(AUTHORIZER));
    Template.fromStack(team).allResourcesProperties(ROUTE, { AuthorizerId: { Ref: authorizerId } });
    expect(shared.dependencies).toEqual([]);
  });

  test('of a route is made there', () => {
    const [shared, team] = twoStacks();
    const api = new CloudMapHttpApi(shared, 'Api');
    const service = new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api, path: '/orders' });
    service.addRoutes({ path: '/people', methods: [GET], authorizer: authorizerOf(team) });
    Template.fromStack(team).resourceCountIs(AUTHORIZER, 1);
    expect(shared.dependencies).toEqual([]);
  });

  test('fails for the API as a whole', () => {
    const [shared, team] = twoStacks();
    const api = new CloudMapHttpApi(shared, 'Api', { defaultAuthorizer: authorizerOf(team) });
    expect(() => new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api }))
      .toThrow(/`defaultAuthorizer` of Shared\/Api needs Team\/\w+, which is in the stack of this service, .*; make it in the stack of the API/);
  });
});

describe('an authorizer stays with the API', () => {
  test('when it needs nothing of the stack of the service', () => {
    const [shared, team] = twoStacks();
    const api = new CloudMapHttpApi(shared, 'Api');
    new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api, path: '/orders', authorizer: jwt() });
    new ApiGatewayCloudMapFargateService(team, 'Users', { ...SERVICE, api, path: '/users', authorizer: userPool(shared) });
    Template.fromStack(shared).resourceCountIs(AUTHORIZER, 2);
    Template.fromStack(team).resourceCountIs(AUTHORIZER, 0);
  });

  test('when what it needs was imported', () => {
    const [shared, team] = twoStacks();
    const pool = cognito.UserPool.fromUserPoolId(team, 'Pool', 'eu-central-1_AAAAAAAAA');
    const client = cognito.UserPoolClient.fromUserPoolClientId(team, 'Client', 'client1');
    const api = new CloudMapHttpApi(shared, 'Api', { defaultAuthorizer: new HttpUserPoolAuthorizer('People', pool, { userPoolClients: [client] }) });
    new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api });
    Template.fromStack(shared).resourceCountIs(AUTHORIZER, 1);
    expect(shared.dependencies).toEqual([]);
  });

  test('of one stack', () => {
    const [shared] = twoStacks();
    const api = new CloudMapHttpApi(shared, 'Api', { defaultAuthorizer: userPool(shared) });
    new ApiGatewayCloudMapFargateService(shared, 'Orders', { ...SERVICE, api });
    expect(api.httpApi.node.tryFindChild('People')).toBeInstanceOf(apigwv2.HttpAuthorizer);
    Template.fromStack(shared).resourceCountIs(AUTHORIZER, 1);
  });
});

test('a nested stack keeps the authorizer that needs its user pool', () => {
  const [shared] = twoStacks();
  const api = new CloudMapHttpApi(shared, 'Api');
  const nested = new NestedStack(shared, 'Nested');
  new ApiGatewayCloudMapFargateService(nested, 'Orders', { ...SERVICE, api, authorizer: userPool(nested) });
  Template.fromStack(nested).resourceCountIs(AUTHORIZER, 1);
});
