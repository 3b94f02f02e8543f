import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { FargateTaskProps } from './fargate-task-props';
import { ServiceNetwork } from './service-network';

/**
 * Properties of a `FargateWorkload`.
 */
export interface FargateWorkloadProps extends FargateTaskProps {
  /**
   * Number of tasks.
   *
   * @default 1
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
   * @default 200
   */
  readonly maxHealthyPercent?: number;

  /**
   * Time after the start of a task in which failed checks of a load balancer do not stop it.
   *
   * @default - none
   */
  readonly healthCheckGracePeriod?: Duration;

  /**
   * Security groups of the tasks. Groups that are given are used as they are: no rule is added when parts of a blueprint are wired together.
   *
   * @default - a new group that nothing may enter and that reaches port 443
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Lets tasks open any connection. Without it they reach port 443, and what `connections` are allowed to.
   *
   * @default false
   */
  readonly allowAllOutbound?: boolean;

  /**
   * Cluster to run in.
   *
   * @default - a new cluster with the Fargate capacity providers
   */
  readonly cluster?: ecs.ICluster;

  /**
   * Where tasks are placed. With `cluster` it has to be in the cluster's VPC.
   *
   * @default - the VPC of `cluster`, else a new one: ServiceNetwork.publicTasks()
   */
  readonly network?: ServiceNetwork;

  /**
   * Metrics that a new cluster gathers. They are billed by the metric.
   *
   * @default ecs.ContainerInsights.ENABLED
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ContainerInsights.html
   */
  readonly containerInsights?: ecs.ContainerInsights;

  /**
   * Capacity that tasks run on: `FARGATE`, `FARGATE_SPOT` or a mix.
   *
   * @default - FARGATE
   */
  readonly capacityProviderStrategies?: ecs.CapacityProviderStrategy[];

  /**
   * Lets people with the permission open a shell in a container, see `executeCommand`.
   *
   * In a new cluster sessions are recorded in the log group of the workload, or not at all when `logging` is given. A cluster that is given
   * decides by itself.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
   */
  readonly enableExecuteCommand?: boolean;

  /**
   * Time that logs are kept.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Log driver of the main container: `awslogs`, `splunk` or `awsfirelens`.
   *
   * @default - awslogs to a new log group
   */
  readonly logging?: ecs.LogDriver;

  /**
   * Key that encrypts the log groups. A key that is imported has to admit the logs service by itself.
   *
   * @default - a key of AWS
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the log groups when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
