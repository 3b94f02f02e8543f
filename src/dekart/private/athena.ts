import { Names, Size, Stack } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { FargateWorkload } from '../../fargate/fargate-workload';
import { conflictIf, Conflicts, isKnown, throwOnConflicts } from '../../private/prop-rules';
import type { AthenaDataSourceOptions, AthenaSourceBucket } from '../dekart-data-source-options';

const GLUE_CATALOG = 'AwsDataCatalog';
/** The server's own, beside the root. */
const KEPT_PREFIXES = ['sqlite-backups/', 'clickhouse-results/'];
const SCAN_LIMIT_GIB = 100;
const SCAN_LIMIT_MIN = 10_000_000;

export function resultPrefixOf(options: AthenaDataSourceOptions): string {
  return options.resultPrefix ?? 'athena-results/';
}

export function athenaConflicts(options: AthenaDataSourceOptions): Conflicts {
  const prefix = resultPrefixOf(options);
  const limit = options.bytesScannedCutoff;
  return [
    ...conflictIf(
      isKnown(prefix) && (prefix.includes('//') || !/^[^/].*\/$/.test(prefix)),
      `\`resultPrefix\` must be the beginning of keys in the site's bucket, without scheme and leading slash, ending in a slash, got '${prefix}'; what is under it expires`,
    ),
    ...conflictIf(
      isKnown(prefix) && KEPT_PREFIXES.some((kept) => prefix.startsWith(kept)),
      `\`resultPrefix\` ${prefix} holds what the server keeps, and what is under it expires; choose another, such as athena-results/`,
    ),
    ...conflictIf(
      limit !== undefined && !limit.isUnresolved() && limit.toBytes() < SCAN_LIMIT_MIN,
      `\`bytesScannedCutoff\` must be at least 10 MB, got ${limit?.isUnresolved() ? 'a token' : limit?.toBytes()} bytes`,
    ),
    ...conflictIf(
      limit !== undefined && options.workGroup !== undefined,
      '`bytesScannedCutoff` is a setting of a new work group; set it on `workGroup`, or leave that out',
    ),
    ...databasesOf(options).flatMap(databaseConflicts),
    ...(options.sourceBuckets ?? []).flatMap((source) => prefixConflicts(source.prefix)),
  ];
}

function databasesOf(options: AthenaDataSourceOptions): string[] {
  return options.databases ?? ['default'];
}

function databaseConflicts(name: string): Conflicts {
  return conflictIf(
    isKnown(name) && !/^[A-Za-z0-9_-]{1,255}$/.test(name),
    `\`databases\` must be names of Glue databases, got '${name}'; wildcards would open others too`,
  );
}

function prefixConflicts(prefix?: string): Conflicts {
  return conflictIf(
    isKnown(prefix) && /^\/|[*?]|:\/\//.test(prefix),
    `\`prefix\` of a source bucket must be the beginning of keys, without scheme, leading slash and wildcards, got '${prefix}'; leave it out for the whole bucket`,
  );
}

interface AthenaSettings {
  readonly bucket: s3.IBucket;
  readonly encryptionKey?: kms.IKey;
}

/** A work group, and what the task role may do through it. */
export class AthenaAccess {
  public readonly workGroup: athena.CfnWorkGroup;
  /** Bare, as the server takes it. */
  public readonly outputLocation: string;

  constructor(private readonly scope: Construct, private readonly options: AthenaDataSourceOptions, settings: AthenaSettings) {
    this.outputLocation = `${settings.bucket.bucketName}/${resultPrefixOf(options).replace(/\/$/, '')}`;
    this.workGroup = options.workGroup ?? new athena.CfnWorkGroup(scope, 'WorkGroup', {
      name: Names.uniqueResourceName(scope, { maxLength: 128, separator: '-' }),
      description: `Queries of ${scope.node.path}`,
      recursiveDeleteOption: true, // it holds a history of queries only, and cannot be deleted with one otherwise
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: (options.bytesScannedCutoff ?? Size.gibibytes(SCAN_LIMIT_GIB)).toBytes(),
        resultConfiguration: {
          outputLocation: `s3://${this.outputLocation}/`,
          encryptionConfiguration: settings.encryptionKey
            ? { encryptionOption: 'SSE_KMS', kmsKey: settings.encryptionKey.keyArn }
            : { encryptionOption: 'SSE_S3' },
        },
      },
    });
  }

  /** Everything but the site's own bucket, which the server uses with every source. */
  public grantTo(workload: FargateWorkload): void {
    allow(workload, [
      'athena:StartQueryExecution', 'athena:StopQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:GetWorkGroup',
    ], [this.arn('athena', 'workgroup', this.workGroup.name)]);
    const catalog = this.options.catalog ?? GLUE_CATALOG;
    if (catalog !== GLUE_CATALOG) allow(workload, ['athena:GetDataCatalog'], [this.arn('athena', 'datacatalog', catalog)]);
    // where Lake Formation governs the data it decides; the action takes no resource
    allow(workload, ['lakeformation:GetDataAccess'], ['*']);
    databasesOf(this.options).forEach((name) => this.allowDatabase(workload, name));
    (this.options.sourceBuckets ?? []).forEach((source) => this.allowSource(workload, source));
    workload._reach(ec2.InterfaceVpcEndpointAwsService.ATHENA);
  }

  public addDatabase(workload: FargateWorkload, name: string): void {
    throwOnConflicts(this.scope, databaseConflicts(name));
    this.allowDatabase(workload, name);
  }

  public addSource(workload: FargateWorkload, source: AthenaSourceBucket): void {
    throwOnConflicts(this.scope, prefixConflicts(source.prefix));
    this.allowSource(workload, source);
  }

  private allowDatabase(grantee: iam.IGrantable, name: string): void {
    allow(grantee, [
      'glue:GetDatabase', 'glue:GetDatabases', 'glue:GetTable', 'glue:GetTables',
      'glue:GetPartition', 'glue:GetPartitions', 'glue:BatchGetPartition',
    ], [
      Stack.of(this.scope).formatArn({ service: 'glue', resource: 'catalog' }),
      this.arn('glue', 'database', name),
      this.arn('glue', 'table', `${name}/*`),
    ]);
  }

  private allowSource(grantee: iam.IGrantable, source: AthenaSourceBucket): void {
    const { bucket, prefix = '' } = source;
    allow(grantee, ['s3:GetObject'], [bucket.arnForObjects(`${prefix}*`)]);
    allow(grantee, ['s3:GetBucketLocation'], [bucket.bucketArn]);
    allow(grantee, ['s3:ListBucket'], [bucket.bucketArn], prefix === '' ? undefined : { StringLike: { 's3:prefix': `${prefix}*` } });
    bucket.encryptionKey?.grant(grantee, 'kms:Decrypt');
  }

  private arn(service: string, resource: string, resourceName: string): string {
    return Stack.of(this.scope).formatArn({ service, resource, resourceName });
  }
}

function allow(grantee: iam.IGrantable, actions: string[], resourceArns: string[], conditions?: { [operator: string]: { [key: string]: string } }): void {
  iam.Grant.addToPrincipal({ grantee, actions, resourceArns, conditions });
}
