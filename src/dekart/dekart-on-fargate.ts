import * as athena from 'aws-cdk-lib/aws-athena';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { DekartOnFargateProps } from './dekart-on-fargate-props';
import type { AthenaAccess } from './private/athena';
import { variableConflicts } from './private/environment-rules';
import { frontDoor } from './private/front-door';
import { SiteMetrics } from './private/metrics';
import { siteOperations } from './private/operations';
import { LazyAccessLogs, siteDns, siteEnvironment, siteIngress, siteStorage, siteUrl } from './private/parts';
import { dekartConflicts } from './private/rules';
import { dekartSettings } from './private/settings';
import { grantSiteBucket } from './private/storage';
import { warnOfRisks } from './private/warnings';
import { FargateWorkload } from '../fargate/fargate-workload';
import type { ServiceAlarms } from '../fargate/service-alarms';
import { ServiceNetwork } from '../fargate/service-network';
import { throwOnConflicts } from '../private/prop-rules';

/**
 * The Dekart map server behind an HTTPS load balancer with sign-in, on PostgreSQL or SQLite, S3 and a data source such as Athena.
 *
 * Exactly one task runs: the server keeps streams, jobs and uploads in its memory. A deployment stops it before the next one starts, which takes
 * the site away for about a minute.
 *
 * @see https://dekart.xyz/docs/
 *
 * @example
 * import { DekartAuthentication, DekartDataSource, DekartOnFargate } from 'cdk-fargate-blueprints';
 * import * as route53 from 'aws-cdk-lib/aws-route53';
 * import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
 *
 * declare const domainZone: route53.IHostedZone;
 * declare const license: secretsmanager.ISecret;
 * new DekartOnFargate(this, 'Maps', {
 *   domainName: 'maps.example.com',
 *   domainZone,
 *   licenseKey: ecs.Secret.fromSecretsManager(license),
 *   authentication: DekartAuthentication.newUserPool(),
 *   dataSource: DekartDataSource.athena({ databases: ['osm'] }),
 * });
 */
export class DekartOnFargate extends Construct implements ec2.IConnectable, iam.IGrantable {
  /** Address of the site, without a slash at the end. */
  public readonly url: string;

  /** The Fargate service with its cluster, task, logs and security group. */
  public readonly workload: FargateWorkload;

  /** The VPC of the site. */
  public readonly vpc: ec2.IVpc;

  /** The load balancer; undefined when an imported listener was given. */
  public readonly loadBalancer?: elbv2.IApplicationLoadBalancer;

  /** The listener that the site's rules are on. */
  public readonly listener: elbv2.IApplicationListener;

  /** The target group of the server. A rule that forwards to it without sign-in would open the site. */
  public readonly targetGroup: elbv2.ApplicationTargetGroup;

  /** The bucket of uploads, query results, queries and previews. */
  public readonly bucket: s3.IBucket;

  /** The bucket of access logs; undefined when nothing writes to it. */
  public readonly accessLogsBucket?: s3.IBucket;

  /** The database that was made. */
  public readonly database?: rds.IDatabaseInstance;

  /** The secret that the database is entered with. */
  public readonly databaseSecret?: secretsmanager.ISecret;

  /** The file system of SQLite. */
  public readonly fileSystem?: efs.IFileSystem;

  /** The user pool that people sign in with. */
  public readonly userPool?: cognito.IUserPool;

  /** The site's client of the user pool. */
  public readonly userPoolClient?: cognito.IUserPoolClient;

  /** The web ACL that was made. */
  public readonly webAcl?: wafv2.CfnWebACL;

  /** The Athena work group that the site queries in. */
  public readonly workGroup?: athena.CfnWorkGroup;

  /** The alarms; undefined unless `alarmActions` is set. */
  public readonly alarms?: ServiceAlarms;

  /** The dashboard; undefined unless `createDashboard` is set. */
  public readonly dashboard?: cloudwatch.Dashboard;

  /** Network connections of the task. */
  public readonly connections: ec2.Connections;

  /** The task role, which grants go to. */
  public readonly grantPrincipal: iam.IPrincipal;

  private readonly athena?: AthenaAccess;
  private readonly metrics: SiteMetrics;

  /**
   * @throws when props have values that the server or AWS would refuse, or exclude each other
   */
  constructor(scope: Construct, id: string, props: DekartOnFargateProps) {
    super(scope, id);
    const settings = dekartSettings(props);
    throwOnConflicts(this, dekartConflicts(this, settings));
    warnOfRisks(this, settings);

    const placement = settings.network._bind(this, props);
    const accessLogs = new LazyAccessLogs(this, settings);
    const ingress = siteIngress(this, settings, placement, accessLogs.bucket);
    this.url = siteUrl(settings, ingress);
    const authentication = props.authentication._bind(this, { url: this.url, removalPolicy: props.removalPolicy });
    this.bucket = siteStorage(this, settings, accessLogs.bucket);
    const store = settings.metadataStore._bind(this, { ...props, placement });
    const source = props.dataSource._bind(this, { bucket: this.bucket, encryptionKey: props.encryptionKey });

    const environment = siteEnvironment(this, settings, this, store.variables, source.variables);
    this.workload = new FargateWorkload(this, 'Server', {
      ...settings.workloadProps, network: ServiceNetwork._placed(placement), environment: environment.plain, secrets: environment.secret,
    });
    grantSiteBucket(this.bucket, this.workload, props.encryptionKey);
    store.attach(this.workload);
    source.attach(this.workload, settings.workloadProps.image);
    this.targetGroup = frontDoor(this, { ingress, authentication, signsIn: props.authentication._signsIn, workload: this.workload, version: settings.version });
    siteDns(this, settings, ingress);

    this.vpc = placement.vpc;
    this.accessLogsBucket = accessLogs.used;
    this.athena = source.athena;
    this.workGroup = source.athena?.workGroup;
    ({ loadBalancer: this.loadBalancer, listener: this.listener } = ingress);
    ({ userPool: this.userPool, userPoolClient: this.userPoolClient } = authentication);
    ({ database: this.database, databaseSecret: this.databaseSecret, fileSystem: this.fileSystem } = store);
    ({ connections: this.connections, grantPrincipal: this.grantPrincipal } = this.workload);
    this.metrics = new SiteMetrics(this);
    ({ webAcl: this.webAcl, alarms: this.alarms, dashboard: this.dashboard } = siteOperations(this, settings, ingress, this.metrics, this.url));
  }

  /**
   * Adds a plain variable to the server.
   *
   * @throws when the name is that of a secret, or one that the construct sets itself
   */
  public addEnvironment(name: string, value: string): void {
    throwOnConflicts(this, variableConflicts({ [name]: value }));
    this.workload.addEnvironment(name, value);
  }

  /**
   * Adds a variable to the server whose value is read from a secret when a task starts.
   *
   * @throws when the name is one that the construct sets itself
   */
  public addSecret(name: string, secret: ecs.Secret): void {
    throwOnConflicts(this, variableConflicts({}, { [name]: secret }));
    this.workload.addSecret(name, secret);
  }

  /**
   * Adds a container to the task. Its memory is taken from the server's.
   */
  public addSidecar(id: string, options: ecs.ContainerDefinitionOptions): ecs.ContainerDefinition {
    return this.workload.addSidecar(id, options);
  }

  /**
   * Lets Athena read data in S3.
   *
   * @param bucket Bucket that holds the data of tables.
   * @param prefix Beginning of the keys that may be read; without it the whole bucket.
   * @throws when the data source is not Athena, or the prefix is not the beginning of keys
   */
  public addSourceBucket(bucket: s3.IBucket, prefix?: string): void {
    this.athenaOrThrow('addSourceBucket').addSource(this.workload, { bucket, prefix });
  }

  /**
   * Lets Athena query a database of the AWS Glue Data Catalog.
   *
   * @param name Name of the database.
   * @throws when the data source is not Athena, or the name is not one of a database
   */
  public addGlueDatabase(name: string): void {
    this.athenaOrThrow('addGlueDatabase').addDatabase(this.workload, name);
  }

  /**
   * Number of healthy tasks behind the load balancer.
   *
   * @default - minimum over 1 minute
   */
  public metricHealthyHosts(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.healthyHosts(props);
  }

  /**
   * Time until the server answers, in seconds.
   *
   * @default - 95th percentile over 5 minutes
   */
  public metricTargetResponseTime(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.responseTime(props);
  }

  /**
   * Number of answers of the server with a status of 5xx.
   *
   * @default - sum over 5 minutes
   */
  public metricServerErrors(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.serverErrors(props);
  }

  private athenaOrThrow(method: string): AthenaAccess {
    if (!this.athena) throw new Error(`DekartOnFargate '${this.node.path}': \`${method}\` needs DekartDataSource.athena() as \`dataSource\`; other sources read no buckets`);
    return this.athena;
  }
}
