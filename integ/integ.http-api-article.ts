import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi, HttpHealthCheck, ServiceNetwork } from '../src';

/**
 * The system of the article "Infrastructure Construction for Sales Support System with IaC", in a VPC that exists:
 * https://developer.mamezou-tech.com/en/blogs/2024/12/04/sss-by-iac/
 */
const app = new App();
const env = { region: 'eu-central-1' };
const stack = new Stack(app, 'IntegHttpApiArticle', { env });

const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  vpcCidrBlock: '10.0.0.0/16',
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
});
const page = '<html><head><title>Amazon ECS Sample App</title></head><body><h1>Amazon ECS Sample App</h1></body></html>';

const api = new CloudMapHttpApi(stack, 'Api', {
  apiName: 'mz-dev-api-gateway',
  network: ServiceNetwork.fromVpc(vpc),
  cloudMapNamespace: new cloudmap.PrivateDnsNamespace(stack, 'Namespace', { name: 'mz-dev.internal', vpc }),
  defaultAuthorizer: new HttpJwtAuthorizer('mz-dev-jwt-authorizer', 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_example12', {
    jwtAudience: ['1example23456789'],
  }),
  corsPreflight: {
    allowOrigins: ['https://sss.example.com'],
    allowHeaders: ['authorization', 'origin', 'content-type', 'accept', 'x-requested-with'],
    allowMethods: [apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST, apigwv2.CorsHttpMethod.DELETE, apigwv2.CorsHttpMethod.PUT],
    allowCredentials: true,
    maxAge: Duration.seconds(80000),
  },
  accessLogRetention: logs.RetentionDays.ONE_WEEK,
});

const service = new ApiGatewayCloudMapFargateService(stack, 'App', {
  api,
  discoveryName: 'mz-dev-app',
  containerName: 'mz-dev-app',
  methods: [apigwv2.HttpMethod.GET],
  image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/httpd:2.4'),
  entryPoint: ['sh', '-c'],
  command: [`echo '${page}' > /usr/local/apache2/htdocs/index.html && httpd-foreground`],
  healthCheck: HttpHealthCheck.bashTcp('/'),
  cpu: 256,
  memoryLimitMiB: 512,
  desiredCount: 1,
  dnsTtl: Duration.seconds(300),
  metricNamespace: 'mz-dev',
  logRetention: logs.RetentionDays.ONE_WEEK,
});

const integ = new IntegTest(app, 'HttpApiArticle', {
  testCases: [stack],
  regions: [env.region],
  assertionStack: new Stack(app, `${stack.stackName}DefaultTestDeployAssert`, { env }),
});
integ.assertions.awsApiCall('ApiGatewayV2', 'getRoutes', { ApiId: api.httpApi.apiId })
  .assertAtPath('Items.0.AuthorizationType', ExpectedResult.stringLikeRegexp('JWT'));
integ.assertions.awsApiCall('ServiceDiscovery', 'getService', { Id: service.cloudMapService.serviceId })
  .assertAtPath('Service.Name', ExpectedResult.stringLikeRegexp('mz-dev-app'));
