import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { ICloudMapHttpApi } from './i-cloud-map-http-api';
import { ServiceRouteAccess } from './service-route-options';
import { FargateTaskProps } from '../fargate/fargate-task-props';

/**
 * Properties of an `ApiGatewayCloudMapFargateService`.
 */
export interface ApiGatewayCloudMapFargateServiceProps extends FargateTaskProps, ServiceRouteAccess {
  /**
   * API that the service joins, also one of another stack: `first.api` of a service, or a `CloudMapHttpApi`.
   *
   * @default - a new CloudMapHttpApi
   */
  readonly api?: ICloudMapHttpApi;

  /**
   * Path that the service is mounted at: `/users` takes `/users` and everything under it.
   *
   * A path that ends with a greedy variable, such as `/users/{proxy+}`, is taken as it is; so is `$default`, which takes what no other route
   * of the API matches.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Takes `path` off before a request reaches the service: `/users/42` becomes `/42`.
   *
   * Each path then needs an integration of its own, two for a service and one for each further route; an API takes 300.
   *
   * @default false
   */
  readonly stripPath?: boolean;

  /**
   * Verified claims of the caller's token that reach the service as headers, such as `{ 'x-user-id': 'sub' }`.
   *
   * They stand in for what the client sent, so that nobody can forge them. Needs a JWT authorizer; on routes that `addRoutes` gives another
   * one the headers are taken off, which costs an integration.
   *
   * @default - none
   */
  readonly claimHeaders?: { [header: string]: string };

  /**
   * Header that carries the id of the request, which is `requestId` in the access log, so that logs and traces of a task can be found by it.
   *
   * @default - none
   */
  readonly requestIdHeader?: string;

  /**
   * Time that API Gateway waits for an answer, 50 milliseconds to 30 seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly integrationTimeout?: Duration;

  /**
   * Speaks TLS with the tasks and checks that their certificate, of a public authority, is for this name.
   *
   * @default - plain HTTP inside the VPC
   */
  readonly secureServerName?: string;

  /**
   * Name of the service in the namespace: a DNS label. A service whose name changes is replaced.
   *
   * @default - the id of the construct, in lower case
   */
  readonly discoveryName?: string;

  /**
   * Time that DNS clients keep the addresses of the tasks. API Gateway does not use DNS.
   *
   * @default Duration.seconds(10)
   */
  readonly dnsTtl?: Duration;

  /**
   * Number of tasks. With fewer than two there is a gap whenever a task is lost.
   *
   * @default 2
   */
  readonly desiredCount?: number;

  /**
   * Part of the desired tasks, in percent, that keeps running during a deployment.
   *
   * @default 100
   */
  readonly minHealthyPercent?: number;

  /**
   * Part of the desired tasks, in percent, that may run during a deployment.
   *
   * @default - 150, which replaces half of the tasks at a time; 200 for a single task
   */
  readonly maxHealthyPercent?: number;

  /**
   * Time between leaving the namespace and the signal to stop, 1 to 110 seconds, in which requests that API Gateway still sends are served.
   *
   * A tiny container that depends on the main one is stopped first and sleeps for this time.
   *
   * @default - none: the signal comes at once
   */
  readonly drainDelay?: Duration;

  /**
   * Image of the container that keeps `drainDelay`. It needs a POSIX shell and `sleep`.
   *
   * @default - BusyBox from the public registry of AWS
   */
  readonly drainImage?: ecs.ContainerImage;

  /**
   * Alarms that stop a deployment and roll it back when they go off while it runs. They must not be in alarm when it starts.
   *
   * @default - none: only tasks that do not start, or are not healthy, roll it back
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
   */
  readonly rollbackAlarms?: cloudwatch.IAlarm[];

  /**
   * Security groups of the tasks. Groups that are given are used as they are: let the VPC link in on the port yourself.
   *
   * @default - a new group that the VPC link enters on `containerPort` and that reaches port 443
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Lets tasks open any connection. Without it they reach port 443, and what `connections` are allowed to.
   *
   * @default false
   */
  readonly allowAllOutbound?: boolean;

  /**
   * Capacity that tasks run on: `FARGATE`, `FARGATE_SPOT` or a mix.
   *
   * @default - FARGATE
   */
  readonly capacityProviderStrategies?: ecs.CapacityProviderStrategy[];

  /**
   * Lets people with the permission open a shell in a container. A new API records the sessions; one that is given does when it is told to.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;

  /**
   * CloudWatch namespace that the code in the tasks may publish metrics to.
   *
   * @default - none: the task role has no permission for metrics
   */
  readonly metricNamespace?: string;

  /**
   * Log driver of the containers: `awslogs`, `splunk` or `awsfirelens`.
   *
   * @default - awslogs to a new log group
   */
  readonly logging?: ecs.LogDriver;

  /**
   * Time that logs are kept.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Key that encrypts the log groups, also those of a new API. A key that is imported has to admit the logs service by itself.
   *
   * @default - the key of `api`, else a key of AWS
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Makes the alarms of the service (CPU, memory, and no running task where Container Insights are on), and of a new API, which do this
   * when they go off.
   *
   * @default - no alarms
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * Makes a dashboard of a new API. With `api` set it there: its dashboard shows all services.
   *
   * @default false
   */
  readonly createDashboard?: boolean;

  /**
   * What happens to the log groups when they leave the stack, also to those of a new API.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
