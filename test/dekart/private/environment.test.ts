import { Size, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { DekartDataSource, DekartMetadataStore, DekartSnowflakeLogin, DekartVersion } from '../../../src';
import { corsOrigin } from '../../../src/dekart/private/environment';
import { dekartIn, plainOf, secretNamesOf, secretOf } from '../../support/dekart';
import { isRead } from '../../support/dekart-known-names';
import { regionStack } from '../../support/fixtures';

interface Part<T> {
  readonly make: (stack: Stack) => T;
  readonly plain: string[];
  readonly secret?: string[];
}

const SERVER = [
  'AWS_REGION', 'DEKART_ALLOW_FILE_UPLOAD', 'DEKART_REQUIRE_AMAZON_OIDC', 'DEKART_APP_URL', 'DEKART_CLOUD_STORAGE_BUCKET', 'DEKART_CORS_ORIGIN', 'DEKART_DISABLE_USAGE_STATS',
  'DEKART_PORT', 'DEKART_STORAGE', 'DEKART_UX_DISABLE_VERSION_CHECK',
];
const LIBPQ = ['PGDATABASE', 'PGHOST', 'PGPASSWORD', 'PGPORT', 'PGUSER'];

const STORES: { [name: string]: Part<DekartMetadataStore> } = {
  'postgres': { make: () => DekartMetadataStore.postgres(), plain: ['DEKART_POSTGRES_URL'], secret: LIBPQ },
  'postgres from a snapshot': {
    make: () => DekartMetadataStore.postgres({ snapshotIdentifier: 'before-upgrade' }),
    plain: ['DEKART_POSTGRES_URL', 'PGDATABASE'],
    secret: LIBPQ.filter((name) => name !== 'PGDATABASE'),
  },
  'existingPostgres': {
    make: (stack) => DekartMetadataStore.existingPostgres({ secret: storedIn(stack) }), plain: ['DEKART_POSTGRES_URL'], secret: LIBPQ,
  },
  'existingPostgres by name': {
    make: (stack) => DekartMetadataStore.existingPostgres({ secret: storedIn(stack), host: 'db.example.com', port: 5433, databaseName: 'maps' }),
    plain: ['DEKART_POSTGRES_URL', 'PGDATABASE', 'PGHOST', 'PGPORT'],
    secret: ['PGPASSWORD', 'PGUSER'],
  },
  'sqliteOnEfs': { make: () => DekartMetadataStore.sqliteOnEfs(), plain: ['DEKART_LOCAL_FILES_ROOT', 'DEKART_SQLITE_DB_PATH'] },
  'sqliteWithBackups': {
    make: () => DekartMetadataStore.sqliteWithBackups(),
    plain: ['DEKART_BACKUP_FREQUENCY_MIN', 'DEKART_LOCAL_FILES_ROOT', 'DEKART_MAX_BACKUPS_AGE_DAYS', 'DEKART_SQLITE_DB_PATH'],
  },
};

const SOURCES: { [name: string]: Part<DekartDataSource> } = {
  'athena': { make: () => DekartDataSource.athena(), plain: ['DEKART_ATHENA_S3_OUTPUT_LOCATION', 'DEKART_ATHENA_WORKGROUP', 'DEKART_DATASOURCE'] },
  'postgres': {
    make: (stack) => DekartDataSource.postgres(secretOf(stack, 'source')), plain: ['DEKART_DATASOURCE'], secret: ['DEKART_POSTGRES_DATASOURCE_CONNECTION'],
  },
  'clickHouse': {
    make: (stack) => DekartDataSource.clickHouse({ connection: secretOf(stack, 'source'), accessKeyId: secretOf(stack, 'id'), secretAccessKey: secretOf(stack, 'key') }),
    plain: ['DEKART_CLICKHOUSE_S3_OUTPUT_LOCATION', 'DEKART_DATASOURCE'],
    secret: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'DEKART_CLICKHOUSE_DATA_CONNECTION'],
  },
  'snowflake with a key': {
    make: (stack) => DekartDataSource.snowflake({ accountId: 'org-account', user: 'dekart', credential: secretOf(stack, 'source') }),
    plain: ['DEKART_DATASOURCE', 'DEKART_SNOWFLAKE_ACCOUNT_ID', 'DEKART_SNOWFLAKE_USER'],
    secret: ['DEKART_SNOWFLAKE_PRIVATE_KEY'],
  },
  'snowflake with a password': {
    make: (stack) => DekartDataSource.snowflake({ accountId: 'a', user: 'dekart', credential: secretOf(stack, 'source'), login: DekartSnowflakeLogin.PASSWORD }),
    plain: ['DEKART_DATASOURCE', 'DEKART_SNOWFLAKE_ACCOUNT_ID', 'DEKART_SNOWFLAKE_USER'],
    secret: ['DEKART_SNOWFLAKE_PASSWORD'],
  },
  'bigQuery': {
    make: (stack) => DekartDataSource.bigQuery({ projectId: 'maps', credentials: secretOf(stack, 'source'), maxBytesBilled: Size.gibibytes(1) }),
    plain: ['DEKART_BIGQUERY_MAX_BYTES_BILLED', 'DEKART_BIGQUERY_PROJECT_ID', 'DEKART_DATASOURCE', 'GOOGLE_APPLICATION_CREDENTIALS'],
  },
  'userConnections': { make: () => DekartDataSource.userConnections(), plain: ['DEKART_DATASOURCE'] },
};

const COMBINATIONS = [DekartVersion.V0_23_2, DekartVersion.V0_22_1].flatMap((version) =>
  Object.keys(STORES).flatMap((store) => Object.keys(SOURCES).map((source) => ({ version, store, source }))))
  .filter(({ version, store }) => version !== DekartVersion.V0_22_1 || !store.startsWith('sqlite'))
  .filter(({ store, source }) => store !== 'sqliteWithBackups' || source !== 'userConnections')
  .map((each) => [each.version.version, each.store, each.source, each] as const);

test.each(COMBINATIONS)('Dekart %s with %s and %s reads every name it is given, and misses none', (_version, _store, _source, each) => {
  const stack = regionStack();
  dekartIn(stack, {
    version: each.version,
    metadataStore: STORES[each.store].make(stack),
    dataSource: SOURCES[each.source].make(stack),
  });
  const template = Template.fromStack(stack);
  const plain = Object.keys(plainOf(template)).sort();
  const secret = secretNamesOf(template);
  expect(plain).toEqual([...SERVER, ...STORES[each.store].plain, ...SOURCES[each.source].plain].sort());
  expect(secret).toEqual([...STORES[each.store].secret ?? [], ...SOURCES[each.source].secret ?? [], 'DEKART_LICENSE_KEY'].sort());
  expect([...plain, ...secret].filter((name) => !isRead(each.version.version, name))).toEqual([]);
});

test('a name that no release reads would be found', () => {
  expect(isRead('0.23.2', 'DEKART_ATHENA_CATALOG')).toBe(false);
  expect(isRead('0.22.1', 'DEKART_LOCAL_FILES_ROOT')).toBe(false);
  expect(isRead('0.23.2', 'DEKART_LOCAL_FILES_ROOT')).toBe(true);
});

test('values are the ones that the server takes', () => {
  const stack = regionStack();
  dekartIn(stack);
  expect(plainOf(Template.fromStack(stack))).toMatchObject({
    DEKART_POSTGRES_URL: 'postgres:///?sslmode=require',
    DEKART_REQUIRE_AMAZON_OIDC: '1',
    DEKART_ALLOW_FILE_UPLOAD: '1',
    DEKART_DISABLE_USAGE_STATS: '1',
    DEKART_UX_DISABLE_VERSION_CHECK: '1',
    DEKART_STORAGE: 'S3',
    DEKART_APP_URL: 'https://maps.example.com',
    DEKART_CORS_ORIGIN: 'https://maps\\.example\\.com',
  });
});

test('uploads are off where they would go with the task, and on where they are kept', () => {
  const uploads = (metadataStore: DekartMetadataStore) => {
    const stack = regionStack();
    dekartIn(stack, { metadataStore, dataSource: DekartDataSource.userConnections() });
    return plainOf(Template.fromStack(stack));
  };
  expect(uploads(DekartMetadataStore.postgres())).toMatchObject({ DEKART_STORAGE: 'USER', DEKART_ALLOW_FILE_UPLOAD: '' });
  expect(uploads(DekartMetadataStore.sqliteOnEfs())).toMatchObject({ DEKART_STORAGE: 'USER', DEKART_ALLOW_FILE_UPLOAD: '1' });
});

test('the dots of the origin are escaped, also of a name that is known at deployment only', () => {
  expect(corsOrigin('https://maps.example.com')).toBe('https://maps\\.example\\.com');
  expect(regionStack().resolve(corsOrigin(`http://${Token.asString({ Ref: 'Name' })}`)))
    .toEqual({ 'Fn::Join': ['\\.', { 'Fn::Split': ['.', { 'Fn::Join': ['', ['http://', { Ref: 'Name' }]] }] }] });
});

function storedIn(stack: Stack): secretsmanager.ISecret {
  return secretsmanager.Secret.fromSecretNameV2(stack, 'DatabaseSecret', 'database');
}
