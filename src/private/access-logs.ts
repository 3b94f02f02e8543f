import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface AccessLogsProps {
  readonly retention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A bucket that load balancers and other buckets write their access logs to.
 *
 * Load balancers cannot write to a bucket with a customer managed key.
 */
export function accessLogsBucket(scope: Construct, id: string, props: AccessLogsProps): s3.Bucket {
  const days = props.retention ?? logs.RetentionDays.ONE_YEAR;
  return new s3.Bucket(scope, id, {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [{
      id: 'Expire',
      expiration: days === logs.RetentionDays.INFINITE ? undefined : Duration.days(days),
      noncurrentVersionExpiration: Duration.days(1),
      abortIncompleteMultipartUploadAfter: Duration.days(1),
    }],
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
  });
}

/**
 * Lets a bucket write its access logs to another one.
 *
 * The L2 does so by an access control list unless a feature flag is set: this way the template is the same in every app, and the target needs no
 * such lists.
 */
export function logBucketAccess(bucket: s3.Bucket, target: s3.IBucket, prefix: string): void {
  const resource = bucket.node.defaultChild as s3.CfnBucket;
  resource.loggingConfiguration = { destinationBucketName: target.bucketName, logFilePrefix: prefix };
  target.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: [target.arnForObjects(`${prefix}*`)],
    // not the ARN of the bucket: a target in another stack could not name it without a circle of stacks
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(bucket).account } },
  }));
}

/** Load balancers name an account of their Region in the policy of the bucket: it has to be known. */
export function canLogLoadBalancers(scope: Construct): boolean {
  return !Token.isUnresolved(Stack.of(scope).region);
}
