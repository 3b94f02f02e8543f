import { Fn, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { DekartVariables } from './facts';

/** Booleans of the server. Some are off unless they are 1, others on unless they are empty: nothing else means the same everywhere. */
const ON = '1';
const OFF = '';

/** Directory of the server's own data, the only one that it writes to beside the temporary one. */
export const DATA_DIRECTORY = '/dekart/data';

export interface ServerSettings {
  readonly region: string;
  readonly port: number;
  readonly url: string;
  readonly bucketName: string;
  /** Kind of storage: objects in the bucket, or what each user's connection names. */
  readonly storage: string;
  /** Whether files that users upload outlive the task. */
  readonly keepsUploads: boolean;
  readonly perUserIdentity: boolean;
  readonly licenseKey?: ecs.Secret;
  readonly mapboxToken?: ecs.Secret;
  readonly workspaceAdmin?: string;
  readonly defaultWorkspaceRole?: string;
  readonly maxFileUploadBytes?: number;
}

/** What the server reads whatever it stores and queries. */
export function serverVariables(settings: ServerSettings): DekartVariables {
  return {
    plain: defined({
      AWS_REGION: settings.region,
      DEKART_PORT: String(settings.port),
      DEKART_APP_URL: settings.url,
      DEKART_CORS_ORIGIN: corsOrigin(settings.url),
      DEKART_STORAGE: settings.storage,
      DEKART_CLOUD_STORAGE_BUCKET: settings.bucketName,
      DEKART_ALLOW_FILE_UPLOAD: settings.keepsUploads ? ON : OFF,
      DEKART_MAX_FILE_UPLOAD_SIZE: settings.maxFileUploadBytes?.toString(),
      DEKART_REQUIRE_AMAZON_OIDC: settings.perUserIdentity ? ON : undefined,
      DEKART_DEFAULT_WORKSPACE_ADMIN: settings.workspaceAdmin,
      DEKART_DEFAULT_WORKSPACE_ROLE: settings.defaultWorkspaceRole,
      DEKART_DISABLE_USAGE_STATS: ON,
      DEKART_UX_DISABLE_VERSION_CHECK: ON,
    }),
    secret: defined({ DEKART_LICENSE_KEY: settings.licenseKey, DEKART_MAPBOX_TOKEN: settings.mapboxToken }),
  };
}

/**
 * The server takes the value for a regular expression without anchors, and an empty one for every origin.
 */
export function corsOrigin(url: string): string {
  return Token.isUnresolved(url) ? Fn.join('\\.', Fn.split('.', url)) : url.replace(/\./g, '\\.');
}

/** What is known of a database beside its secret. */
interface PostgresAddress {
  readonly host?: string;
  readonly port?: string;
  readonly databaseName?: string;
}

/**
 * Metadata in PostgreSQL.
 *
 * The server's own variables for host, user and password switch TLS off and take the password for a part of a URL. An empty URL with
 * libpq's variables beside it has neither flaw.
 */
export function postgresVariables(secret: secretsmanager.ISecret, given: PostgresAddress = {}): DekartVariables {
  const field = (name: string) => ecs.Secret.fromSecretsManager(secret, name);
  return {
    plain: defined({
      DEKART_POSTGRES_URL: 'postgres:///?sslmode=require',
      PGHOST: given.host,
      PGPORT: given.port,
      PGDATABASE: given.databaseName,
    }),
    secret: defined({
      PGUSER: field('username'),
      PGPASSWORD: field('password'),
      PGHOST: given.host === undefined ? field('host') : undefined,
      PGPORT: given.port === undefined ? field('port') : undefined,
      PGDATABASE: given.databaseName === undefined ? field('dbname') : undefined,
    }),
  };
}

/** Metadata in SQLite. */
export function sqliteVariables(backups: { readonly maxAgeDays?: number; readonly everyMinutes?: number } = {}): DekartVariables {
  return {
    plain: defined({
      DEKART_SQLITE_DB_PATH: `${DATA_DIRECTORY}/dekart.db`,
      DEKART_LOCAL_FILES_ROOT: `${DATA_DIRECTORY}/files`,
      DEKART_MAX_BACKUPS_AGE_DAYS: backups.maxAgeDays?.toString(),
      DEKART_BACKUP_FREQUENCY_MIN: backups.everyMinutes?.toString(),
    }),
  };
}

/** Queries by Athena; the location has no scheme, the server puts it before. */
export function athenaVariables(outputLocation: string, workGroupName: string): DekartVariables {
  return {
    plain: {
      DEKART_DATASOURCE: 'ATHENA',
      DEKART_ATHENA_S3_OUTPUT_LOCATION: outputLocation,
      DEKART_ATHENA_WORKGROUP: workGroupName,
    },
  };
}

/** Queries by a database that speaks PostgreSQL. */
export function postgresSourceVariables(connection: ecs.Secret): DekartVariables {
  return { plain: { DEKART_DATASOURCE: 'PG' }, secret: { DEKART_POSTGRES_DATASOURCE_CONNECTION: connection } };
}

/** Queries by ClickHouse, whose results have no expiry: maps reload them. */
export function clickHouseVariables(
  bucketName: string, secrets: { readonly connection: ecs.Secret; readonly accessKeyId: ecs.Secret; readonly secretAccessKey: ecs.Secret },
): DekartVariables {
  return {
    plain: { DEKART_DATASOURCE: 'CH', DEKART_CLICKHOUSE_S3_OUTPUT_LOCATION: `${bucketName}/clickhouse-results` },
    secret: {
      DEKART_CLICKHOUSE_DATA_CONNECTION: secrets.connection,
      AWS_ACCESS_KEY_ID: secrets.accessKeyId,
      AWS_SECRET_ACCESS_KEY: secrets.secretAccessKey,
    },
  };
}

/** Queries by Snowflake. */
export function snowflakeVariables(
  login: { readonly accountId: string; readonly user: string; readonly credential: ecs.Secret; readonly password: boolean },
): DekartVariables {
  return {
    plain: { DEKART_DATASOURCE: 'SNOWFLAKE', DEKART_SNOWFLAKE_ACCOUNT_ID: login.accountId, DEKART_SNOWFLAKE_USER: login.user },
    secret: { [login.password ? 'DEKART_SNOWFLAKE_PASSWORD' : 'DEKART_SNOWFLAKE_PRIVATE_KEY']: login.credential },
  };
}

/** Queries by BigQuery, which wants its credentials in a file. */
export function bigQueryVariables(projectId: string, credentialsPath: string, maxBytesBilled?: number): DekartVariables {
  return {
    plain: defined({
      DEKART_DATASOURCE: 'BQ',
      DEKART_BIGQUERY_PROJECT_ID: projectId,
      DEKART_BIGQUERY_MAX_BYTES_BILLED: maxBytesBilled?.toString(),
      GOOGLE_APPLICATION_CREDENTIALS: credentialsPath,
    }),
  };
}

/** Connections that users bring. */
export function userConnectionVariables(): DekartVariables {
  return { plain: { DEKART_DATASOURCE: 'USER' } };
}

/** All variables; a name that stands in both maps would make ECS refuse the task. */
export function mergeVariables(...parts: DekartVariables[]): Required<DekartVariables> {
  return {
    plain: Object.assign({}, ...parts.map((part) => part.plain)),
    secret: Object.assign({}, ...parts.map((part) => part.secret)),
  };
}

function defined<T>(values: { readonly [name: string]: T | undefined }): { [name: string]: T } {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, T] => entry[1] !== undefined));
}
