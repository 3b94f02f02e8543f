import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { DekartAuthentication, DekartMetadataStore, DekartVersion, PostgresMetadataOptions, ServiceNetwork } from '../../src';
import { dekartError, dekartIn, dekartTemplate, plainOf, secretNamesOf, securityRules, taskStatements } from '../support/dekart';
import { containerOf, existingVpc, only, regionStack } from '../support/fixtures';

const DATABASE = 'AWS::RDS::DBInstance';

/** A site that needs no licence key. */
function keyless(metadataStore: DekartMetadataStore) {
  return { metadataStore, licenseKey: undefined, authentication: DekartAuthentication.none('a test') };
}

describe('postgres', () => {
  const postgres = (options: PostgresMetadataOptions = {}) => dekartTemplate({ metadataStore: DekartMetadataStore.postgres(options) });

  test('by default is encrypted, backed up, TLS only and in two zones', () => {
    const template = postgres();
    template.hasResourceProperties(DATABASE, {
      Engine: 'postgres',
      EngineVersion: '17.7',
      DBInstanceClass: 'db.t4g.micro',
      MultiAZ: true,
      StorageEncrypted: true,
      StorageType: 'gp3',
      AllocatedStorage: '20',
      MaxAllocatedStorage: 100,
      BackupRetentionPeriod: 7,
      DeletionProtection: true,
      PubliclyAccessible: false,
      Port: '15432',
      EnableIAMDatabaseAuthentication: true,
      EnableCloudwatchLogsExports: ['postgresql', 'upgrade'],
      MonitoringInterval: 60,
      EnablePerformanceInsights: true,
      AutoMinorVersionUpgrade: true,
      AllowMajorVersionUpgrade: false,
      CopyTagsToSnapshot: true,
      DBName: 'dekart',
      MasterUsername: 'dekart',
    });
    template.hasResourceProperties('AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': '1' } });
    template.hasResourceProperties('AWS::SecretsManager::Secret', { GenerateSecretString: Match.objectLike({ ExcludeCharacters: '/@" ' }) });
    template.resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
  });

  test.each<[keyof PostgresMetadataOptions, PostgresMetadataOptions, object]>([
    ['engineVersion', { engineVersion: rds.PostgresEngineVersion.VER_16_9 }, { EngineVersion: '16.9' }],
    ['allowMajorVersionUpgrade', { allowMajorVersionUpgrade: true }, { AllowMajorVersionUpgrade: true }],
    ['instanceType', { instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7G, ec2.InstanceSize.LARGE) }, { DBInstanceClass: 'db.m7g.large' }],
    ['multiAz', { multiAz: false }, { MultiAZ: false }],
    ['allocatedStorage', { allocatedStorage: 50 }, { AllocatedStorage: '50' }],
    ['maxAllocatedStorage', { maxAllocatedStorage: 200 }, { MaxAllocatedStorage: 200 }],
    ['backupRetention', { backupRetention: Duration.days(35) }, { BackupRetentionPeriod: 35 }],
    ['databaseName', { databaseName: 'maps' }, { DBName: 'maps' }],
    ['username', { username: 'owner' }, { MasterUsername: 'owner' }],
    ['port', { port: 5432 }, { Port: '5432' }],
  ])('%s reaches the database', (_prop, options, expected) => {
    postgres(options).hasResourceProperties(DATABASE, expected);
  });

  test('port is the one that the task may reach', () => {
    expect(securityRules(postgres({ port: 6543 }), 'Ingress')).toContainEqual({ group: 'DatabaseSecurityGroup', from: 6543, to: 6543, peer: 'ServerSecurityGroup' });
  });

  test('its secret stays when the database is to stay as it is', () => {
    const kept = dekartTemplate({ removalPolicy: RemovalPolicy.RETAIN });
    kept.hasResource('AWS::SecretsManager::Secret', { DeletionPolicy: 'Retain' });
    kept.hasResource(DATABASE, { DeletionPolicy: 'Retain' });
    postgres().hasResource('AWS::SecretsManager::Secret', { DeletionPolicy: 'Delete' });
  });

  test('snapshotIdentifier restores, with a new password and the given names', () => {
    const template = postgres({ snapshotIdentifier: 'before-upgrade', databaseName: 'maps', username: 'owner' });
    template.hasResourceProperties(DATABASE, { DBSnapshotIdentifier: 'before-upgrade', DBName: Match.absent(), MasterUsername: Match.absent() });
    expect(plainOf(template).PGDATABASE).toBe('maps');
    expect(secretNamesOf(template)).not.toContain('PGDATABASE');
    template.hasResourceProperties('AWS::SecretsManager::Secret', { GenerateSecretString: Match.objectLike({ ExcludeCharacters: '/@" ', SecretStringTemplate: '{"username":"owner"}' }) });
  });

  test('passwordRotation changes the password, and deploys anew after it', () => {
    const template = postgres({ passwordRotation: Duration.days(30) });
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', { RotationRules: { ScheduleExpression: 'rate(30 days)' } });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['aws.secretsmanager'], detail: Match.objectLike({ eventName: ['RotationSucceeded'] }) },
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('RedeployAfterRotation') } })],
    });
    expect(JSON.stringify(template.findResources('AWS::StepFunctions::StateMachine'))).toContain('ForceNewDeployment');
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'ecs:updateService', Resource: { Ref: Match.stringLikeRegexp('ServerService') } })]) },
    });
  });

  test.each<[string, PostgresMetadataOptions, RegExp]>([
    ['an old engine', { engineVersion: rds.PostgresEngineVersion.VER_12 }, /`engineVersion` must be PostgreSQL 13 or later, got 12/],
    ['too little storage', { allocatedStorage: 10 }, /`allocatedStorage` must be a whole number from 20 to 65536 GiB, got 10/],
    ['storage that may not grow', { allocatedStorage: 200 }, /`maxAllocatedStorage` 100 is less than `allocatedStorage` 200/],
    ['no backups', { backupRetention: Duration.days(0) }, /`backupRetention` must be 1 to 35 whole days, got/],
    ['rotation by the hour', { passwordRotation: Duration.hours(12) }, /`passwordRotation` must be 1 to 1000 whole days, got 12 hours/],
    ['a bad name', { databaseName: 'my-maps' }, /`databaseName` must be a letter .* got 'my-maps'/],
    ['a reserved user', { username: 'postgres' }, /`username` postgres is reserved/],
    ['a port below those of RDS', { port: 80 }, /`port` must be a whole number from 1150 to 65535, got 80/],
  ])('fails for %s', (_name, options, expected) => {
    expect(dekartError({ metadataStore: DekartMetadataStore.postgres(options) })).toMatch(expected);
  });

  test('0.22.1 needs no key', () => {
    expect(dekartError({ version: DekartVersion.V0_22_1, licenseKey: undefined, authentication: DekartAuthentication.none('a test') })).toBe('');
  });
});

describe('existingPostgres', () => {
  const secretIn = (stack: Stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Database', 'database');

  test('makes no database, and lets the task in where it may', () => {
    const template = dekartTemplate((stack) => {
      const vpc = existingVpc(stack);
      const connectable = new ec2.Connections({ securityGroups: [new ec2.SecurityGroup(stack, 'Theirs', { vpc })] });
      return { network: ServiceNetwork.fromVpc(vpc), metadataStore: DekartMetadataStore.existingPostgres({ secret: secretIn(stack), connectable, port: 6543 }) };
    });
    template.resourceCountIs(DATABASE, 0);
    expect(plainOf(template).PGPORT).toBe('6543');
    expect(securityRules(template, 'Ingress').filter((rule) => rule.from === 6543)).toEqual([expect.objectContaining({ from: 6543, to: 6543, peer: 'ServerSecurityGroup' })]);
  });

  test('without connectable changes no security group', () => {
    const stack = regionStack();
    const dekart = dekartIn(stack, { metadataStore: DekartMetadataStore.existingPostgres({ secret: secretIn(stack), host: 'db', databaseName: 'maps' }) });
    expect(dekart.databaseSecret).toBeDefined();
    expect(dekart.database).toBeUndefined();
    const template = Template.fromStack(stack);
    expect(securityRules(template, 'Egress').filter((rule) => rule.from === 5432)).toEqual([]);
    expect(plainOf(template)).toMatchObject({ PGHOST: 'db', PGDATABASE: 'maps' });
  });

  test('without a port the default one is opened', () => {
    const template = dekartTemplate((stack) => {
      const vpc = existingVpc(stack);
      return {
        network: ServiceNetwork.fromVpc(vpc),
        metadataStore: DekartMetadataStore.existingPostgres({ secret: secretIn(stack), connectable: new ec2.SecurityGroup(stack, 'Theirs', { vpc }) }),
      };
    });
    expect(securityRules(template, 'Egress')).toContainEqual(expect.objectContaining({ group: 'ServerSecurityGroup', from: 5432, to: 5432 }));
  });

  test('fails without a key, and for a wrong port', () => {
    const stack = regionStack();
    const message = dekartError({ licenseKey: undefined, metadataStore: DekartMetadataStore.existingPostgres({ secret: secretIn(stack), port: 0 }) }, stack);
    expect(message).toContain('`metadataStore` PostgreSQL on Dekart 0.23.2 needs `licenseKey`');
    expect(message).toContain('`port` must be a whole number from 1 to 65535, got 0');
  });
});

describe('sqliteOnEfs', () => {
  const template = dekartTemplate(keyless(DekartMetadataStore.sqliteOnEfs()));

  test('mounts a directory of the server, encrypted at rest and on the way, with the task role', () => {
    template.hasResourceProperties('AWS::EFS::FileSystem', { Encrypted: true });
    template.hasResource('AWS::EFS::FileSystem', { DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::EFS::AccessPoint', { PosixUser: { Uid: '1000', Gid: '1000' }, RootDirectory: { CreationInfo: { OwnerUid: '1000', OwnerGid: '1000', Permissions: '750' } } });
    expect(only(template, 'AWS::ECS::TaskDefinition').Volumes).toEqual([expect.objectContaining({
      EFSVolumeConfiguration: expect.objectContaining({ TransitEncryption: 'ENABLED', AuthorizationConfig: expect.objectContaining({ IAM: 'ENABLED' }) }),
    })]);
    expect(containerOf(template, 'dekart')).toMatchObject({
      ReadonlyRootFilesystem: true, StopTimeout: 120, MountPoints: [{ ContainerPath: '/dekart/data', ReadOnly: false, SourceVolume: 'data' }],
    });
    expect(taskStatements(template)).toContainEqual(expect.objectContaining({ Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'] }));
  });

  test('lets in the task only, and nobody without TLS', () => {
    expect(securityRules(template, 'Ingress')).toContainEqual({ group: 'FileSystemSecurityGroup', from: 2049, to: 2049, peer: 'ServerSecurityGroup' });
    const statements = only(template, 'AWS::EFS::FileSystem').FileSystemPolicy.Statement;
    expect(statements).toEqual([expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]);
  });

  test('is backed up each day', () => {
    expect(only(template, 'AWS::Backup::BackupPlan').BackupPlan.BackupPlanRule).toEqual([expect.objectContaining({ Lifecycle: { DeleteAfterDays: 35 } })]);
    template.hasResource('AWS::Backup::BackupVault', { DeletionPolicy: 'Retain' });
    // a retained vault keeps its name, which the next stack must not take
    expect(JSON.stringify(only(template, 'AWS::Backup::BackupVault').BackupVaultName)).toContain('AWS::StackId');
    template.resourceCountIs('AWS::Backup::BackupSelection', 1);
  });

  test('takes backupRetention, or a file system that exists', () => {
    const longer = dekartTemplate(keyless(DekartMetadataStore.sqliteOnEfs({ backupRetention: Duration.days(90) })));
    expect(only(longer, 'AWS::Backup::BackupPlan').BackupPlan.BackupPlanRule[0].Lifecycle).toEqual({ DeleteAfterDays: 90 });
    const stack = regionStack();
    const vpc = existingVpc(stack);
    const fileSystem = new efs.FileSystem(stack, 'Theirs', { vpc });
    const dekart = dekartIn(stack, { ...keyless(DekartMetadataStore.sqliteOnEfs({ fileSystem })), network: ServiceNetwork.fromVpc(vpc) });
    expect(dekart.fileSystem).toBe(fileSystem);
    Template.fromStack(stack).resourceCountIs('AWS::Backup::BackupPlan', 0);
  });

  test('fails for both a given file system and backups, and for backups of half a day', () => {
    expect(dekartError((stack) => keyless(DekartMetadataStore.sqliteOnEfs({
      fileSystem: new efs.FileSystem(stack, 'Theirs', { vpc: existingVpc(stack) }), backupRetention: Duration.days(7),
    })))).toMatch(/`backupRetention` is a setting of a new file system/);
    expect(dekartError(keyless(DekartMetadataStore.sqliteOnEfs({ backupRetention: Duration.hours(12) })))).toMatch(/`backupRetention` must be 1 to 36500 whole days, got 12 hours/);
  });
});

describe('sqliteWithBackups', () => {
  test('copies to the bucket every five minutes for 90 days, and ends slowly', () => {
    const template = dekartTemplate(keyless(DekartMetadataStore.sqliteWithBackups()));
    expect(plainOf(template)).toMatchObject({ DEKART_STORAGE: 'S3', DEKART_BACKUP_FREQUENCY_MIN: '5', DEKART_MAX_BACKUPS_AGE_DAYS: '90' });
    expect(containerOf(template, 'dekart')).toMatchObject({ StopTimeout: 120, ReadonlyRootFilesystem: false });
    template.hasResourceProperties('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' }, LifecycleConfiguration: Match.anyValue() });
  });

  test('starts only when it may list the bucket', () => {
    const template = dekartTemplate(keyless(DekartMetadataStore.sqliteWithBackups()));
    const [service] = Object.values(template.findResources('AWS::ECS::Service')) as any[];
    expect(service.DependsOn).toContainEqual(expect.stringMatching(/TaskRoleDefaultPolicy/));
  });

  test('takes backupAge and backupInterval', () => {
    const store = DekartMetadataStore.sqliteWithBackups({ backupAge: Duration.days(365), backupInterval: Duration.minutes(1) });
    expect(plainOf(dekartTemplate(keyless(store)))).toMatchObject({ DEKART_BACKUP_FREQUENCY_MIN: '1', DEKART_MAX_BACKUPS_AGE_DAYS: '365' });
  });

  test('fails for copies that end too early, and intervals of seconds', () => {
    const message = dekartError(keyless(DekartMetadataStore.sqliteWithBackups({ backupAge: Duration.days(7), backupInterval: Duration.seconds(90) })));
    expect(message).toContain('`backupAge` must be at least 90 days, got 7 days');
    expect(message).toContain('`backupInterval` must be whole minutes, got 1 minute 30 seconds');
  });
});
