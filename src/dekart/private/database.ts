import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { FargateWorkload } from '../../fargate/fargate-workload';
import type { NetworkPlacement } from '../../fargate/private/network-placement';
import { groupDescription } from '../../private/group-description';
import type { PostgresMetadataOptions } from '../dekart-metadata-store-options';

export interface DatabaseSettings {
  readonly placement: NetworkPlacement;
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy?: RemovalPolicy;
  readonly logRetention?: logs.RetentionDays;
}

export type Instance = rds.DatabaseInstance | rds.DatabaseInstanceFromSnapshot;

/** What RDS refuses in a password, and nothing more: the server takes all else. */
export const EXCLUDED_CHARACTERS = '/@" ';

/** Literal, so that rules of security groups can be read before the database is there. */
export function databasePort(options: PostgresMetadataOptions): number {
  return options.port ?? 15432;
}

/** A database that nobody reaches but whom the blueprint lets in, with TLS only. */
export function postgresDatabase(scope: Construct, options: PostgresMetadataOptions, settings: DatabaseSettings): Instance {
  const username = options.username ?? 'dekart';
  const shared = instanceProps(scope, options, settings);
  if (options.snapshotIdentifier !== undefined) {
    return withSecret(settings, new rds.DatabaseInstanceFromSnapshot(scope, 'Database', {
      ...shared,
      snapshotIdentifier: options.snapshotIdentifier,
      credentials: rds.SnapshotCredentials.fromGeneratedSecret(username, { excludeCharacters: EXCLUDED_CHARACTERS, encryptionKey: secretKey(scope, settings) }),
    }));
  }
  return withSecret(settings, new rds.DatabaseInstance(scope, 'Database', {
    ...shared,
    databaseName: options.databaseName ?? 'dekart',
    credentials: rds.Credentials.fromGeneratedSecret(username, { excludeCharacters: EXCLUDED_CHARACTERS, encryptionKey: secretKey(scope, settings) }),
    storageEncrypted: true,
    storageEncryptionKey: settings.encryptionKey,
  }));
}

/**
 * Reading a secret is written into the policy of its key, with the name of the reader: a key of another stack would then need this one. It is taken
 * by its ARN, and the reader gets the permission by its own policy.
 */
function secretKey(scope: Construct, { encryptionKey }: DatabaseSettings): kms.IKey | undefined {
  return encryptionKey && Stack.of(encryptionKey) !== Stack.of(scope) ? kms.Key.fromKeyArn(scope, 'DatabaseSecretKey', encryptionKey.keyArn) : encryptionKey;
}

/** Lets ECS read the secret for the task, also where the policy of its key cannot be changed from here. */
export function grantSecretKey(workload: FargateWorkload, { encryptionKey }: DatabaseSettings): void {
  encryptionKey?.grant(workload.taskDefinition.obtainExecutionRole(), 'kms:Decrypt');
}

function instanceProps(scope: Construct, options: PostgresMetadataOptions, settings: DatabaseSettings) {
  const { vpc, databaseSubnets } = settings.placement;
  const engine = rds.DatabaseInstanceEngine.postgres({ version: options.engineVersion ?? rds.PostgresEngineVersion.VER_17_7 });
  return {
    engine,
    vpc,
    vpcSubnets: databaseSubnets,
    securityGroups: [new ec2.SecurityGroup(scope, 'DatabaseSecurityGroup', {
      vpc, description: groupDescription(`Database of ${scope.node.path}`), allowAllOutbound: false,
    })],
    publiclyAccessible: false,
    port: databasePort(options),
    instanceType: options.instanceType ?? ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MICRO),
    multiAz: options.multiAz ?? true,
    storageType: rds.StorageType.GP3,
    allocatedStorage: options.allocatedStorage ?? 20,
    maxAllocatedStorage: options.maxAllocatedStorage ?? 100,
    parameterGroup: new rds.ParameterGroup(scope, 'DatabaseParameters', {
      engine,
      description: `Database of ${scope.node.path}: TLS only`,
      parameters: { 'rds.force_ssl': '1' },
    }),
    iamAuthentication: true,
    backupRetention: options.backupRetention ?? Duration.days(7),
    copyTagsToSnapshot: true,
    deletionProtection: settings.removalPolicy !== RemovalPolicy.DESTROY,
    removalPolicy: settings.removalPolicy ?? RemovalPolicy.SNAPSHOT,
    allowMajorVersionUpgrade: options.allowMajorVersionUpgrade ?? false,
    autoMinorVersionUpgrade: true,
    cloudwatchLogsExports: ['postgresql', 'upgrade'],
    monitoringInterval: Duration.minutes(1),
    enablePerformanceInsights: true,
    performanceInsightEncryptionKey: settings.encryptionKey,
  };
}

function withSecret<T extends Instance>(settings: DatabaseSettings, database: T): T {
  // who keeps the database needs the way in; one that comes from a snapshot gets a new one
  const secret = database.node.findChild('Secret') as secretsmanager.Secret;
  secret.applyRemovalPolicy(settings.removalPolicy === RemovalPolicy.RETAIN ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
  return database;
}
