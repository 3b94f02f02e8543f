import { Token } from 'aws-cdk-lib';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { EfsMountOptions } from './efs-mount-options';
import { FargateWorkloadProps } from './fargate-workload-props';
import { addEfsVolume } from './private/efs-mount';
import type { NetworkPlacement } from './private/network-placement';
import { TakenNames } from './private/taken-names';
import {
  addMainContainer, fargateCluster, fargateService, fargateTaskDefinition, platformServices, secretService, shellLogging, workloadNetwork, workloadSecurityGroup,
} from './private/workload-parts';
import { logDriverConflicts, stopTimeoutConflicts, WORKLOAD_DEFAULTS, workloadConflicts } from './private/workload-rules';
import { serviceLogGroup } from '../private/log-group';
import { conflictIf, throwOnConflicts } from '../private/prop-rules';

/**
 * A Fargate service with all that belongs to it: cluster, task, container, logs, roles, security group, safe deployments.
 *
 * It has no front door: put one before it through `connections`, `service` and `container`, or use a blueprint that does.
 *
 * @example
 * import { FargateWorkload, HttpHealthCheck } from 'cdk-fargate-blueprints';
 *
 * const workload = new FargateWorkload(this, 'Worker', {
 *   image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29'),
 *   healthCheck: HttpHealthCheck.curl('/'),
 * });
 * workload.addEnvironment('LOG_LEVEL', 'info');
 */
export class FargateWorkload extends Construct implements ec2.IConnectable, iam.IGrantable {
  /** The cluster: the given one, or a new one. */
  public readonly cluster: ecs.ICluster;

  /** The VPC that the tasks are in. */
  public readonly vpc: ec2.IVpc;

  /** The Fargate service. */
  public readonly service: ecs.FargateService;

  /** The task definition. */
  public readonly taskDefinition: ecs.FargateTaskDefinition;

  /** The main container. */
  public readonly container: ecs.ContainerDefinition;

  /** The log group of the containers; undefined when `logging` was given. */
  public readonly logGroup?: logs.ILogGroup;

  /** The security group that was made; undefined when `securityGroups` were given. */
  public readonly securityGroup?: ec2.SecurityGroup;

  /** Network connections of the tasks. */
  public readonly connections: ec2.Connections;

  /** The task role, which grants go to. */
  public readonly grantPrincipal: iam.IPrincipal;

  private readonly placement: NetworkPlacement;
  private readonly props: FargateWorkloadProps;
  private readonly names: TakenNames;
  private sidecarMemoryMiB = 0;

  /**
   * @throws when a prop has a value that Fargate refuses, or props exclude each other
   */
  constructor(scope: Construct, id: string, props: FargateWorkloadProps) {
    super(scope, id);
    throwOnConflicts(this, workloadConflicts(props));
    this.props = props;
    this.names = new TakenNames(props);
    this.placement = workloadNetwork(props)._bind(this, props);
    this.vpc = this.placement.vpc;
    this.logGroup = props.logging ? undefined : serviceLogGroup(this, 'LogGroup', { ...props, retention: props.logRetention });
    this.cluster = fargateCluster(this, this.placement, props, shellLogging(props, this.logGroup));
    this.taskDefinition = fargateTaskDefinition(this, props);
    this.container = addMainContainer(this.taskDefinition, this.loggingFor(props.containerName ?? WORKLOAD_DEFAULTS.containerName), () => this.sidecarMemoryMiB, props);
    this.securityGroup = props.securityGroups ? undefined : workloadSecurityGroup(this, this.placement, props);
    this.service = fargateService(this, {
      cluster: this.cluster,
      taskDefinition: this.taskDefinition,
      placement: this.placement,
      securityGroups: props.securityGroups ?? [this.securityGroup!],
    }, props);
    this.connections = this.service.connections;
    this.grantPrincipal = this.taskDefinition.taskRole;
    this._reach(...platformServices(props));
  }

  /**
   * Shell command that opens a shell in a running task; undefined unless `enableExecuteCommand` is set. Fill in the id of the task.
   */
  public get executeCommand(): string | undefined {
    if (!this.props.enableExecuteCommand) return undefined;
    return `aws ecs execute-command --cluster ${this.cluster.clusterName} --task <task-id>`
      + ` --container ${this.container.containerName} --interactive --command /bin/sh`;
  }

  /**
   * Adds a plain environment variable to the main container.
   *
   * @throws when the name is that of a secret
   */
  public addEnvironment(name: string, value: string): void {
    throwOnConflicts(this, this.names.addPlain(name));
    this.container.addEnvironment(name, value);
  }

  /**
   * Adds an environment variable to the main container whose value is read from a secret when a task starts.
   *
   * @throws when the name is taken
   */
  public addSecret(name: string, secret: ecs.Secret): void {
    throwOnConflicts(this, this.names.addSecret(name));
    this.container.addSecret(name, secret);
    this._reach(secretService(secret));
  }

  /**
   * Adds a container to the task. It logs to the group of the task unless it brings a log driver.
   *
   * A sidecar with a memory limit takes it from the main container.
   *
   * @throws when its log driver or its stop timeout is one that Fargate refuses, or its limit leaves nothing for the main container
   */
  public addSidecar(id: string, options: ecs.ContainerDefinitionOptions): ecs.ContainerDefinition {
    const memory = this.props.memoryLimitMiB ?? WORKLOAD_DEFAULTS.memoryLimitMiB;
    const taken = this.sidecarMemoryMiB + (options.memoryLimitMiB ?? 0);
    throwOnConflicts(this,
      logDriverConflicts(`logging of sidecar ${id}`, options.logging),
      stopTimeoutConflicts(options.stopTimeout),
      conflictIf(
        !Token.isUnresolved(memory) && !Token.isUnresolved(taken) && taken >= memory,
        `\`memoryLimitMiB\` ${memory} leaves the main container nothing when sidecars take ${taken} MiB; raise it`,
      ),
    );
    this.sidecarMemoryMiB = taken;
    this._reach(...Object.values(options.secrets ?? {}).map(secretService));
    return this.taskDefinition.addContainer(id, { logging: this.loggingFor(id), ...options });
  }

  /**
   * Mounts a directory of an EFS file system into the main container: encrypted in transit, with the task role as its identity.
   *
   * @throws when another volume has the name
   */
  public mountEfs(name: string, options: EfsMountOptions): void {
    throwOnConflicts(this, this.names.addVolume(name));
    addEfsVolume(this.container, this, name, options);
    this._allowTo(options.fileSystem, ec2.Port.tcp(2049), 'NFS from the tasks');
    // a task that starts before its mount targets cannot mount
    this.service.node.addDependency(options.fileSystem);
    this._reach(ec2.InterfaceVpcEndpointAwsService.ELASTIC_FILESYSTEM);
  }

  /**
   * Lets the number of tasks follow a metric.
   */
  public autoScaleTaskCount(props: appscaling.EnableScalingProps): ecs.ScalableTaskCount {
    return this.service.autoScaleTaskCount(props);
  }

  /**
   * CPU that the tasks use, in percent of what they reserve.
   *
   * @default - average over 5 minutes
   */
  public metricCpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.service.metricCpuUtilization(props);
  }

  /**
   * Memory that the tasks use, in percent of what they reserve.
   *
   * @default - average over 5 minutes
   */
  public metricMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.service.metricMemoryUtilization(props);
  }

  /**
   * Number of tasks that run. The cluster has to gather Container Insights.
   *
   * @default - average over 5 minutes
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
   */
  public metricRunningTaskCount(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'ECS/ContainerInsights',
      metricName: 'RunningTaskCount',
      dimensionsMap: { ClusterName: this.cluster.clusterName, ServiceName: this.service.serviceName },
      statistic: cloudwatch.Stats.AVERAGE,
      ...props,
    }).attachTo(this.service);
  }

  /**
   * Opens a port of the tasks to a part of the same blueprint. Groups that were given stay as they are: only the other side gets its rule.
   *
   * @internal
   */
  public _allowFrom(other: ec2.IConnectable, port: ec2.Port, description: string): void {
    if (this.securityGroup) {
      this.securityGroup.connections.allowFrom(other, port, description);
    } else {
      this.givenGroups().forEach((group) => other.connections.allowTo(group, port, description));
    }
  }

  /**
   * Lets the tasks reach a part of the same blueprint. Groups that were given stay as they are: only the other side gets its rule.
   *
   * @internal
   */
  public _allowTo(other: ec2.IConnectable, port: ec2.Port, description: string): void {
    if (this.securityGroup) {
      this.securityGroup.connections.allowTo(other, port, description);
    } else {
      this.givenGroups().forEach((group) => other.connections.allowFrom(group, port, description));
    }
  }

  /**
   * Makes AWS services reachable for the tasks when their network is isolated and made here.
   *
   * @internal
   */
  public _reach(...services: ec2.InterfaceVpcEndpointAwsService[]): void {
    const peers = this.securityGroup ? [this.securityGroup] : this.givenGroups();
    services.forEach((service) => this.placement.reach(service, peers));
  }

  /** As peers, which hold no rules of their own. */
  private givenGroups(): ec2.IPeer[] {
    return (this.props.securityGroups ?? []).map((group) => ec2.Peer.securityGroupId(group.securityGroupId));
  }

  private loggingFor(name: string): ecs.LogDriver {
    return this.props.logging ?? ecs.LogDrivers.awsLogs({ streamPrefix: name, logGroup: this.logGroup, mode: ecs.AwsLogDriverMode.NON_BLOCKING });
  }
}
