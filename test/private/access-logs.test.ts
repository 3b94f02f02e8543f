import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { accessLogsBucket, canLogLoadBalancers, logBucketAccess } from '../../src/private/access-logs';
import { regionStack } from '../support/fixtures';

const BUCKET = 'AWS::S3::Bucket';

test('the bucket is closed, versioned, without access control lists, and empties itself', () => {
  const stack = regionStack();
  accessLogsBucket(stack, 'Logs', {});
  const template = Template.fromStack(stack);
  template.hasResource(BUCKET, { DeletionPolicy: 'Retain' });
  template.hasResourceProperties(BUCKET, {
    AccessControl: Match.absent(),
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    VersioningConfiguration: { Status: 'Enabled' },
    LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 365, NoncurrentVersionExpiration: { NoncurrentDays: 1 } })] },
  });
  template.hasResourceProperties('AWS::S3::BucketPolicy', { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]) } });
});

test('retention and removal policy reach the bucket; for ever means no expiry', () => {
  const stack = regionStack();
  accessLogsBucket(stack, 'Logs', { retention: logs.RetentionDays.INFINITE, removalPolicy: RemovalPolicy.DESTROY });
  const template = Template.fromStack(stack);
  template.hasResource(BUCKET, { DeletionPolicy: 'Delete', Properties: { LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: Match.absent() })] } } });
});

test.each([undefined, true])('a bucket logs by policy, with the feature flag of the CDK %p', (flag) => {
  const stack = new Stack(new App({ context: { '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': flag } }), 'Flagged');
  const target = accessLogsBucket(stack, 'Logs', {});
  logBucketAccess(new s3.Bucket(stack, 'Data'), target, 'data/');
  const template = Template.fromStack(stack);
  template.hasResourceProperties(BUCKET, { LoggingConfiguration: { DestinationBucketName: stack.resolve(target.bucketName), LogFilePrefix: 'data/' } });
  template.resourcePropertiesCountIs(BUCKET, { AccessControl: Match.anyValue() }, 0);
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([{
        Action: 's3:PutObject',
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Resource: { 'Fn::Join': ['', [stack.resolve(target.bucketArn), '/data/*']] },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }]),
    },
  });
});

test('load balancers log where the Region is known', () => {
  expect(canLogLoadBalancers(regionStack())).toBe(true);
  expect(canLogLoadBalancers(new Stack(new App(), 'Agnostic'))).toBe(false);
});
