import { RemovalPolicy } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ApplicationIngress } from './application-ingress';
import { DekartAuthentication } from './dekart-authentication';
import { DekartDataSource } from './dekart-data-source';
import { DekartMetadataStore } from './dekart-metadata-store';
import { DekartServerProps } from './dekart-server-props';
import { DekartWebAcl } from './dekart-web-acl';
import { ServiceNetwork } from '../fargate/service-network';

/**
 * Properties of a `DekartOnFargate`.
 */
export interface DekartOnFargateProps extends DekartServerProps {
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
   * Where task, load balancer and database are placed.
   *
   * @default - the VPC of `cluster` or `ingress`, else a new one: ServiceNetwork.publicTasks()
   */
  readonly network?: ServiceNetwork;

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
