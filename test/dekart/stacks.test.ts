import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ApplicationIngress, DekartAuthentication, DekartDataSource, DekartMetadataStore, DekartOnFargateProps, DekartWebAcl } from '../../src';
import { dekartIn } from '../support/dekart';

const env = { region: 'eu-central-1' };

function certificateIn(stack: Stack): acm.ICertificate {
  return acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef');
}

function loadBalancerIn(shared: Stack): elbv2.ApplicationLoadBalancer {
  return new elbv2.ApplicationLoadBalancer(shared, 'LoadBalancer', { vpc: new ec2.Vpc(shared, 'Vpc'), internetFacing: true });
}

function userPoolIn(shared: Stack): DekartAuthentication {
  const userPool = new cognito.UserPool(shared, 'UserPool');
  return DekartAuthentication.cognito({
    userPool,
    userPoolClient: userPool.addClient('Client', { generateSecret: true }),
    userPoolDomain: userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'example' } }),
  });
}

test.each<[string, (shared: Stack, own: Stack) => Partial<DekartOnFargateProps>]>([
  ['load balancer', (shared) => ({ ingress: ApplicationIngress.existingLoadBalancer(loadBalancerIn(shared)), webAcl: DekartWebAcl.managed() })],
  ['listener', (shared) => ({
    ingress: ApplicationIngress.existingListener(loadBalancerIn(shared).addListener('Listener', {
      port: 443, certificates: [certificateIn(shared)], defaultAction: elbv2.ListenerAction.fixedResponse(404),
    }), { priority: 5 }),
  })],
  ['cluster', (shared) => ({ cluster: new ecs.Cluster(shared, 'Cluster', { vpc: new ec2.Vpc(shared, 'Vpc') }) })],
  ['user pool', (shared) => ({ authentication: userPoolIn(shared) })],
  ['database', (shared, own) => {
    const vpc = new ec2.Vpc(shared, 'Vpc');
    const database = new rds.DatabaseInstance(shared, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_7 }) });
    return {
      cluster: new ecs.Cluster(own, 'Cluster', { vpc }),
      metadataStore: DekartMetadataStore.existingPostgres({ secret: database.secret!, connectable: database }),
    };
  }],
  ['bucket, sources and logs', (shared) => ({
    bucket: new s3.Bucket(shared, 'Bucket', { encryptionKey: new kms.Key(shared, 'BucketKey') }),
    accessLogsBucket: new s3.Bucket(shared, 'Logs'),
    dataSource: DekartDataSource.athena({ sourceBuckets: [{ bucket: new s3.Bucket(shared, 'Source', { encryptionKey: new kms.Key(shared, 'SourceKey') }) }] }),
  })],
  ['key', (shared) => ({ encryptionKey: new kms.Key(shared, 'Key') })],
])('a %s of another stack is taken without a circle of stacks', (_name, changes) => {
  const app = new App();
  const [shared, own] = [new Stack(app, 'Shared', { env }), new Stack(app, 'Own', { env })];
  dekartIn(own, changes(shared, own));
  app.synth();
  expect(own.dependencies).toEqual([shared]);
  expect(shared.dependencies).toEqual([]);
});

test.each<[string, (stack: Stack) => kms.IKey]>([
  ['of another stack', (stack) => new kms.Key(new Stack(stack.node.root, 'Shared', { env }), 'Key')],
  ['that was imported', (stack) => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef')],
  ['of the same stack', (stack) => new kms.Key(stack, 'Key')],
])('with a key %s ECS may decrypt the secret by a policy of its own', (_name, key) => {
  const own = new Stack(new App(), 'Own', { env });
  dekartIn(own, { encryptionKey: key(own) });
  const statements = Object.entries(Template.fromStack(own).findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.includes('ExecutionRole')).flatMap(([, policy]: [string, any]) => policy.Properties.PolicyDocument.Statement);
  expect(statements).toContainEqual(expect.objectContaining({ Action: 'kms:Decrypt' }));
});
