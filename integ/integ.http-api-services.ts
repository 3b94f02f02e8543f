import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi, HttpHealthCheck } from '../src';
import { strictKey } from '../test/support/strict-key';

/** Three services over two stacks behind one domain: two with the API, one of another team. */
const app = new App();
const env = { region: 'eu-central-1' };
const shared = new Stack(app, 'IntegHttpApiServices', { env });
const team = new Stack(app, 'IntegHttpApiServicesTeam', { env });

const container = {
  image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx-unprivileged:1.29'),
  containerPort: 8080,
  healthCheck: HttpHealthCheck.curl('/', { port: 8080 }),
  user: '101',
  readonlyRootFilesystem: true,
  scratchPaths: ['/tmp'],
};

const api = new CloudMapHttpApi(shared, 'Api', {
  domainName: 'api.example.com',
  domainZone: route53.HostedZone.fromHostedZoneAttributes(shared, 'Zone', { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' }),
  defaultAuthorizer: new HttpJwtAuthorizer('Jwt', 'https://issuer.example.com', { jwtAudience: ['shop'] }),
  corsPreflight: { allowOrigins: ['https://app.example.com'], allowMethods: [apigwv2.CorsHttpMethod.ANY], allowHeaders: ['authorization'] },
  encryptionKey: strictKey(shared, { removalPolicy: RemovalPolicy.DESTROY }),
});

const users = new ApiGatewayCloudMapFargateService(shared, 'Users', {
  ...container, api, path: '/users', claimHeaders: { 'x-user-id': 'sub' }, throttle: { rateLimit: 100, burstLimit: 50 },
});
users.addRoutes({ path: '/health', methods: [apigwv2.HttpMethod.GET], authorizer: new apigwv2.HttpNoneAuthorizer() });
new ApiGatewayCloudMapFargateService(shared, 'Site', { ...container, api, authorizer: new apigwv2.HttpNoneAuthorizer() });

const orders = new ApiGatewayCloudMapFargateService(team, 'Orders', { ...container, api, path: '/orders', stripPath: true, encryptionKey: strictKey(team, { removalPolicy: RemovalPolicy.DESTROY }) });
orders.addEnvironment('USERS_URL', users.discoveryUrl);
users.allowFromService(orders);

const integ = new IntegTest(app, 'HttpApiServices', {
  testCases: [team],
  regions: [env.region],
  assertionStack: new Stack(app, `${team.stackName}DefaultTestDeployAssert`, { env }),
});
integ.assertions.awsApiCall('ApiGatewayV2', 'getApi', { ApiId: api.httpApi.apiId })
  .expect(ExpectedResult.objectLike({ ProtocolType: 'HTTP' }));
integ.assertions.awsApiCall('ServiceDiscovery', 'getService', { Id: orders.cloudMapService.serviceId })
  .expect(ExpectedResult.objectLike({ Service: { Name: 'orders' } }));
