import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { DekartAuthentication, DekartDataSource, DekartMetadataStore, DekartOnFargate, ServiceNetwork } from '../src';

/**
 * The system of the guide "Amazon ECS" of Dekart: https://dekart.xyz/docs/self-hosting/aws-ecs-terraform/
 */
const app = new App();
const env = { region: 'eu-central-1' };
const stack = new Stack(app, 'IntegDekartGuide', { env });

const secret = (id: string, name: string) => ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, id, name));

const dekart = new DekartOnFargate(stack, 'Dekart', {
  domainName: 'dekart.example.com',
  domainZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' }),
  network: ServiceNetwork.publicTasks({ ipAddresses: ec2.IpAddresses.cidr('172.31.0.0/16') }),
  encryptionKey: kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:${env.region}:111122223333:key/01234567-89ab-cdef-0123-456789abcdef`),
  licenseKey: secret('License', 'dekart/license'),
  mapboxToken: secret('Mapbox', 'dekart/mapbox'),
  authentication: DekartAuthentication.cognito({
    userPool: cognito.UserPool.fromUserPoolId(stack, 'UserPool', 'eu-central-1_Example12'),
    userPoolClient: cognito.UserPoolClient.fromUserPoolClientId(stack, 'UserPoolClient', '1example23456789example01'),
    userPoolDomain: cognito.UserPoolDomain.fromDomainName(stack, 'UserPoolDomain', 'example-dekart'),
  }),
  metadataStore: DekartMetadataStore.postgres({ databaseName: 'dekart', username: 'dekart' }),
  dataSource: DekartDataSource.athena({
    databases: ['osm'],
    sourceBuckets: [{ bucket: s3.Bucket.fromBucketName(stack, 'OpenStreetMap', 'osm-pds'), prefix: 'planet/' }],
  }),
});

const integ = new IntegTest(app, 'DekartGuide', {
  testCases: [stack],
  regions: [env.region],
  assertionStack: new Stack(app, `${stack.stackName}DefaultTestDeployAssert`, { env }),
});
integ.assertions.awsApiCall('ECS', 'describeServices', {
  cluster: dekart.workload.cluster.clusterName,
  services: [dekart.workload.service.serviceName],
}).expect(ExpectedResult.objectLike({ services: [{ desiredCount: 1, status: 'ACTIVE' }] }));
integ.assertions.awsApiCall('ELBv2', 'describeListeners', { ListenerArns: [dekart.listener.listenerArn] })
  .assertAtPath('Listeners.0.DefaultActions.0.Type', ExpectedResult.stringLikeRegexp('fixed-response'));
