import SwaggerParser from '@apidevtools/swagger-parser';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { apiOf, GET, jwt, POST, SERVICE, serviceOf } from './fixtures';
import { ApiGatewayCloudMapFargateService } from '../../src';
import { regionStack } from '../support/fixtures';

const CORS = { allowOrigins: ['https://app.example.com'] };
const ALL = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/** An API with every kind of route. */
function wholeApi() {
  const stack = regionStack();
  const domainZone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' });
  const { api } = apiOf({ apiName: 'shop', domainName: 'api.example.com', domainZone, defaultAuthorizer: jwt(), corsPreflight: CORS }, stack);
  const handler = lambda.Function.fromFunctionArn(stack, 'Handler', 'arn:aws:lambda:eu-central-1:111111111111:function:handler');
  const users = new ApiGatewayCloudMapFargateService(stack, 'Users', { ...SERVICE, api, path: '/users/{id}', authorizationScopes: ['users/read'] });
  users.addRoutes({ path: '/users/{id}', methods: [POST], authorizationScopes: ['users/write'] });
  users.addRoutes({ path: '/health', methods: [GET], authorizer: new apigwv2.HttpNoneAuthorizer() });
  users.addRoutes({ path: '/hook', methods: [POST], authorizer: new HttpLambdaAuthorizer('Hook', handler) });
  users.addRoutes({ path: '/batch', methods: [POST], authorizer: new HttpIamAuthorizer() });
  new ApiGatewayCloudMapFargateService(stack, 'Rest', { ...SERVICE, api, path: '$default' });
  return api;
}

test('paths, methods, parameters and who may call', () => {
  const document = JSON.parse(wholeApi().openApiDocument());
  expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'shop' }, servers: [{ url: 'https://api.example.com' }] });
  expect(Object.keys(document.paths).sort()).toEqual(['/', '/batch', '/health', '/hook', '/users/{id}', '/users/{id}/{proxy}', '/{proxy}']);
  const user = document.paths['/users/{id}'];
  expect(user.parameters).toEqual([{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]);
  expect(user.get).toMatchObject({ operationId: 'get_users_id', tags: ['Users'], security: [{ JWT: ['users/read'] }] });
  expect(user.post.security).toEqual([{ JWT: ['users/write'] }]);
  expect(document.paths['/users/{id}/{proxy}'].parameters[1]).toMatchObject({ name: 'proxy', description: expect.stringContaining('rest of the path') });
  expect(document.paths['/health'].get.security).toEqual([]);
  expect(document.paths['/hook'].post.security).toEqual([{ CUSTOM: [] }]);
  expect(document.paths['/batch'].post.security).toEqual([{ AWS_IAM: [] }]);
  expect(Object.keys(document.components.securitySchemes)).toEqual(['JWT', 'AWS_IAM', 'CUSTOM']);
});

test('operations have ids of their own', () => {
  const { api, service } = serviceOf({ path: '/users' });
  ['/users/proxy', '/a-b', '/a_b'].forEach((path) => service.addRoutes({ path }));
  const { paths } = JSON.parse(api.openApiDocument());
  expect([paths['/a-b'].get.operationId, paths['/a_b'].get.operationId]).toEqual(['get_a_b', 'get_a_b_2']);
  const ids = Object.values(paths).flatMap((path: any) => ALL.map((method) => path[method]?.operationId)).filter((id) => id !== undefined);
  expect(new Set(ids).size).toBe(ids.length);
});

test('ANY stands for all methods, but for the preflight that the API answers', () => {
  const methodsIn = (api: { openApiDocument(): string }) => Object.keys(JSON.parse(api.openApiDocument()).paths['/']).filter((key) => key !== 'parameters');
  expect(methodsIn(serviceOf().api)).toEqual(ALL);
  expect(methodsIn(serviceOf({}, { corsPreflight: CORS }).api)).toEqual(ALL.filter((method) => method !== 'options'));
});

test('without a domain the server is not known before deployment', () => {
  expect(JSON.parse(serviceOf().api.openApiDocument())).not.toHaveProperty('servers');
});

test('a validator takes the document, and refuses a broken one', async () => {
  const document = JSON.parse(wholeApi().openApiDocument());
  await expect(SwaggerParser.validate(structuredClone(document))).resolves.toBeDefined();
  document.paths['/health'].parameters = [{ name: 'broken' }];
  await expect(SwaggerParser.validate(document)).rejects.toThrow(/validation failed/);
});
