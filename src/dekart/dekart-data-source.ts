import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type {
  AthenaDataSourceOptions, BigQueryDataSourceOptions, ClickHouseDataSourceOptions, SnowflakeDataSourceOptions,
} from './dekart-data-source-options';
import { DekartSnowflakeLogin } from './dekart-data-source-options';
import { AthenaAccess, athenaConflicts, resultPrefixOf } from './private/athena';
import { addCredentialsFile, CREDENTIALS_PATH } from './private/credentials-file';
import { athenaVariables, bigQueryVariables, clickHouseVariables, postgresSourceVariables, snowflakeVariables, userConnectionVariables } from './private/environment';
import type { DekartFacts, DekartVariables } from './private/facts';
import type { FargateWorkload } from '../fargate/fargate-workload';
import { conflictIf, Conflicts } from '../private/prop-rules';

/**
 * What a data source is built with.
 *
 * @internal
 */
export interface DataSourceSettings {
  readonly bucket: s3.IBucket;
  readonly encryptionKey?: kms.IKey;
}

/**
 * A data source, ready for the server.
 *
 * @internal
 */
export interface BoundDataSource {
  readonly variables: DekartVariables;
  /** Grants, and what else the tasks need; `image` is the server's. */
  readonly attach: (workload: FargateWorkload, image: ecs.ContainerImage) => void;
  /** Present for Athena, which reads on behalf of the task role. */
  readonly athena?: AthenaAccess;
}

/**
 * Choice: what is queried, with exactly the permissions that it needs.
 *
 * @see https://dekart.xyz/docs/configuration/environment-variables/
 *
 * @example
 * import { DekartDataSource } from 'cdk-fargate-blueprints';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * const dataSource = DekartDataSource.athena({
 *   databases: ['osm'],
 *   sourceBuckets: [{ bucket: s3.Bucket.fromBucketName(this, 'Osm', 'osm-pds'), prefix: 'planet/' }],
 * });
 */
export abstract class DekartDataSource {
  /**
   * Amazon Athena, in a work group of its own unless one is given.
   *
   * Athena queries with the task role: it may use this work group, read the named databases and source buckets, and write its results.
   */
  public static athena(options: AthenaDataSourceOptions = {}): DekartDataSource {
    return new Athena(options);
  }

  /**
   * A PostgreSQL database, or one that speaks like it.
   *
   * @param connection Address with user and password: `postgres://user:password@host:port/database`.
   */
  public static postgres(connection: ecs.Secret): DekartDataSource {
    return new ByCredentials(postgresSourceVariables(connection));
  }

  /**
   * ClickHouse, with an access key: it cannot take the task role.
   */
  public static clickHouse(options: ClickHouseDataSourceOptions): DekartDataSource {
    return new ByCredentials((bucketName) => clickHouseVariables(bucketName, options));
  }

  /**
   * Snowflake.
   */
  public static snowflake(options: SnowflakeDataSourceOptions): DekartDataSource {
    return new ByCredentials(snowflakeVariables({ ...options, password: options.login === DekartSnowflakeLogin.PASSWORD }), true);
  }

  /**
   * Google BigQuery, with the key of a service account: it cannot take the task role.
   */
  public static bigQuery(options: BigQueryDataSourceOptions): DekartDataSource {
    return new BigQuery(options);
  }

  /**
   * Connections that the users set up in the site. Their credentials are kept in the metadata, their results where each connection says.
   *
   * Files that users upload are kept with the metadata: uploads work with `DekartMetadataStore.sqliteOnEfs` only.
   */
  public static userConnections(): DekartDataSource {
    return new UserConnections();
  }

  /**
   * Whether the server is proven to run on a read-only root file system with this source.
   *
   * @internal
   */
  public abstract readonly _readonlyRootFilesystem: boolean;

  /**
   * What the server calls the place of results and uploads: the site's bucket, or what each connection names.
   *
   * @internal
   */
  public get _storage(): string {
    return 'S3';
  }

  /**
   * Beginning of keys in the bucket that hold nothing of lasting use.
   *
   * @internal
   */
  public get _expiringPrefix(): string | undefined {
    return undefined;
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
  public abstract _bind(scope: Construct, settings: DataSourceSettings): BoundDataSource;
}

class Athena extends DekartDataSource {
  public readonly _readonlyRootFilesystem = true;

  constructor(private readonly options: AthenaDataSourceOptions) {
    super();
  }

  public get _expiringPrefix(): string {
    return resultPrefixOf(this.options);
  }

  public _conflicts(): Conflicts {
    return athenaConflicts(this.options);
  }

  public _bind(scope: Construct, settings: DataSourceSettings): BoundDataSource {
    const athena = new AthenaAccess(scope, this.options, settings);
    return {
      athena,
      variables: athenaVariables(athena.outputLocation, athena.workGroup.name),
      attach: (workload) => athena.grantTo(workload),
    };
  }
}

class UserConnections extends DekartDataSource {
  public readonly _readonlyRootFilesystem = false;

  public get _storage(): string {
    return 'USER';
  }

  public _conflicts(): Conflicts {
    return [];
  }

  public _bind(): BoundDataSource {
    return { variables: userConnectionVariables(), attach: () => {} };
  }
}

type VariablesOf = (bucketName: string) => DekartVariables;

class ByCredentials extends DekartDataSource {
  public readonly _readonlyRootFilesystem = false;

  constructor(private readonly variables: DekartVariables | VariablesOf, private readonly onInternet = false) {
    super();
  }

  public _conflicts(facts: DekartFacts): Conflicts {
    return internetConflicts(this.onInternet && facts.offline);
  }

  public _bind(_scope: Construct, settings: DataSourceSettings): BoundDataSource {
    const variables = typeof this.variables === 'function' ? this.variables(settings.bucket.bucketName) : this.variables;
    return { variables, attach: () => {} };
  }
}

class BigQuery extends DekartDataSource {
  public readonly _readonlyRootFilesystem = false;

  constructor(private readonly options: BigQueryDataSourceOptions) {
    super();
  }

  public _conflicts(facts: DekartFacts): Conflicts {
    const limit = this.options.maxBytesBilled;
    return [
      ...internetConflicts(facts.offline),
      ...conflictIf(limit !== undefined && !limit.isUnresolved() && limit.toBytes() <= 0, `\`maxBytesBilled\` must be more than nothing, got ${limit?.toBytes()} bytes`),
    ];
  }

  public _bind(): BoundDataSource {
    return {
      variables: bigQueryVariables(this.options.projectId, CREDENTIALS_PATH, this.options.maxBytesBilled?.toBytes()),
      attach: (workload, image) => addCredentialsFile(workload, image, this.options.credentials),
    };
  }
}

function internetConflicts(unreachable: boolean): Conflicts {
  return conflictIf(unreachable, '`network` isolatedTasks leaves no way to the data source on the internet; choose another network or another `dataSource`');
}
