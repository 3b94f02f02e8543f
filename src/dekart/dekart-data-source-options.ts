import { Size } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * Data in S3 that queries read.
 */
export interface AthenaSourceBucket {
  /**
   * The bucket. When it is encrypted with a customer managed key, the key has to be known to it or to admit the task role by itself.
   */
  readonly bucket: s3.IBucket;

  /**
   * Beginning of the keys that may be read, such as `planet/`.
   *
   * @default - the whole bucket
   */
  readonly prefix?: string;
}

/**
 * Queries by Amazon Athena.
 */
export interface AthenaDataSourceOptions {
  /**
   * Work group to query in. Its settings are not changed: it has to write its results to `resultPrefix` of the site's bucket, or let clients say
   * where.
   *
   * @default - a new work group that enforces the place, the encryption and the scan limit of its results
   */
  readonly workGroup?: athena.CfnWorkGroup;

  /**
   * Databases of the AWS Glue Data Catalog that may be queried.
   *
   * @default ['default']
   */
  readonly databases?: string[];

  /**
   * Data that the databases' tables point to.
   *
   * @default - none: see `DekartOnFargate.addSourceBucket`
   */
  readonly sourceBuckets?: AthenaSourceBucket[];

  /**
   * Data catalog that queries name beside the one of AWS Glue. The server has no setting for it: SQL names `catalog.database.table`.
   *
   * @default 'AwsDataCatalog'
   */
  readonly catalog?: string;

  /**
   * Data that one query of a new work group may scan, 10 MB at least. A query that was given up in the browser runs on to this limit.
   *
   * @default Size.gibibytes(100)
   */
  readonly bytesScannedCutoff?: Size;

  /**
   * Beginning of the keys of Athena's own results in the site's bucket. What is under it expires after a week: the server keeps copies elsewhere.
   *
   * @default 'athena-results/'
   */
  readonly resultPrefix?: string;
}

/**
 * Queries by ClickHouse.
 */
export interface ClickHouseDataSourceOptions {
  /**
   * Address with user and password: `clickhouse://user:password@host:port/database`.
   */
  readonly connection: ecs.Secret;

  /**
   * Access key of an IAM user. ClickHouse writes its results to S3 by itself and takes no role, so the task role cannot serve here; the server
   * uses this key for its own objects too.
   */
  readonly accessKeyId: ecs.Secret;

  /**
   * Secret part of the access key. The user needs to get, put, list and delete in the site's bucket.
   */
  readonly secretAccessKey: ecs.Secret;
}

/**
 * How the server proves itself to Snowflake.
 */
export enum DekartSnowflakeLogin {
  /** Key pair: the secret holds the private key in PKCS#8, Base64 without its first and last line. */
  PRIVATE_KEY = 'PRIVATE_KEY',

  /** Password of the user. */
  PASSWORD = 'PASSWORD',
}

/**
 * Queries by Snowflake.
 */
export interface SnowflakeDataSourceOptions {
  /**
   * Account identifier, such as `orgname-account_name`.
   */
  readonly accountId: string;

  /**
   * User with a default warehouse.
   */
  readonly user: string;

  /**
   * Private key or password of the user.
   */
  readonly credential: ecs.Secret;

  /**
   * What the credential is.
   *
   * @default DekartSnowflakeLogin.PRIVATE_KEY
   */
  readonly login?: DekartSnowflakeLogin;
}

/**
 * Queries by Google BigQuery.
 */
export interface BigQueryDataSourceOptions {
  /**
   * Project that queries run in.
   */
  readonly projectId: string;

  /**
   * Key of a service account, as the JSON text that Google hands out. The task role cannot serve here: a container that ends before the server
   * starts puts the text into a file that only this task sees.
   */
  readonly credentials: ecs.Secret;

  /**
   * Data that one query may bill.
   *
   * @default - no limit
   */
  readonly maxBytesBilled?: Size;
}
