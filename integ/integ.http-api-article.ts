import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Stack } from 'aws-cdk-lib';
import { articleSystem } from '../test/support/http-api-article';

/** The article's system: its names, CORS list, JWT authorizer, GET routes, 300 s TTL, 7 days of logs. */
const app = new App();
const env = { region: 'eu-central-1' };
const stack = new Stack(app, 'IntegHttpApiArticle', { env });
const { api, service } = articleSystem(stack);

const integ = new IntegTest(app, 'HttpApiArticle', {
  testCases: [stack],
  regions: [env.region],
  assertionStack: new Stack(app, `${stack.stackName}DefaultTestDeployAssert`, { env }),
});
integ.assertions.awsApiCall('ApiGatewayV2', 'getApi', { ApiId: api.httpApi.apiId })
  .expect(ExpectedResult.objectLike({ Name: 'mz-dev-api-gateway', ProtocolType: 'HTTP' }));
integ.assertions.awsApiCall('ServiceDiscovery', 'getService', { Id: service.cloudMapService.serviceId })
  .expect(ExpectedResult.objectLike({ Service: { Name: 'mz-dev-app' } }));
