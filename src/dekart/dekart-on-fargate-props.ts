import { RemovalPolicy, Size } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ApplicationIngress } from './application-ingress';
import { DekartAuthentication } from './dekart-authentication';
import { DekartDataSource } from './dekart-data-source';
import { DekartMetadataStore } from './dekart-metadata-store';
import { DekartVersion } from './dekart-version';
import { DekartWebAcl } from './dekart-web-acl';
import { DekartWorkspaceRole } from './dekart-workspace-role';
import { ServiceNetwork } from '../fargate/service-network';

/**
 * Properties of a `DekartOnFargate`.
 */
export interface DekartOnFargateProps {
  /**
   * Who may use the site, and what the server learns of them.
   */
  readonly authentication: DekartAuthentication;

  /**
   * What is queried.
   */
  readonly dataSource: DekartDataSource;

  /**
   * Host name of the site, in lower case.
   *
   * @default - the name of the load balancer, by HTTP: only without sign-in
   */
  readonly domainName?: string;

  /**
   * Zone that holds the domain: it gets the record, and validates the certificate.
   *
   * @default - no record is made
   */
  readonly domainZone?: route53.IHostedZone;

  /**
   * Certificate of the domain, in the Region of the stack.
   *
   * @default - a new one, when `domainZone` is set
   */
  readonly certificate?: acm.ICertificate;

  /**
   * Load balancer that requests come through.
   *
   * @default - a new load balancer on the internet, billed by the hour
   */
  readonly ingress?: ApplicationIngress;

  /**
   * Rules of AWS WAF before the load balancer.
   *
   * @default - none
   */
  readonly webAcl?: DekartWebAcl;

  /**
   * Release of the server. Going back over a release that changed the database ends the server: take a snapshot before an upgrade.
   *
   * @default DekartVersion.V0_23_2
   */
  readonly version?: DekartVersion;

  /**
   * Image to run instead of the public one, such as a mirror in ECR that spares the pull limits of Docker Hub. It has to be of `version`,
   * whose rules stay.
   *
   * @default - `dekartxyz/dekart` of the version on Docker Hub
   */
  readonly image?: ecs.ContainerImage;

  /**
   * Licence key, free of charge. It is needed for PostgreSQL from 0.23 on, and for `PER_USER` identity. An expired key keeps a new task from
   * starting.
   *
   * @default - none
   * @see https://dekart.xyz/docs/self-hosting/enable-sso-open-source-instance/
   */
  readonly licenseKey?: ecs.Secret;

  /**
   * Token for base maps of Mapbox. It reaches the browsers of users: restrict it to the site's address.
   *
   * @default - base maps that need no token
   */
  readonly mapboxToken?: ecs.Secret;

  /**
   * Where maps and users are kept.
   *
   * @default - a new RDS database for PostgreSQL, billed by the hour
   */
  readonly metadataStore?: DekartMetadataStore;

  /**
   * Bucket for uploads, query results and previews. A given bucket gets no lifecycle rules: let `resultPrefix` of the data source expire, and
   * never its root.
   *
   * @default - a new, versioned bucket
   */
  readonly bucket?: s3.IBucket;

  /**
   * Key that encrypts bucket, database, secrets, file system and logs. A key that is imported has to admit these services by itself.
   *
   * @default - keys of AWS
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * E-mail address of the administrator of the workspace.
   *
   * @default - every user is an administrator
   */
  readonly workspaceAdmin?: string;

  /**
   * Role of new users. It needs `workspaceAdmin`.
   *
   * @default - viewer with `workspaceAdmin`, else admin
   */
  readonly defaultWorkspaceRole?: DekartWorkspaceRole;

  /**
   * Size of the largest file that users may upload. Parts are held in memory.
   *
   * @default - the one of the server
   */
  readonly maxFileUploadSize?: Size;

  /**
   * Further plain variables of the server.
   *
   * @default - none
   * @see https://dekart.xyz/docs/configuration/environment-variables/
   */
  readonly environment?: { [name: string]: string };

  /**
   * Further secret variables of the server.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: ecs.Secret };

  /**
   * Where task, load balancer and database are placed.
   *
   * @default - the VPC of `cluster` or `ingress`, else a new one: ServiceNetwork.publicTasks()
   */
  readonly network?: ServiceNetwork;

  /**
   * Cluster to run in.
   *
   * @default - a new one
   */
  readonly cluster?: ecs.ICluster;

  /**
   * Security groups of the task, which are used as they are. They have to let the load balancer in on port 8080.
   *
   * @default - a new one
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * CPU units of the task.
   *
   * @default 256
   */
  readonly cpu?: number;

  /**
   * Memory of the task in MiB. Four uploads of 140 MB at a time take 340.
   *
   * @default 1024
   */
  readonly memoryLimitMiB?: number;

  /**
   * Architecture that the server runs on; ARM64 is cheaper and needs 0.23 or later.
   *
   * @default ecs.CpuArchitecture.X86_64
   */
  readonly cpuArchitecture?: ecs.CpuArchitecture;

  /**
   * Capacity that the task runs on. A Spot task is taken away at two minutes' notice, and the site is away until the next one runs.
   *
   * @default - FARGATE
   */
  readonly capacityProviderStrategies?: ecs.CapacityProviderStrategy[];

  /**
   * Lets people with the permission open a shell in the container, see `workload.executeCommand`. Its root file system is then writable.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;

  /**
   * Time that logs are kept, those of requests too.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Bucket for the access logs of load balancer and bucket. Load balancers cannot write to one with a customer managed key.
   *
   * @default - a new one
   */
  readonly accessLogsBucket?: s3.IBucket;

  /**
   * What alarms do when they go off, such as `new SnsAction(topic)`. An empty list makes alarms that only change their colour. Each is billed by
   * the month.
   *
   * @default - no alarms are made
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * Makes a dashboard with traffic, errors, task, metadata and queries on one page.
   *
   * @default false
   */
  readonly createDashboard?: boolean;

  /**
   * What happens to data and logs when they leave the stack. With `DESTROY` protection from deletion is off too; a bucket has to be emptied by
   * hand first.
   *
   * @default - RETAIN; for the database SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;
}
