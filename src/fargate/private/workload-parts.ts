import { Aws, Lazy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { NetworkPlacement } from './network-placement';
import { scratchVolume } from './taken-names';
import { WORKLOAD_DEFAULTS } from './workload-rules';
import { groupDescription } from '../../private/group-description';
import type { FargateWorkloadProps } from '../fargate-workload-props';
import { ServiceNetwork } from '../service-network';

/** Where the workload goes when it is not told: the VPC of its cluster, else a new one. */
export function workloadNetwork(props: Pick<FargateWorkloadProps, 'network' | 'cluster'>): ServiceNetwork {
  return props.network ?? (props.cluster ? ServiceNetwork.fromVpc(props.cluster.vpc) : ServiceNetwork.publicTasks());
}

export function fargateCluster(
  scope: Construct,
  placement: NetworkPlacement,
  props: Pick<FargateWorkloadProps, 'cluster' | 'containerInsights'>,
  executeCommandConfiguration?: ecs.ExecuteCommandConfiguration,
): ecs.ICluster {
  return props.cluster ?? new ecs.Cluster(scope, 'Cluster', {
    vpc: placement.vpc,
    containerInsightsV2: props.containerInsights ?? ecs.ContainerInsights.ENABLED,
    enableFargateCapacityProviders: true,
    executeCommandConfiguration,
  });
}

/** Where shell sessions are recorded. Left to its default the L2 lets tasks write to every log group of the account. */
export function shellLogging(props: FargateWorkloadProps, logGroup?: logs.ILogGroup): ecs.ExecuteCommandConfiguration | undefined {
  if (!props.enableExecuteCommand) return undefined;
  return logGroup
    ? { logging: ecs.ExecuteCommandLogging.OVERRIDE, logConfiguration: { cloudWatchLogGroup: logGroup } }
    : { logging: ecs.ExecuteCommandLogging.NONE };
}

export function fargateTaskDefinition(scope: Construct, props: FargateWorkloadProps): ecs.FargateTaskDefinition {
  return new ecs.FargateTaskDefinition(scope, 'TaskDefinition', {
    cpu: props.cpu ?? WORKLOAD_DEFAULTS.cpu,
    memoryLimitMiB: props.memoryLimitMiB ?? WORKLOAD_DEFAULTS.memoryLimitMiB,
    ephemeralStorageGiB: props.ephemeralStorageGiB,
    runtimePlatform: {
      cpuArchitecture: props.cpuArchitecture ?? ecs.CpuArchitecture.X86_64,
      operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
    },
    taskRole: props.taskRole,
    executionRole: props.executionRole,
  });
}

/** The container that the workload is about; `memoryTaken` is what its sidecars keep for themselves. */
export function addMainContainer(
  taskDefinition: ecs.FargateTaskDefinition, logging: ecs.LogDriver, memoryTaken: () => number, props: FargateWorkloadProps,
): ecs.ContainerDefinition {
  const memory = props.memoryLimitMiB ?? WORKLOAD_DEFAULTS.memoryLimitMiB;
  const container = taskDefinition.addContainer(props.containerName ?? WORKLOAD_DEFAULTS.containerName, {
    image: props.image,
    portMappings: [{ containerPort: props.containerPort ?? WORKLOAD_DEFAULTS.containerPort }, ...(props.additionalPortMappings ?? [])],
    // the sum over the containers may not pass the task's memory, and sidecars come later
    memoryLimitMiB: Lazy.number({ produce: () => memory - memoryTaken() }),
    environment: props.environment,
    environmentFiles: props.environmentFiles,
    secrets: props.secrets,
    command: props.command,
    entryPoint: props.entryPoint,
    healthCheck: props.healthCheck,
    stopTimeout: props.stopTimeout,
    user: props.user,
    readonlyRootFilesystem: props.readonlyRootFilesystem ?? false,
    linuxParameters: new ecs.LinuxParameters(taskDefinition, 'LinuxParameters', { initProcessEnabled: props.initProcessEnabled ?? true }),
    logging,
  });
  (props.environmentFiles ?? []).forEach((file) => allowReading(container, file));
  (props.scratchPaths ?? []).forEach((containerPath, index) => {
    const name = scratchVolume(index);
    taskDefinition.addVolume({ name });
    container.addMountPoints({ containerPath, sourceVolume: name, readOnly: false });
  });
  return container;
}

/** The L2 leaves this to the user; without it the task does not start. */
function allowReading(container: ecs.ContainerDefinition, file: ecs.EnvironmentFile): void {
  const { bucketName, objectKey } = file.bind(container).s3Location;
  const bucketArn = `arn:${Aws.PARTITION}:s3:::${bucketName}`;
  container.taskDefinition.addToExecutionRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`${bucketArn}/${objectKey}`] }));
  container.taskDefinition.addToExecutionRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: [bucketArn] }));
}

/** Nothing may enter. Images, logs, secrets and most APIs are reached by HTTPS. */
export function workloadSecurityGroup(scope: Construct, placement: NetworkPlacement, props: FargateWorkloadProps): ec2.SecurityGroup {
  const allowAllOutbound = props.allowAllOutbound ?? false;
  const group = new ec2.SecurityGroup(scope, 'SecurityGroup', {
    vpc: placement.vpc,
    description: groupDescription(`Tasks of ${scope.node.path}`),
    allowAllOutbound,
    allowAllIpv6Outbound: allowAllOutbound && placement.dualStack,
  });
  if (!allowAllOutbound) {
    group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'HTTPS to anywhere');
    if (placement.dualStack) group.addEgressRule(ec2.Peer.anyIpv6(), ec2.Port.tcp(443), 'HTTPS to anywhere');
  }
  return group;
}

export interface FargateServiceParts {
  readonly cluster: ecs.ICluster;
  readonly taskDefinition: ecs.FargateTaskDefinition;
  readonly placement: NetworkPlacement;
  readonly securityGroups: ec2.ISecurityGroup[];
}

export function fargateService(scope: Construct, parts: FargateServiceParts, props: FargateWorkloadProps): ecs.FargateService {
  return new ecs.FargateService(scope, 'Service', {
    cluster: parts.cluster,
    taskDefinition: parts.taskDefinition,
    vpcSubnets: parts.placement.taskSubnets,
    assignPublicIp: parts.placement.assignPublicIp,
    securityGroups: parts.securityGroups,
    desiredCount: props.desiredCount ?? WORKLOAD_DEFAULTS.desiredCount,
    minHealthyPercent: props.minHealthyPercent ?? WORKLOAD_DEFAULTS.minHealthyPercent,
    maxHealthyPercent: props.maxHealthyPercent ?? WORKLOAD_DEFAULTS.maxHealthyPercent,
    healthCheckGracePeriod: props.healthCheckGracePeriod,
    capacityProviderStrategies: props.capacityProviderStrategies,
    circuitBreaker: { rollback: true },
    enableExecuteCommand: props.enableExecuteCommand ?? false,
    propagateTags: ecs.PropagatedTagSource.SERVICE,
    enableECSManagedTags: true,
  });
}

/** What ECS itself calls on behalf of a task. */
export function platformServices(props: FargateWorkloadProps): ec2.InterfaceVpcEndpointAwsService[] {
  return [
    ec2.InterfaceVpcEndpointAwsService.ECR,
    ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER,
    ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
    ...(props.enableExecuteCommand ? [ec2.InterfaceVpcEndpointAwsService.SSM_MESSAGES] : []),
    ...Object.values(props.secrets ?? {}).map(secretService),
  ];
}

/** A secret is of the Parameter Store or of Secrets Manager; its ARN tells which. */
export function secretService(secret: ecs.Secret): ec2.InterfaceVpcEndpointAwsService {
  return secret.arn.includes(':ssm:') ? ec2.InterfaceVpcEndpointAwsService.SSM : ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER;
}
