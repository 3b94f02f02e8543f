import { Duration, Names, RemovalPolicy } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { NetworkPlacement } from '../../fargate/private/network-placement';
import { groupDescription } from '../../private/group-description';
import { withStackSuffix } from '../../private/stack-suffix';
import type { SqliteOnEfsOptions } from '../dekart-metadata-store-options';

export interface FileSystemSettings {
  readonly placement: NetworkPlacement;
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy?: RemovalPolicy;
}

/** User and group of the image. */
const SERVER_ID = '1000';

/** A directory that belongs to the server, on the given file system or a new one with daily backups. */
export function dataFileSystem(scope: Construct, options: SqliteOnEfsOptions, settings: FileSystemSettings) {
  const fileSystem = options.fileSystem ?? newFileSystem(scope, options, settings);
  const accessPoint = new efs.AccessPoint(scope, 'DataDirectory', {
    fileSystem,
    path: '/dekart',
    posixUser: { uid: SERVER_ID, gid: SERVER_ID },
    createAcl: { ownerUid: SERVER_ID, ownerGid: SERVER_ID, permissions: '750' },
  });
  return { fileSystem, accessPoint };
}

function newFileSystem(scope: Construct, options: SqliteOnEfsOptions, settings: FileSystemSettings): efs.FileSystem {
  const { vpc, databaseSubnets } = settings.placement;
  const fileSystem = new efs.FileSystem(scope, 'FileSystem', {
    vpc,
    vpcSubnets: databaseSubnets,
    securityGroup: new ec2.SecurityGroup(scope, 'FileSystemSecurityGroup', {
      vpc, description: groupDescription(`File system of ${scope.node.path}`), allowAllOutbound: false,
    }),
    encrypted: true,
    kmsKey: settings.encryptionKey,
    // with a policy of its own nobody comes in without a grant; the statement that the CDK would add instead lets in all who reach a mount target
    allowAnonymousAccess: true,
    fileSystemPolicy: new iam.PolicyDocument({
      statements: [new iam.PolicyStatement({
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite', 'elasticfilesystem:ClientRootAccess'],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      })],
    }),
    removalPolicy: settings.removalPolicy ?? RemovalPolicy.RETAIN,
  });
  backUp(scope, fileSystem, options.backupRetention ?? Duration.days(35), settings);
  return fileSystem;
}

function backUp(scope: Construct, fileSystem: efs.FileSystem, deleteAfter: Duration, settings: FileSystemSettings): void {
  const backupVault = new backup.BackupVault(scope, 'BackupVault', {
    // the L2 takes a name that the next stack of the same name would take too; 50 characters with the suffix
    backupVaultName: withStackSuffix(Names.uniqueResourceName(scope, { maxLength: 41 })),
    encryptionKey: settings.encryptionKey,
    removalPolicy: settings.removalPolicy ?? RemovalPolicy.RETAIN,
  });
  const plan = new backup.BackupPlan(scope, 'BackupPlan', { backupVault });
  plan.addRule(new backup.BackupPlanRule({ ruleName: 'Daily', deleteAfter }));
  plan.addSelection('FileSystem', { resources: [backup.BackupResource.fromEfsFileSystem(fileSystem)] });
}
