import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

/**
 * Metadata in a PostgreSQL database that is made for the site.
 */
export interface PostgresMetadataOptions {
  /**
   * Version of the engine, 13 or later. Another major version than the database has needs `allowMajorVersionUpgrade`.
   *
   * @default rds.PostgresEngineVersion.VER_17_7
   */
  readonly engineVersion?: rds.PostgresEngineVersion;

  /**
   * Lets a deployment take the database to another major version, which cannot be undone.
   *
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;

  /**
   * Size of the instance. The server keeps three connections and small rows.
   *
   * @default - db.t4g.micro
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * Keeps a copy that takes over when its Availability Zone fails. It doubles the price of the database.
   *
   * @default true
   */
  readonly multiAz?: boolean;

  /**
   * Storage in GiB, 20 at least.
   *
   * @default 20
   */
  readonly allocatedStorage?: number;

  /**
   * Storage in GiB that the database may grow to by itself.
   *
   * @default 100
   */
  readonly maxAllocatedStorage?: number;

  /**
   * Time that automatic backups are kept, 1 to 35 days.
   *
   * @default Duration.days(7)
   */
  readonly backupRetention?: Duration;

  /**
   * Name of the database.
   *
   * @default 'dekart'
   */
  readonly databaseName?: string;

  /**
   * Name of the user that owns the database.
   *
   * @default 'dekart'
   */
  readonly username?: string;

  /**
   * Port of the database.
   *
   * @default 15432
   */
  readonly port?: number;

  /**
   * Name or ARN of a snapshot to start from. Its database has to be named `databaseName`, and its owner `username`, who gets a new password.
   * Changing it replaces the database, which keeps the encryption of the snapshot.
   *
   * @default - an empty database
   */
  readonly snapshotIdentifier?: string;

  /**
   * Time after which the password is changed, 1 day at least. The server reads it at its start only, so each change is followed by a new
   * deployment, with its short outage. It is triggered by an event that needs a CloudTrail trail in the account.
   *
   * The function that changes it needs a way to Secrets Manager: a new network without NAT gets an interface endpoint, billed by the hour and zone,
   * which takes over the service's name in the VPC and lets in this site only.
   *
   * @default - the password stays
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
   */
  readonly passwordRotation?: Duration;
}

/**
 * Metadata in a PostgreSQL database that exists.
 */
export interface ExistingPostgresOptions {
  /**
   * Secret with the fields `username` and `password`, and with `host`, `port` and `dbname` unless they are given here. Secrets of RDS have all.
   */
  readonly secret: secretsmanager.ISecret;

  /**
   * The database, such as an `rds.DatabaseInstance`: its security group lets the tasks in on `port`.
   *
   * @default - the network lets the tasks in already
   */
  readonly connectable?: ec2.IConnectable;

  /**
   * Host name of the database.
   *
   * @default - field `host` of the secret
   */
  readonly host?: string;

  /**
   * Port of the database.
   *
   * @default - field `port` of the secret; 5432 for the rules of the security groups
   */
  readonly port?: number;

  /**
   * Name of the database.
   *
   * @default - field `dbname` of the secret
   */
  readonly databaseName?: string;
}

/**
 * Metadata in SQLite on EFS.
 */
export interface SqliteOnEfsOptions {
  /**
   * File system to use. Its security group has to be changeable from here, or let the tasks in already.
   *
   * @default - a new one
   */
  readonly fileSystem?: efs.IFileSystem;

  /**
   * Time that the daily backups of a new file system are kept, 1 day at least.
   *
   * @default Duration.days(35)
   */
  readonly backupRetention?: Duration;
}

/**
 * Metadata in SQLite on the task's own disk, copied to the bucket.
 */
export interface SqliteWithBackupsOptions {
  /**
   * Time that copies are kept, 90 days at least: when nothing changes for longer, the only copy is removed.
   *
   * @default Duration.days(90)
   */
  readonly backupAge?: Duration;

  /**
   * Time between two copies, in whole minutes. What changed since the last one is lost when the task fails.
   *
   * @default Duration.minutes(5)
   */
  readonly backupInterval?: Duration;
}
