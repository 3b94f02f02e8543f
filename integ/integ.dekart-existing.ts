import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, SecretValue, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  ApplicationIngress, DekartAuthentication, DekartDataSource, DekartMetadataStore, DekartOnFargate, ServiceNetwork,
} from '../src';

/**
 * Into what a company has already: VPC, HTTPS listener, PostgreSQL database, buckets, and an identity provider of its own.
 */
const app = new App();
const env = { region: 'eu-central-1' };
const stack = new Stack(app, 'IntegDekartExisting', { env });

const securityGroup = (id: string, end: string) => ec2.SecurityGroup.fromSecurityGroupId(stack, id, `sg-0123456789abcde${end}`, { allowAllOutbound: false });
const secretOf = (id: string, end: string) =>
  secretsmanager.Secret.fromSecretCompleteArn(stack, id, `arn:aws:secretsmanager:${env.region}:111122223333:secret:dekart/${id}-${end}`);
const arn = `arn:aws:elasticloadbalancing:${env.region}:111122223333`;

const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  vpcCidrBlock: '10.0.0.0/16',
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  publicSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  publicSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
  privateSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
  privateSubnetRouteTableIds: ['rtb-0123456789abcdef2', 'rtb-0123456789abcdef3'],
  isolatedSubnetIds: ['subnet-0123456789abcdef4', 'subnet-0123456789abcdef5'],
  isolatedSubnetRouteTableIds: ['rtb-0123456789abcdef4', 'rtb-0123456789abcdef5'],
});

const dekart = new DekartOnFargate(stack, 'Dekart', {
  domainName: 'dekart.example.com',
  network: ServiceNetwork.fromVpc(vpc),
  ingress: ApplicationIngress.existingListener(elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
    listenerArn: `${arn}:listener/app/shared/0123456789abcdef/0123456789abcdef`,
    securityGroup: securityGroup('ListenerSecurityGroup', 'f0'),
    defaultPort: 443,
  }), { priority: 100 }),
  authentication: DekartAuthentication.loadBalancerOidc({
    issuer: 'https://idp.example.com',
    authorizationEndpoint: 'https://idp.example.com/authorize',
    tokenEndpoint: 'https://idp.example.com/token',
    userInfoEndpoint: 'https://idp.example.com/userinfo',
    clientId: 'dekart',
    clientSecret: SecretValue.secretsManager('dekart/oidc', { jsonField: 'clientSecret' }),
  }),
  licenseKey: ecs.Secret.fromSecretsManager(secretOf('License', 'AbCdEf')),
  metadataStore: DekartMetadataStore.existingPostgres({
    secret: secretOf('Database', 'GhIjKl'),
    connectable: new ec2.Connections({ securityGroups: [securityGroup('DatabaseSecurityGroup', 'f1')] }),
    port: 6543,
    databaseName: 'dekart',
  }),
  dataSource: DekartDataSource.athena({
    databases: ['osm'],
    sourceBuckets: [{ bucket: s3.Bucket.fromBucketName(stack, 'OpenStreetMap', 'osm-pds'), prefix: 'planet/' }],
  }),
  bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'example-dekart'),
  encryptionKey: kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:${env.region}:111122223333:key/01234567-89ab-cdef-0123-456789abcdef`),
});

const integ = new IntegTest(app, 'DekartExisting', {
  testCases: [stack],
  regions: [env.region],
  assertionStack: new Stack(app, `${stack.stackName}DefaultTestDeployAssert`, { env }),
});
integ.assertions.awsApiCall('ELBv2', 'describeTargetGroups', { TargetGroupArns: [dekart.targetGroup.targetGroupArn] })
  .assertAtPath('TargetGroups.0.HealthCheckPath', ExpectedResult.stringLikeRegexp('/health'));
