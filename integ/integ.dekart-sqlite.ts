import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ApplicationIngress, DekartAuthentication, DekartDataSource, DekartMetadataStore, DekartOnFargate, ServiceNetwork } from '../src';
import { strictKey } from '../test/support/strict-key';

/**
 * Without a licence key: SQLite on EFS, an internal load balancer and no sign-in, on ARM64 behind NAT.
 */
const app = new App();
const env = { region: 'eu-central-1' };
const stack = new Stack(app, 'IntegDekartSqlite', { env });

const dekart = new DekartOnFargate(stack, 'Dekart', {
  domainName: 'dekart.internal.example.com',
  certificate: acm.Certificate.fromCertificateArn(
    stack, 'Certificate', `arn:aws:acm:${env.region}:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef`,
  ),
  network: ServiceNetwork.privateTasks(),
  ingress: ApplicationIngress.newLoadBalancer({ publicLoadBalancer: false, allowedPeers: [ec2.Peer.ipv4('10.0.0.0/8')] }),
  authentication: DekartAuthentication.none('internal, reached over the VPN only'),
  metadataStore: DekartMetadataStore.sqliteOnEfs(),
  dataSource: DekartDataSource.athena(),
  cpuArchitecture: ecs.CpuArchitecture.ARM64,
  encryptionKey: strictKey(stack, { description: `Data of ${stack.stackName}` }),
});

const integ = new IntegTest(app, 'DekartSqlite', {
  testCases: [stack],
  regions: [env.region],
  assertionStack: new Stack(app, `${stack.stackName}DefaultTestDeployAssert`, { env }),
});
integ.assertions.awsApiCall('EFS', 'describeFileSystems', { FileSystemId: dekart.fileSystem!.fileSystemId })
  .expect(ExpectedResult.objectLike({ FileSystems: [{ Encrypted: true }] }));
integ.assertions.awsApiCall('ELBv2', 'describeTargetGroups', { TargetGroupArns: [dekart.targetGroup.targetGroupArn] })
  .assertAtPath('TargetGroups.0.HealthCheckPath', ExpectedResult.stringLikeRegexp('/health'));
