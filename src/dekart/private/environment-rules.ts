import * as ecs from 'aws-cdk-lib/aws-ecs';
import { conflictIf, Conflicts, environmentConflicts, isKnown } from '../../private/prop-rules';

type Environment = { readonly [name: string]: string };
type Secrets = { readonly [name: string]: ecs.Secret };

/** Variables that the construct sets, and the prop that decides them. */
const OWNED: { readonly [name: string]: string } = {
  AWS_REGION: 'the Region of the stack',
  DEKART_PORT: '`version`',
  DEKART_STATIC_FILES: '`version`',
  DEKART_APP_URL: '`domainName`',
  DEKART_CORS_ORIGIN: '`domainName`',
  DEKART_STORAGE: '`dataSource`',
  DEKART_CLOUD_STORAGE_BUCKET: '`bucket`',
  DEKART_DATASOURCE: '`dataSource`',
  DEKART_ATHENA_S3_OUTPUT_LOCATION: '`resultPrefix` of `dataSource`',
  DEKART_ATHENA_WORKGROUP: '`workGroup` of `dataSource`',
  DEKART_ATHENA_CATALOG: '`catalog` of `dataSource`',
  DEKART_POSTGRES_DATASOURCE_CONNECTION: '`dataSource`',
  DEKART_POSTGRES_DATA_CONNECTION: '`dataSource`',
  DEKART_CLICKHOUSE_DATA_CONNECTION: '`dataSource`',
  DEKART_CLICKHOUSE_S3_OUTPUT_LOCATION: '`dataSource`',
  DEKART_SNOWFLAKE_ACCOUNT_ID: '`dataSource`',
  DEKART_SNOWFLAKE_USER: '`dataSource`',
  DEKART_SNOWFLAKE_PASSWORD: '`dataSource`',
  DEKART_SNOWFLAKE_PRIVATE_KEY: '`dataSource`',
  DEKART_BIGQUERY_PROJECT_ID: '`dataSource`',
  DEKART_BIGQUERY_MAX_BYTES_BILLED: '`maxBytesBilled` of `dataSource`',
  GOOGLE_APPLICATION_CREDENTIALS: '`dataSource`',
  DEKART_POSTGRES_URL: '`metadataStore`',
  DEKART_POSTGRES_HOST: '`metadataStore`',
  DEKART_POSTGRES_PORT: '`metadataStore`',
  DEKART_POSTGRES_DB: '`metadataStore`',
  DEKART_POSTGRES_USER: '`metadataStore`',
  DEKART_POSTGRES_PASSWORD: '`metadataStore`',
  PGHOST: '`metadataStore`',
  PGPORT: '`metadataStore`',
  PGUSER: '`metadataStore`',
  PGPASSWORD: '`metadataStore`',
  PGDATABASE: '`metadataStore`',
  PGSSLMODE: '`metadataStore`',
  DEKART_SQLITE_DB_PATH: '`metadataStore`',
  DEKART_LOCAL_FILES_ROOT: '`metadataStore`',
  DEKART_BACKUP_FREQUENCY_MIN: '`metadataStore`',
  DEKART_MAX_BACKUPS_AGE_DAYS: '`metadataStore`',
  DEKART_LICENSE_KEY: '`licenseKey`',
  DEKART_MAPBOX_TOKEN: '`mapboxToken`',
  DEKART_REQUIRE_AMAZON_OIDC: '`authentication`',
  DEKART_REQUIRE_OIDC: '`authentication`',
  DEKART_OIDC_JWKS_URL: '`authentication`',
  DEKART_OIDC_ISSUER: '`authentication`',
  DEKART_OIDC_AUDIENCE: '`authentication`',
  DEKART_REQUIRE_GOOGLE_OAUTH: '`authentication`',
  DEKART_REQUIRE_IAP: '`authentication`',
  DEKART_IAP_JWT_AUD: '`authentication`',
  DEKART_REQUIRE_SNOWFLAKE_CONTEXT: '`authentication`',
  DEKART_DEFAULT_WORKSPACE_ADMIN: '`workspaceAdmin`',
  DEKART_DEFAULT_WORKSPACE_ROLE: '`defaultWorkspaceRole`',
  DEKART_MAX_FILE_UPLOAD_SIZE: '`maxFileUploadSize`',
};

/** Variables that open the server to impersonation, belong to the vendor's own service, do not work on AWS, or end the server at its start. */
const NEVER = /^(DEKART_DEV_.*|DEKART_CLOUD.*|STRIPE_.*|CI|CYPRESS_CI|DEKART_DATA_ENCRYPTION_KEY|PGSERVICE|PGSERVICEFILE|PGHOSTADDR|PGPASSFILE|PGSYSCONFDIR|PGREALM|PGREQUIRESSL|PGREQUIREPEER|PGKRBSRVNAME|PGGSSLIB|PGLOCALEDIR)$/;

/** Values that nobody may read in a task definition. */
const SECRET = /(PASSWORD|SECRET|PRIVATE_KEY|API_KEY|_TOKEN|ACCESS_KEY|ACCESS_KEY_ID|LICENSE_KEY|DATA_CONNECTION)$/;

/** Other values than one and none are on for one release or part of the server, and off for another. */
const BOOLEAN = /^DEKART_(ALLOW_FILE_UPLOAD|DISABLE_USAGE_STATS|UX_DISABLE_VERSION_CHECK)$/;

/** Numbers whose bad value ends the server at the first page load, long after its health check passed. */
const NUMBER = /^DEKART_(STREAM_TIMEOUT|HTTP_WRITE_TIMEOUT_SECONDS|SNAPSHOT_TIMEOUT_SECONDS|SNAPSHOT_TOKEN_TTL_MINUTES|DEVICE_AUTH_TOKEN_TTL_HOURS)$/;

/** What a user may not add to the server's environment. */
export function variableConflicts(environment: Environment = {}, secrets: Secrets = {}): Conflicts {
  return [
    ...Object.entries(environment).flatMap(([name, value]) => [...nameConflicts('environment', name), ...plainConflicts(name, value)]),
    ...Object.keys(secrets).flatMap((name) => nameConflicts('secrets', name)),
    ...environmentConflicts(environment, secrets),
  ];
}

function nameConflicts(prop: string, name: string): Conflicts {
  if (OWNED[name] !== undefined) return [`\`${prop}\` sets ${name}, which the construct sets itself; it follows from ${OWNED[name]}`];
  return conflictIf(NEVER.test(name), `\`${prop}\` sets ${name}, which must never be set on a server for users; leave it out`);
}

function plainConflicts(name: string, value: string): Conflicts {
  if (OWNED[name] !== undefined || NEVER.test(name)) return [];
  return [
    ...conflictIf(SECRET.test(name), `\`environment\` sets ${name}, which is a secret and could be read in the task definition; move it to \`secrets\``),
    ...conflictIf(BOOLEAN.test(name) && isKnown(value) && value !== '1' && value !== '', `\`environment\` sets ${name} to '${value}'; the server is sure of 1 for on and an empty value for off only: set one of them`),
    ...conflictIf(NUMBER.test(name) && isKnown(value) && !/^[1-9]\d*$/.test(value), `\`environment\` sets ${name} to '${value}'; the server ends at a value that is not a whole number`),
  ];
}
