import type { Duration } from 'aws-cdk-lib';
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
  ];
}

function portConflicts(props: FargateWorkloadProps): Conflicts {
  const taken = new Set([`${props.containerPort ?? WORKLOAD_DEFAULTS.containerPort}/tcp`]);
  return (props.additionalPortMappings ?? []).flatMap((mapping) => {
    const port = `${mapping.containerPort}/${mapping.protocol ?? ecs.Protocol.TCP}`;
    const twice = taken.has(port);
    taken.add(port);
    return [
      ...conflictIf(twice, `\`additionalPortMappings\` names port ${port} a second time; name each port once`),
      ...conflictIf(
        isKnown(mapping.hostPort) && isKnown(mapping.containerPort) && mapping.hostPort !== mapping.containerPort,
        `\`additionalPortMappings\` maps container port ${mapping.containerPort} to host port ${mapping.hostPort}; on Fargate they are equal: leave out \`hostPort\``,
      ),
    ];
  });
}
