import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type {
  ExistingPostgresOptions, PostgresMetadataOptions, SqliteOnEfsOptions, SqliteWithBackupsOptions,
} from './dekart-metadata-store-options';
import { databasePort, grantSecretKey, postgresDatabase } from './private/database';
import { DATA_DIRECTORY, postgresVariables, sqliteVariables } from './private/environment';
import type { DekartFacts, DekartVariables } from './private/facts';
import { dataFileSystem } from './private/file-system';
import { backupConflicts, efsConflicts, existingPostgresConflicts, licenseConflicts, postgresConflicts, sqliteConflicts } from './private/metadata-rules';
import { rotatePassword } from './private/password-rotation';
import type { FargateWorkload } from '../fargate/fargate-workload';
import type { NetworkPlacement } from '../fargate/private/network-placement';
import type { Conflicts } from '../private/prop-rules';

/**
 * What a metadata store is built with.
 *
 * @internal
 */
export interface MetadataStoreSettings {
  readonly placement: NetworkPlacement;
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy?: RemovalPolicy;
  readonly logRetention?: logs.RetentionDays;
}

/**
 * A metadata store, ready for the server.
 *
 * @internal
 */
export interface BoundMetadataStore {
  readonly variables: DekartVariables;
  /** Rules, mounts, grants. */
  readonly attach: (workload: FargateWorkload) => void;
  readonly database?: rds.IDatabaseInstance;
  readonly databaseSecret?: secretsmanager.ISecret;
  readonly fileSystem?: efs.IFileSystem;
}

/**
 * Choice: where maps, queries and users are kept.
 *
 * @example
 * import { DekartMetadataStore } from 'cdk-fargate-blueprints';
 *
 * const metadataStore = DekartMetadataStore.postgres({ multiAz: false });
 */
export abstract class DekartMetadataStore {
  /**
   * A new RDS database for PostgreSQL. From Dekart 0.23 on it needs a licence key.
   */
  public static postgres(options: PostgresMetadataOptions = {}): DekartMetadataStore {
    return new NewPostgres(options);
  }

  /**
   * A PostgreSQL database that exists, reached with TLS. From Dekart 0.23 on it needs a licence key.
   */
  public static existingPostgres(options: ExistingPostgresOptions): DekartMetadataStore {
    return new ExistingPostgres(options);
  }

  /**
   * A SQLite file on EFS, which outlives the task. It needs no licence key.
   */
  public static sqliteOnEfs(options: SqliteOnEfsOptions = {}): DekartMetadataStore {
    return new SqliteOnEfs(options);
  }

  /**
   * A SQLite file on the disk of the task, copied to the bucket every few minutes. It needs no licence key, and synthesis warns.
   *
   * A server that cannot list the bucket when it starts begins with an empty database and copies that. The versions of the bucket are then all
   * that is left: take `sqliteOnEfs` unless losing maps is fine.
   */
  public static sqliteWithBackups(options: SqliteWithBackupsOptions = {}): DekartMetadataStore {
    return new SqliteWithBackups(options);
  }

  /**
   * Whether the metadata is a file of the task.
   *
   * @internal
   */
  public abstract readonly _sqlite: boolean;

  /**
   * Whether it needs subnets in two zones.
   *
   * @internal
   */
  public readonly _needsSubnetGroup: boolean = false;

  /**
   * Whether the server's data directory outlives the task.
   *
   * @internal
   */
  public readonly _keepsDataDirectory: boolean = false;

  /**
   * Whether the server runs on a read-only root file system with it.
   *
   * @internal
   */
  public readonly _readonlyRootFilesystem: boolean = true;

  /**
   * Whether copies go to the site's bucket.
   *
   * @internal
   */
  public readonly _copiesToBucket: boolean = false;

  /**
   * Time that the server gets to end.
   *
   * @internal
   */
  public get _stopTimeout(): Duration | undefined {
    return this._sqlite ? Duration.seconds(120) : undefined; // the last copy is not bounded by the server's own time to end
  }

  /**
   * What does not fit.
   *
   * @internal
   */
  public abstract _conflicts(facts: DekartFacts): Conflicts;

  /**
   * Makes what is to be made in `scope`.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, settings: MetadataStoreSettings): BoundMetadataStore;
}

class NewPostgres extends DekartMetadataStore {
  public readonly _sqlite = false;
  public readonly _needsSubnetGroup = true;

  constructor(private readonly options: PostgresMetadataOptions) {
    super();
  }

  public _conflicts(facts: DekartFacts): Conflicts {
    return [...licenseConflicts(facts), ...postgresConflicts(this.options)];
  }

  public _bind(scope: Construct, settings: MetadataStoreSettings): BoundMetadataStore {
    const database = postgresDatabase(scope, this.options, settings);
    // the fields of an instance that comes from a snapshot lack the name of its database
    const databaseName = this.options.snapshotIdentifier === undefined ? undefined : this.options.databaseName ?? 'dekart';
    return {
      database,
      databaseSecret: database.secret,
      variables: postgresVariables(database.secret!, { databaseName }),
      attach: (workload) => {
        workload._allowTo(database, ec2.Port.tcp(databasePort(this.options)), 'PostgreSQL from the tasks');
        grantSecretKey(workload, settings);
        if (this.options.passwordRotation) rotatePassword(scope, workload, database, this.options.passwordRotation, settings);
      },
    };
  }
}

class ExistingPostgres extends DekartMetadataStore {
  public readonly _sqlite = false;

  constructor(private readonly options: ExistingPostgresOptions) {
    super();
  }

  public _conflicts(facts: DekartFacts): Conflicts {
    return [...licenseConflicts(facts), ...existingPostgresConflicts(this.options)];
  }

  public _bind(): BoundMetadataStore {
    const { secret, connectable, host, port, databaseName } = this.options;
    return {
      databaseSecret: secret,
      variables: postgresVariables(secret, { host, port: port?.toString(), databaseName }),
      attach: (workload) => {
        if (connectable) workload._allowTo(connectable, ec2.Port.tcp(port ?? 5432), 'PostgreSQL from the tasks');
      },
    };
  }
}

class SqliteOnEfs extends DekartMetadataStore {
  public readonly _sqlite = true;
  public readonly _keepsDataDirectory = true;

  constructor(private readonly options: SqliteOnEfsOptions) {
    super();
  }

  public _conflicts(facts: DekartFacts): Conflicts {
    return [...sqliteConflicts(facts), ...efsConflicts(this.options)];
  }

  public _bind(scope: Construct, settings: MetadataStoreSettings): BoundMetadataStore {
    const { fileSystem, accessPoint } = dataFileSystem(scope, this.options, settings);
    return {
      fileSystem,
      variables: sqliteVariables(),
      attach: (workload) => workload.mountEfs('data', { fileSystem, accessPoint, containerPath: DATA_DIRECTORY }),
    };
  }
}

class SqliteWithBackups extends DekartMetadataStore {
  public readonly _sqlite = true;
  public readonly _readonlyRootFilesystem = false; // a volume of the task would belong to root
  public readonly _copiesToBucket = true;

  constructor(private readonly options: SqliteWithBackupsOptions) {
    super();
  }

  public _conflicts(facts: DekartFacts): Conflicts {
    return [...sqliteConflicts(facts), ...backupConflicts(this.options)];
  }

  public _bind(): BoundMetadataStore {
    return {
      variables: sqliteVariables({
        maxAgeDays: (this.options.backupAge ?? Duration.days(90)).toDays(),
        everyMinutes: (this.options.backupInterval ?? Duration.minutes(5)).toMinutes(),
      }),
      attach: () => {},
    };
  }
}
