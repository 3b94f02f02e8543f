import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  ApplicationIngress, DekartAuthentication, DekartDataSource, DekartMetadataStore, DekartOnFargate, DekartUserIdentity, DekartWebAcl,
  ServiceNetwork,
} from '../src';
import { strictKey } from '../test/support/strict-key';

/**
 * Everything on: an isolated network, one key for all that rests, WAF, alarms, a dashboard.
 */
const app = new App();
const env = { region: 'eu-central-1' };
const stack = new Stack(app, 'IntegDekartMaximal', { env });

const secret = (id: string, name: string) => ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, id, name));
const encryptionKey = strictKey(stack, { description: `Data of ${stack.stackName}` });

const dekart = new DekartOnFargate(stack, 'Dekart', {
  domainName: 'dekart.example.com',
  domainZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' }),
  network: ServiceNetwork.isolatedTasks({ ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/16') }),
  ingress: ApplicationIngress.newLoadBalancer({ allowedPeers: [ec2.Peer.ipv4('192.0.2.0/24')], redirectHttp: false }),
  webAcl: DekartWebAcl.managed({ rateLimit: 10_000 }),
  authentication: DekartAuthentication.newUserPool({
    userIdentity: DekartUserIdentity.SHARED,
    sessionTimeout: Duration.hours(8),
    featurePlan: cognito.FeaturePlan.PLUS,
  }),
  image: ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Mirror', 'mirror/dekart'), '0.23.2'),
  licenseKey: secret('License', 'dekart/license'),
  mapboxToken: secret('Mapbox', 'dekart/mapbox'),
  metadataStore: DekartMetadataStore.postgres({
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.SMALL),
    allocatedStorage: 50,
    maxAllocatedStorage: 500,
    backupRetention: Duration.days(30),
  }),
  dataSource: DekartDataSource.athena({
    databases: ['osm', 'sales'],
    sourceBuckets: [{ bucket: s3.Bucket.fromBucketName(stack, 'OpenStreetMap', 'osm-pds'), prefix: 'planet/' }],
    bytesScannedCutoff: Size.gibibytes(20),
  }),
  encryptionKey,
  maxFileUploadSize: Size.mebibytes(50),
  cpu: 512,
  memoryLimitMiB: 2048,
  cpuArchitecture: ecs.CpuArchitecture.ARM64,
  alarmActions: [new SnsAction(new sns.Topic(stack, 'Alarms', { masterKey: encryptionKey, enforceSSL: true }))],
  createDashboard: true,
  environment: { DEKART_UX_HOMEPAGE: 'https://www.example.com/' },
});
dekart.addGlueDatabase('weather');

const integ = new IntegTest(app, 'DekartMaximal', {
  testCases: [stack],
  regions: [env.region],
  assertionStack: new Stack(app, `${stack.stackName}DefaultTestDeployAssert`, { env }),
});
integ.assertions.awsApiCall('CloudWatch', 'describeAlarms', { AlarmNames: [dekart.alarms!.alarms[0].alarmName] })
  .expect(ExpectedResult.objectLike({ MetricAlarms: [{ TreatMissingData: 'notBreaching' }] }));
integ.assertions.awsApiCall('Athena', 'getWorkGroup', { WorkGroup: dekart.workGroup!.name })
  .expect(ExpectedResult.objectLike({ WorkGroup: { State: 'ENABLED' } }));
