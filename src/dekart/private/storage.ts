import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { logBucketAccess } from '../../private/access-logs';

export interface SiteBucketProps {
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy?: RemovalPolicy;
  /** Beginning of keys that expire. The root holds what maps reload: nothing there may ever expire. */
  readonly expiringPrefix?: string;
  readonly accessLogs: s3.IBucket;
}

/** The bucket of uploads, query results, queries and previews. */
export function siteBucket(scope: Construct, props: SiteBucketProps): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'Bucket', {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: props.encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
    encryptionKey: props.encryptionKey,
    bucketKeyEnabled: props.encryptionKey ? true : undefined,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [
      { id: 'StaleUploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      { id: 'OldVersions', noncurrentVersionExpiration: Duration.days(90) },
      ...(props.expiringPrefix ? [{ id: 'QueryResults', prefix: props.expiringPrefix, expiration: Duration.days(7) }] : []),
    ],
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
  });
  logBucketAccess(bucket, props.accessLogs, 'bucket/');
  return bucket;
}

/** What the server, and Athena on its behalf, do in the bucket. */
export function grantSiteBucket(bucket: s3.IBucket, grantee: iam.IGrantable, encryptionKey?: kms.IKey): void {
  iam.Grant.addToPrincipal({
    grantee,
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    resourceArns: [bucket.arnForObjects('*')],
  });
  iam.Grant.addToPrincipal({
    grantee,
    actions: ['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
    resourceArns: [bucket.bucketArn],
  });
  const keys = new Set([bucket.encryptionKey, encryptionKey]);
  keys.forEach((key) => key?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey'));
}
