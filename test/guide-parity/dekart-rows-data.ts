import { Match, Template } from 'aws-cdk-lib/assertions';
import { GENERATED_NAME, rowsOf } from './dekart-system';
import { attributeOf, refTo } from './parity';
import { taskStatements } from '../support/dekart';

const DATABASE = 'AWS::RDS::DBInstance';
const TASKS_TRUST = {
  AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' } }], Version: '2012-10-17' },
};

function database(argument: string, guide: string, ours: string, properties: object, why?: string) {
  return { argument, guide, ours, why, check: (t: Template) => t.hasResourceProperties(DATABASE, properties) };
}

function statement(t: Template, action: string) {
  const found = taskStatements(t).filter((each) => [each.Action].flat().includes(action));
  expect(found).not.toEqual([]);
  return JSON.stringify(found);
}

/** Actions of the task role on what is named so, each once. */
function actionsOn(t: Template, resource: string): string[] {
  return [...new Set(taskStatements(t).filter((each) => JSON.stringify(each.Resource).includes(resource)).flatMap((each) => each.Action as string[]))];
}

/** Bucket, roles, database. */
export const DATA_ROWS = [
  ...rowsOf('aws_s3_bucket.dekart_output', {
    argument: 'bucket',
    guide: '`<name>-output`',
    ours: '`Bucket.BucketName` absent',
    why: GENERATED_NAME,
    check: (t) => t.allResourcesProperties('AWS::S3::Bucket', { BucketName: Match.absent(), VersioningConfiguration: { Status: 'Enabled' } }),
  }),
  ...rowsOf('aws_iam_role.dekart_task',
    {
      argument: 'name',
      guide: '`<name>-task`',
      ours: '`Role.RoleName` absent',
      why: GENERATED_NAME,
      check: (t) => t.allResourcesProperties('AWS::IAM::Role', { RoleName: Match.absent() }),
    },
    {
      argument: 'assume_role_policy',
      guide: '`ecs-tasks.amazonaws.com`',
      ours: '`Role.AssumeRolePolicyDocument`: the same',
      check: (t) => t.resourcePropertiesCountIs('AWS::IAM::Role', TASKS_TRUST, 2),
    },
    {
      argument: 'inline_policy s3:*',
      guide: '`s3:*` on the bucket',
      ours: 'eight named actions on the bucket and its objects',
      why: 'the ones that the server and Athena call; `s3:*` would also delete the bucket',
      check: (t) => {
        expect(actionsOn(t, 'MapsBucket')).toHaveLength(8);
        expect(actionsOn(t, 'MapsBucket').join()).not.toContain('*');
      },
    },
    {
      argument: 'inline_policy athena',
      guide: '`athena:Get*`, start, stop, cancel on `*`',
      ours: 'five named actions on the work group of the site',
      why: 'other work groups, and their costs, stay closed; cancel is for drivers of 2017',
      check: (t) => {
        expect(statement(t, 'athena:StartQueryExecution')).toContain(':workgroup/Dekart-Maps-');
        expect(actionsOn(t, 'workgroup')).toHaveLength(5);
        expect(JSON.stringify(taskStatements(t))).not.toMatch(/athena:(\*|Get\*|CancelQueryExecution)/);
      },
    },
    {
      argument: 'inline_policy glue',
      guide: '`glue:Get*` on `*`',
      ours: 'seven named actions on the catalog, the named databases and their tables',
      why: 'other databases stay closed',
      check: (t) => {
        expect(statement(t, 'glue:GetTables')).toContain(':table/osm/*');
        expect(actionsOn(t, 'table/osm')).toHaveLength(7);
        expect(JSON.stringify(taskStatements(t))).not.toContain('glue:Get*');
      },
    },
    {
      argument: 'inline_policy s3 list',
      guide: 'list and locate every bucket',
      ours: 'list and locate the source buckets, the list within their prefix',
      why: 'nothing needs the names of all buckets',
      check: (t) => {
        expect(statement(t, 's3:ListBucket')).toContain('{"StringLike":{"s3:prefix":"planet/*"}}');
        expect(JSON.stringify(taskStatements(t))).not.toContain('ListAllMyBuckets');
      },
    },
    {
      argument: 'inline_policy lakeformation',
      guide: '`lakeformation:GetDataAccess` on `*`',
      ours: 'the same; the action takes no resource',
      check: (t) => expect(taskStatements(t)).toContainEqual({ Action: 'lakeformation:GetDataAccess', Effect: 'Allow', Resource: '*' }),
    },
    {
      argument: 'inline_policy s3:GetObject',
      guide: 'the objects of `athena_s3_data_source`',
      ours: 'the objects of `sourceBuckets`',
      check: (t) => expect(statement(t, 's3:GetObject')).toContain(':s3:::osm-pds/planet/*'),
    },
  ),
  ...rowsOf('aws_iam_role.dekart_execution',
    {
      argument: 'name',
      guide: '`<name>-execution`',
      ours: '`Role.RoleName` absent',
      why: GENERATED_NAME,
      check: (t) => t.allResourcesProperties('AWS::IAM::Role', { RoleName: Match.absent() }),
    },
    {
      argument: 'managed_policy_arns',
      guide: '`AmazonECSTaskExecutionRolePolicy`',
      ours: 'a policy for this log group and these secrets',
      why: 'the managed policy takes every image and writes every log; a public image needs no permission',
      check: (t) => t.hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: { Statement: Match.arrayWith([{ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: attributeOf('MapsServerLogGroup', 'Arn') }]) },
        Roles: [refTo('MapsServerTaskDefinitionExecutionRole')],
      }),
    },
    {
      argument: 'assume_role_policy',
      guide: '`ecs-tasks.amazonaws.com`',
      ours: '`Role.AssumeRolePolicyDocument`: the same',
      check: (t) => t.resourcePropertiesCountIs('AWS::IAM::Role', TASKS_TRUST, 2),
    },
  ),
  ...rowsOf('random_password.dekart_rds',
    {
      argument: 'length',
      guide: '16',
      ours: '`GenerateSecretString.PasswordLength` 30',
      why: 'longer is safer, and nobody types it',
      check: (t) => t.hasResourceProperties('AWS::SecretsManager::Secret', { GenerateSecretString: Match.objectLike({ PasswordLength: 30 }) }),
    },
    {
      argument: 'special',
      guide: '`false`',
      ours: '`ExcludeCharacters`: what RDS refuses, and nothing more',
      why: 'the server reads the password by itself, not as part of a URL',
      check: (t) => t.hasResourceProperties('AWS::SecretsManager::Secret', { GenerateSecretString: Match.objectLike({ ExcludeCharacters: '/@" ' }) }),
    },
  ),
  ...rowsOf('aws_secretsmanager_secret.dekart_rds', {
    argument: 'name',
    guide: '`<name>-rds`',
    ours: '`Secret.Name` absent',
    why: GENERATED_NAME,
    check: (t) => t.hasResourceProperties('AWS::SecretsManager::Secret', { Name: Match.absent() }),
  }),
  ...rowsOf('aws_secretsmanager_secret_version.dekart_rds',
    {
      argument: 'secret_id',
      guide: 'the secret',
      ours: '`SecretTargetAttachment.SecretId`',
      check: (t) => t.hasResourceProperties('AWS::SecretsManager::SecretTargetAttachment', { SecretId: { Ref: Match.stringLikeRegexp('DatabaseSecret') } }),
    },
    {
      argument: 'secret_string',
      guide: 'the password',
      ours: 'user and password, to which the attachment adds host, port and name of the database',
      why: 'the server takes all five from the secret',
      check: (t) => t.hasResourceProperties('AWS::SecretsManager::Secret', { GenerateSecretString: Match.objectLike({ SecretStringTemplate: '{"username":"dekart"}', GenerateStringKey: 'password' }) }),
    },
    {
      argument: 'lifecycle',
      guide: 'ignores changes',
      ours: 'nothing to set: the secret is generated once',
      check: (t) => t.resourceCountIs('AWS::SecretsManager::Secret', 1),
    },
  ),
  ...rowsOf('aws_db_instance.dekart',
    database('identifier', '`<name>`', '`DBInstance.DBInstanceIdentifier` absent', { DBInstanceIdentifier: Match.absent() }, GENERATED_NAME),
    database('allocated_storage', '20', '`AllocatedStorage` 20, growing to 100', { AllocatedStorage: '20', MaxAllocatedStorage: 100 }),
    database('storage_type', '`gp2`', '`StorageType` gp3', { StorageType: 'gp3' }, 'the successor, at the same price'),
    database('engine', '`postgres`', '`Engine` postgres', { Engine: 'postgres' }),
    database('engine_version', '`14.1`', '`EngineVersion` 17.7', { EngineVersion: '17.7' }, '14.1 is deprecated'),
    database('instance_class', '`db.t3.micro`', '`DBInstanceClass` db.t4g.micro', { DBInstanceClass: 'db.t4g.micro' }, 'the successor, at a lower price'),
    database('db_name', '`var.dekart_rds_db_name`', '`DBName`, from `databaseName` of the store', { DBName: 'dekart' }),
    database('username', '`var.dekart_rds_username`', '`MasterUsername`, from `username` of the store', { MasterUsername: 'dekart' }),
    database('password', 'the secret', '`MasterUserPassword`: a reference to the secret that is resolved at deployment', {
      MasterUserPassword: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', Match.anyValue(), ':SecretString:password::}}']] },
    }),
    database('allow_major_version_upgrade', '`false`', '`AllowMajorVersionUpgrade` false', { AllowMajorVersionUpgrade: false }),
    database('auto_minor_version_upgrade', '`true`', '`AutoMinorVersionUpgrade` true', { AutoMinorVersionUpgrade: true }),
    database('port', '5432', '`Port` 15432, from `port` of the store', { Port: '15432' }, 'not the one that scans try first'),
    database('publicly_accessible', '`false`', '`PubliclyAccessible` false', { PubliclyAccessible: false }),
    database('storage_encrypted', '`true`', '`StorageEncrypted` true', { StorageEncrypted: true }),
    database('vpc_security_group_ids', 'the shared group', '`VPCSecurityGroups`: a group of its own', {
      VPCSecurityGroups: [attributeOf('MapsDatabaseSecurityGroup', 'GroupId')],
    }, 'see `aws_security_group.dekart_private`'),
    database('db_subnet_group_name', 'the subnet group', '`DBSubnetGroupName`', { DBSubnetGroupName: refTo('MapsDatabaseSubnetGroup') }),
    {
      argument: 'skip_final_snapshot',
      guide: '`true`',
      ours: '`DeletionPolicy` Snapshot, and deletion protection',
      why: 'the database holds the key of stored credentials: whoever deletes it must mean it',
      check: (t) => t.hasResource(DATABASE, { DeletionPolicy: 'Snapshot', Properties: { DeletionProtection: true } }),
    },
    {
      argument: 'lifecycle',
      guide: 'ignores changes of the password',
      ours: 'nothing to set: the reference does not change',
      check: (t) => t.resourceCountIs(DATABASE, 1),
    },
  ),
];
