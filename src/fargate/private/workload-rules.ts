import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { fargateSizeConflicts } from '../../private/fargate-size';
import { conflictIf, Conflicts, environmentConflicts, isKnown, numberConflicts } from '../../private/prop-rules';
import type { FargateWorkloadProps } from '../fargate-workload-props';

/** The settings that a rule looks at when the user leaves them out. */
export const WORKLOAD_DEFAULTS = {
  containerName: 'app',
  containerPort: 80,
  cpu: 256,
  memoryLimitMiB: 512,
  desiredCount: 1,
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
} as const;

const STOP_TIMEOUT_MAX_SECONDS = 120;
const SECURITY_GROUPS_MAX = 5;

/** The agent behind `ecs execute-command` writes to these. */
const SHELL_PATHS = ['/var/lib/amazon', '/var/log/amazon'];

type DeploymentNumbers = Pick<FargateWorkloadProps, 'desiredCount' | 'minHealthyPercent' | 'maxHealthyPercent'>;

/** Everything that Fargate would refuse at deployment, or worse, after it. */
export function workloadConflicts(props: FargateWorkloadProps): Conflicts {
  return [
    ...fargateSizeConflicts(props.cpu ?? WORKLOAD_DEFAULTS.cpu, props.memoryLimitMiB ?? WORKLOAD_DEFAULTS.memoryLimitMiB),
    ...numberConflicts('containerPort', props.containerPort, 1, 65535),
    ...numberConflicts('ephemeralStorageGiB', props.ephemeralStorageGiB, 21, 200, 'GiB'),
    ...numberConflicts('desiredCount', props.desiredCount, 0, 5000, 'tasks'),
    ...deploymentConflicts(props),
    ...stopTimeoutConflicts(props.stopTimeout),
    ...environmentConflicts(props.environment, props.secrets),
    ...portConflicts(props),
    ...logDriverConflicts('logging', props.logging),
    ...scratchConflicts(props),
    ...groupConflicts(props.securityGroups),
    ...capacityConflicts(props.capacityProviderStrategies),
    ...conflictIf(
      isKnown(props.containerName) && !/^[a-zA-Z0-9_-]{1,255}$/.test(props.containerName),
      `\`containerName\` must be up to 255 letters, digits, - and _, got '${props.containerName}'`,
    ),
    ...conflictIf(
      props.cluster !== undefined && props.network !== undefined && props.network._existingVpc?.vpcId !== props.cluster.vpc.vpcId,
      '`network` is not in the VPC of `cluster`; leave it out, or take it from there: ServiceNetwork.fromVpc(cluster.vpc)',
    ),
  ];
}

export function stopTimeoutConflicts(stopTimeout?: Duration): Conflicts {
  if (stopTimeout === undefined || stopTimeout.isUnresolved() || stopTimeout.toSeconds({ integral: false }) <= STOP_TIMEOUT_MAX_SECONDS) return [];
  return [`\`stopTimeout\` must be at most ${STOP_TIMEOUT_MAX_SECONDS} seconds on Fargate, got ${stopTimeout.toHumanString()}`];
}

/** Fargate knows three log drivers; the CDK has classes for more. */
export function logDriverConflicts(prop: string, driver?: ecs.LogDriver): Conflicts {
  if (driver === undefined) return []; // none of the classes is loaded for nothing
  const refused = [ecs.FluentdLogDriver, ecs.GelfLogDriver, ecs.JournaldLogDriver, ecs.JsonFileLogDriver, ecs.SyslogLogDriver]
    .find((type) => driver instanceof type);
  return conflictIf(
    refused !== undefined,
    `\`${prop}\` must be awslogs, splunk or awsfirelens on Fargate, got ${refused?.name}; route other destinations through ecs.LogDrivers.firelens()`,
  );
}

function deploymentConflicts(props: FargateWorkloadProps): Conflicts {
  const min = props.minHealthyPercent ?? WORKLOAD_DEFAULTS.minHealthyPercent;
  const max = props.maxHealthyPercent ?? WORKLOAD_DEFAULTS.maxHealthyPercent;
  return [
    ...numberConflicts('minHealthyPercent', props.minHealthyPercent, 0, 100),
    ...numberConflicts('maxHealthyPercent', props.maxHealthyPercent, 100, 1000),
    ...conflictIf(
      isKnown(min) && isKnown(max) && min >= 100 && max <= 100,
      `\`minHealthyPercent\` ${min} and \`maxHealthyPercent\` ${max} leave no room to replace a task; lower the first or raise the second`,
    ),
    ...roundingConflicts({ desiredCount: props.desiredCount ?? WORKLOAD_DEFAULTS.desiredCount, minHealthyPercent: min, maxHealthyPercent: max }),
  ];
}

/** ECS rounds the maximum down and the minimum up: with few tasks a deployment may never begin. */
export function roundingConflicts({ desiredCount, minHealthyPercent, maxHealthyPercent }: DeploymentNumbers, otherMend = 'run more tasks'): Conflicts {
  if (!isKnown(desiredCount) || !isKnown(minHealthyPercent) || !isKnown(maxHealthyPercent) || desiredCount <= 0) return [];
  if (minHealthyPercent > 100 || maxHealthyPercent < 100 || (minHealthyPercent === 100 && maxHealthyPercent === 100)) return []; // conflicts of their own
  return conflictIf(
    Math.floor(desiredCount * maxHealthyPercent / 100) <= Math.ceil(desiredCount * minHealthyPercent / 100),
    `\`maxHealthyPercent\` ${maxHealthyPercent} of ${desiredCount} tasks, rounded down, leaves no room beside \`minHealthyPercent\` ${minHealthyPercent}; `
    + `raise it to 200, or ${otherMend}`,
  );
}

function portConflicts(props: FargateWorkloadProps): Conflicts {
  const taken = new Set([`${props.containerPort ?? WORKLOAD_DEFAULTS.containerPort}/tcp`]);
  return (props.additionalPortMappings ?? []).flatMap((mapping) => {
    const port = `${mapping.containerPort}/${mapping.protocol ?? ecs.Protocol.TCP}`;
    const twice = taken.has(port);
    taken.add(port);
    return [
      ...numberConflicts('additionalPortMappings.containerPort', mapping.containerPort, 1, 65535),
      ...conflictIf(twice, `\`additionalPortMappings\` names port ${port} a second time; name each port once`),
      ...conflictIf(
        isKnown(mapping.hostPort) && isKnown(mapping.containerPort) && mapping.hostPort !== mapping.containerPort,
        `\`additionalPortMappings\` maps container port ${mapping.containerPort} to host port ${mapping.hostPort}; on Fargate they are equal: leave out \`hostPort\``,
      ),
    ];
  });
}

function scratchConflicts({ scratchPaths = [], readonlyRootFilesystem, enableExecuteCommand }: FargateWorkloadProps): Conflicts {
  const known = scratchPaths.filter(isKnown);
  return [
    ...known.filter((path) => !path.startsWith('/')).map((path) => `\`scratchPaths\` must be absolute, got '${path}'; start it with a slash`),
    ...known.filter((path, index) => known.indexOf(path) !== index).map((path) => `\`scratchPaths\` names ${path} a second time; name each path once`),
    ...conflictIf(
      (readonlyRootFilesystem ?? false) && (enableExecuteCommand ?? false) && !SHELL_PATHS.every((path) => scratchPaths.includes(path)),
      '`enableExecuteCommand` takes a root file system that can be written to, got `readonlyRootFilesystem` true; '
      + `set it to false, or add ${SHELL_PATHS.join(' and ')} to \`scratchPaths\``,
    ),
  ];
}

function groupConflicts(groups?: ec2.ISecurityGroup[]): Conflicts {
  return conflictIf(
    groups !== undefined && (groups.length === 0 || groups.length > SECURITY_GROUPS_MAX),
    `\`securityGroups\` must name 1 to ${SECURITY_GROUPS_MAX} groups, got ${groups?.length}; leave it out for a new group`,
  );
}

/** Fargate tasks run on two providers, whatever else a given cluster has. */
function capacityConflicts(strategies?: ecs.CapacityProviderStrategy[]): Conflicts {
  return [
    ...conflictIf(strategies?.length === 0, '`capacityProviderStrategies` is empty; leave it out for FARGATE'),
    ...(strategies ?? [])
      .filter(({ capacityProvider }) => isKnown(capacityProvider) && !['FARGATE', 'FARGATE_SPOT'].includes(capacityProvider))
      .map(({ capacityProvider }) => `\`capacityProviderStrategies\` must name FARGATE or FARGATE_SPOT, got '${capacityProvider}'`),
  ];
}
