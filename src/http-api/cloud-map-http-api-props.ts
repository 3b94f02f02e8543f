import { RemovalPolicy } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { ServiceNetwork } from '../fargate/service-network';

/**
 * Properties of a `CloudMapHttpApi`.
 */
export interface CloudMapHttpApiProps {
  /**
   * Name of the API in the console.
   *
   * @default - made of the construct's path
   */
  readonly apiName?: string;

  /**
   * Where the tasks of the services and the VPC link are placed. With `cluster` it has to be in the cluster's VPC.
   *
   * @default - the VPC of `cluster`, else a new one: ServiceNetwork.publicTasks()
   */
  readonly network?: ServiceNetwork;

  /**
   * Cluster that the services run in.
   *
   * @default - a new cluster with the Fargate capacity providers
   */
  readonly cluster?: ecs.ICluster;

  /**
   * Metrics that a new cluster gathers. They are billed by the metric.
   *
   * @default ecs.ContainerInsights.ENABLED
   */
  readonly containerInsights?: ecs.ContainerInsights;

  /**
   * Records shell sessions in the tasks of a new cluster, which services open with their own `enableExecuteCommand`, in a log group.
   *
   * @default false - sessions leave no record, and tasks have no permission to write one
   */
  readonly enableExecuteCommand?: boolean;

  /**
   * Namespace that the services are found in: a private one in the VPC of the services.
   *
   * Its name must be the only one of its kind in the account and Region, since API Gateway finds instances by name.
   *
   * @default - a new private DNS namespace whose name no other stack has
   */
  readonly cloudMapNamespace?: cloudmap.INamespace;

  /**
   * VPC link that exists, in the VPC of the services. An account has ten per Region, so several APIs may share one.
   *
   * @default - a new VPC link in the subnets of the tasks, or in `ingressSubnets` of the network
   */
  readonly vpcLink?: apigwv2.IVpcLink;

  /**
   * Security group of the VPC link. A group that is given is used as it is: it has to let connections out to the ports of the services.
   * Only that of another `CloudMapHttpApi`, whose link is shared, gets a rule for each service.
   *
   * @default - a new group that reaches exactly the ports of the services
   */
  readonly vpcLinkSecurityGroup?: ec2.ISecurityGroup;

  /**
   * Availability Zones that the VPC link leaves out, since API Gateway does not take every zone.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html#http-api-vpc-link-availability
   */
  readonly excludeAvailabilityZones?: string[];

  /**
   * Who may call routes that name no authorizer. To open the API to everyone say so: `new HttpNoneAuthorizer()`.
   *
   * @default - IAM: callers sign their requests and need the permission `execute-api:Invoke`
   */
  readonly defaultAuthorizer?: apigwv2.IHttpRouteAuthorizer;

  /**
   * Scopes, one of which a token must have on routes that take the default authorizer.
   *
   * @default - none
   */
  readonly defaultAuthorizationScopes?: string[];

  /**
   * Lets web pages of other origins call the API: it answers preflight requests by itself, before any authorizer.
   *
   * @default - none: browsers refuse such calls
   */
  readonly corsPreflight?: apigwv2.CorsPreflightOptions;

  /**
   * Requests per second and at once that the API takes over all its routes. Both numbers are needed.
   *
   * @default - 1000 requests per second, bursts of 500
   */
  readonly throttle?: apigwv2.ThrottleSettings;

  /**
   * Name that the API is reached by, in lower case. Needs `domainZone` or `certificate`.
   *
   * @default - the endpoint that API Gateway gives
   */
  readonly domainName?: string;

  /**
   * Hosted zone that gets the A and AAAA records of `domainName`, and the record that validates a new certificate.
   *
   * @default - no records
   */
  readonly domainZone?: route53.IHostedZone;

  /**
   * Certificate for `domainName`, in the Region of the API.
   *
   * @default - a new one, validated through `domainZone`
   */
  readonly certificate?: acm.ICertificate;

  /**
   * API Gateway domain that exists already, with its records; the API is mapped to it. Excludes `domainName`.
   *
   * @default - none
   */
  readonly customDomain?: apigwv2.IDomainName;

  /**
   * Path of the domain that the API is mounted at, such as `v1` or `shop/v1`, so that several APIs share the domain.
   *
   * Whether the path that reaches a task begins with it is not documented for private integrations, and not proven here. `stripPath` of a service
   * makes it independent of that: its tasks get the path that is left behind `path`, whatever stands before it.
   *
   * @default - the root of the domain
   */
  readonly mappingKey?: string;

  /**
   * Certificate authorities that clients of `domainName` have to be certified by.
   *
   * @default - clients need no certificate
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mutual-tls.html
   */
  readonly mtls?: apigwv2.MTLSConfig;

  /**
   * Closes the endpoint that API Gateway gives to every API.
   *
   * @default - true with a domain, else false
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * Addresses that the endpoint and `domainName` answer on.
   *
   * @default apigwv2.IpAddressType.DUAL_STACK
   */
  readonly ipAddressType?: apigwv2.IpAddressType;

  /**
   * Time that the access log is kept.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly accessLogRetention?: logs.RetentionDays;

  /**
   * Log group that takes the access log.
   *
   * Name it `/aws/vendedlogs/...`: every other name takes room in the resource policy for logs, which an account has little of.
   *
   * @default - a new one
   */
  readonly accessLogGroup?: logs.ILogGroup;

  /**
   * Metrics per route, which are billed. `metricRequests` and `scaleOnRequestsPerTask` of a service need them.
   *
   * @default false
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
   */
  readonly detailedMetricsEnabled?: boolean;

  /**
   * Key that encrypts the log groups, also those of the services. A key that is imported has to admit the logs service by itself.
   *
   * @default - a key of AWS
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Makes the alarms of the API (server errors, latency, latency of the services), which do this when they go off.
   *
   * @default - no alarms
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * Makes a dashboard of the API and its services. The first three of an account cost nothing.
   *
   * Without `detailedMetricsEnabled` it counts the requests of each service in the access log, which is billed by the amount read when somebody looks.
   *
   * @default false
   */
  readonly createDashboard?: boolean;

  /**
   * What happens to the log groups when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
