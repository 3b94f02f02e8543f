import { Size } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AthenaDataSourceOptions, DekartAuthentication, DekartDataSource, DekartUserIdentity, ServiceNetwork } from '../../src';
import { dekartError, dekartIn, dekartTemplate, plainOf, secretOf, taskStatements } from '../support/dekart';
import { containerOf, only, regionStack } from '../support/fixtures';

const WORK_GROUP = 'AWS::Athena::WorkGroup';
const SHARED = DekartAuthentication.newUserPool({ userIdentity: DekartUserIdentity.SHARED });

function actionsOf(template: Template): string[] {
  return taskStatements(template).flatMap((statement) => statement.Action).sort();
}

describe('athena', () => {
  const of = (options: AthenaDataSourceOptions) => dekartTemplate({ dataSource: DekartDataSource.athena(options) });

  test('has a work group that enforces where results go, and how much one query may scan', () => {
    const template = dekartTemplate();
    template.hasResourceProperties(WORK_GROUP, {
      RecursiveDeleteOption: true,
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: true,
        BytesScannedCutoffPerQuery: 100 * 1024 ** 3,
        ResultConfiguration: {
          OutputLocation: { 'Fn::Join': ['', ['s3://', { Ref: Match.stringLikeRegexp('^MapsBucket') }, '/athena-results/']] },
          EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
        },
      },
    });
    expect(plainOf(template).DEKART_ATHENA_WORKGROUP).toBe(only(template, WORK_GROUP).Name);
  });

  test('grants exactly what queries need', () => {
    expect(actionsOf(dekartTemplate())).toEqual([
      'athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:GetWorkGroup', 'athena:StartQueryExecution', 'athena:StopQueryExecution',
      'glue:BatchGetPartition', 'glue:GetDatabase', 'glue:GetDatabases', 'glue:GetPartition', 'glue:GetPartitions', 'glue:GetTable', 'glue:GetTables',
      'lakeformation:GetDataAccess',
      's3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetBucketLocation', 's3:GetObject', 's3:ListBucket', 's3:ListBucketMultipartUploads',
      's3:ListMultipartUploadParts', 's3:PutObject',
    ]);
    const wide = taskStatements(dekartTemplate()).filter((statement) => statement.Resource === '*');
    expect(wide.map((statement) => statement.Action)).toEqual(['lakeformation:GetDataAccess']);
  });

  test('only its results expire, never what maps reload', () => {
    const expiring = Object.values(dekartTemplate().findResources('AWS::S3::Bucket', { Properties: { LoggingConfiguration: Match.anyValue() } }))
      .flatMap((bucket: any) => bucket.Properties.LifecycleConfiguration.Rules).filter((rule: any) => rule.ExpirationInDays);
    expect(expiring).toEqual([expect.objectContaining({ Prefix: 'athena-results/', ExpirationInDays: 7 })]);
  });

  test('takes databases, catalog, bytesScannedCutoff and resultPrefix', () => {
    const template = of({ databases: ['osm', 'sales'], catalog: 'lake', bytesScannedCutoff: Size.gibibytes(1), resultPrefix: 'tmp/queries/' });
    const statements = JSON.stringify(taskStatements(template));
    for (const part of [':database/osm', ':table/sales/*', ':datacatalog/lake']) expect(statements).toContain(part);
    expect(statements).not.toContain('database/default');
    template.hasResourceProperties(WORK_GROUP, { WorkGroupConfiguration: Match.objectLike({ BytesScannedCutoffPerQuery: 1024 ** 3 }) });
    expect(plainOf(template).DEKART_ATHENA_S3_OUTPUT_LOCATION).toEqual({ 'Fn::Join': ['', [{ Ref: expect.stringMatching(/^MapsBucket/) }, '/tmp/queries']] });
  });

  test('sourceBuckets are read under their prefix, with their key', () => {
    const template = dekartTemplate((stack) => ({
      dataSource: DekartDataSource.athena({
        sourceBuckets: [
          { bucket: s3.Bucket.fromBucketName(stack, 'Open', 'open'), prefix: 'planet/' },
          { bucket: new s3.Bucket(stack, 'Secret', { encryptionKey: new kms.Key(stack, 'Key') }) },
        ],
      }),
    }));
    const statements = taskStatements(template);
    expect(JSON.stringify(statements)).toContain(':s3:::open/planet/*');
    expect(statements).toContainEqual(expect.objectContaining({ Action: 's3:ListBucket', Condition: { StringLike: { 's3:prefix': 'planet/*' } } }));
    expect(statements).toContainEqual(expect.objectContaining({ Action: 'kms:Decrypt' }));
    expect(statements.filter((statement) => statement.Action === 's3:GetBucketLocation')).toEqual([expect.not.objectContaining({ Condition: expect.anything() }), expect.anything()]);
  });

  test('workGroup: a given one is used', () => {
    const template = dekartTemplate((stack) => ({ dataSource: DekartDataSource.athena({ workGroup: new athena.CfnWorkGroup(stack, 'Theirs', { name: 'analysts' }) }) }));
    template.resourceCountIs(WORK_GROUP, 1);
    expect(plainOf(template).DEKART_ATHENA_WORKGROUP).toBe('analysts');
    expect(JSON.stringify(taskStatements(template))).toContain(':workgroup/analysts');
  });

  test.each<[string, AthenaDataSourceOptions, RegExp]>([
    ['a scheme in the result prefix', { resultPrefix: 's3://bucket/results/' }, /`resultPrefix` must be the beginning of keys .* got 's3:\/\/bucket\/results\/'/],
    ['an empty result prefix, whose expiry would take everything', { resultPrefix: '' }, /`resultPrefix` .* got ''/],
    ['a result prefix of the root', { resultPrefix: '/' }, /`resultPrefix` .* got '\/'/],
    ['a result prefix without an end', { resultPrefix: 'results' }, /`resultPrefix` .* ending in a slash, got 'results'/],
    ['a result prefix with an empty part', { resultPrefix: 'results//' }, /`resultPrefix` .* got 'results\/\/'/],
    ['a result prefix that would take copies of SQLite along', { resultPrefix: 'sqlite-backups/' }, /`resultPrefix` sqlite-backups\/ holds what the server keeps/],
    ['a tiny scan limit', { bytesScannedCutoff: Size.mebibytes(1) }, /`bytesScannedCutoff` must be at least 10 MB, got 1048576 bytes/],
    ['a wildcard for databases', { databases: ['*'] }, /`databases` must be names of Glue databases, got '\*'/],
  ])('fails for %s', (_name, options, expected) => {
    expect(dekartError({ dataSource: DekartDataSource.athena(options) })).toMatch(expected);
  });

  test.each(['/planet/', 's3://osm-pds/planet/', 'planet/*'])('fails for the prefix %p of a source bucket', (prefix) => {
    expect(dekartError((stack) => ({ dataSource: DekartDataSource.athena({ sourceBuckets: [{ bucket: s3.Bucket.fromBucketName(stack, 'Osm', 'osm-pds'), prefix }] }) })))
      .toContain(`got '${prefix}'; leave it out for the whole bucket`);
  });

  test('fails for a scan limit beside a given work group', () => {
    expect(dekartError((stack) => ({
      dataSource: DekartDataSource.athena({ workGroup: new athena.CfnWorkGroup(stack, 'Theirs', { name: 'a' }), bytesScannedCutoff: Size.gibibytes(1) }),
    }))).toMatch(/`bytesScannedCutoff` is a setting of a new work group/);
  });

  test('an isolated network gets every endpoint that it needs, and no other', () => {
    const template = dekartTemplate((stack) => ({
      network: ServiceNetwork.isolatedTasks(),
      authentication: SHARED,
      image: ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Mirror', 'dekart'), '0.23.2'),
    }));
    const endpoints = Object.values(template.findResources('AWS::EC2::VPCEndpoint')).map((each: any) => JSON.stringify(each.Properties.ServiceName));
    const names = ['athena', 'ecr.api', 'ecr.dkr', 'logs', 's3', 'secretsmanager'];
    expect(endpoints).toHaveLength(names.length);
    names.forEach((name) => expect(endpoints.join()).toMatch(new RegExp(`\\.${name.replace('.', '\\.')}"`)));
  });
});

test('other sources grant nothing but the bucket', () => {
  const template = dekartTemplate((stack) => ({ dataSource: DekartDataSource.postgres(secretOf(stack, 'source')) }));
  template.resourceCountIs(WORK_GROUP, 0);
  expect(actionsOf(template).every((action) => action.startsWith('s3:'))).toBe(true);
  expect(containerOf(template, 'dekart').ReadonlyRootFilesystem).toBe(false);
});

test('bigQuery puts its credentials into a file before the server starts', () => {
  const stack = regionStack();
  dekartIn(stack, { dataSource: DekartDataSource.bigQuery({ projectId: 'maps', credentials: secretOf(stack, 'google') }) });
  const template = Template.fromStack(stack);
  expect(containerOf(template, 'Credentials')).toMatchObject({
    Essential: false,
    Image: 'dekartxyz/dekart:0.23.2',
    User: '0:0',
    ReadonlyRootFilesystem: true,
    Secrets: [expect.objectContaining({ Name: 'GOOGLE_CREDENTIALS' })],
  });
  expect(containerOf(template, 'dekart')).toMatchObject({
    DependsOn: [{ Condition: 'SUCCESS', ContainerName: 'Credentials' }],
    MountPoints: [{ ContainerPath: '/dekart/credentials', ReadOnly: true, SourceVolume: 'credentials' }],
  });
  expect(plainOf(template)).toMatchObject({ GOOGLE_APPLICATION_CREDENTIALS: '/dekart/credentials/google.json', DEKART_BIGQUERY_PROJECT_ID: 'maps' });
  expect(plainOf(template).DEKART_BIGQUERY_MAX_BYTES_BILLED).toBeUndefined();
});

test('bigQuery takes its writer from a private registry like the server', () => {
  const template = dekartTemplate((stack) => ({
    image: ecs.ContainerImage.fromRegistry('registry.example.com/dekart:0.23.2', {
      credentials: secretsmanager.Secret.fromSecretCompleteArn(stack, 'Registry', 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:registry-AbCdEf'),
    }),
    dataSource: DekartDataSource.bigQuery({ projectId: 'maps', credentials: secretOf(stack, 'google') }),
  }));
  const [server, writer] = ['dekart', 'Credentials'].map((name) => containerOf(template, name));
  expect(writer.Image).toBe('registry.example.com/dekart:0.23.2');
  expect(writer.RepositoryCredentials).toEqual(server.RepositoryCredentials);
});

test('fails for sources on the internet without a way there, and for a limit of nothing', () => {
  const isolated = { network: ServiceNetwork.isolatedTasks(), authentication: SHARED };
  expect(dekartError((stack) => ({ ...isolated, dataSource: DekartDataSource.snowflake({ accountId: 'a', user: 'u', credential: secretOf(stack, 's') }) })))
    .toMatch(/isolatedTasks leaves no way to the data source on the internet/);
  expect(dekartError((stack) => ({ ...isolated, dataSource: DekartDataSource.bigQuery({ projectId: 'p', credentials: secretOf(stack, 's'), maxBytesBilled: Size.bytes(0) }) })))
    .toMatch(/`maxBytesBilled` must be more than nothing, got 0 bytes/);
});
