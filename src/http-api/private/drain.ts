import { Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { FargateWorkload } from '../../fargate/fargate-workload';
import type { ApiGatewayCloudMapFargateServiceProps } from '../api-gateway-cloud-map-fargate-service-props';

/** Pinned: what stops tasks should not change by itself. */
const DRAIN_IMAGE = 'public.ecr.aws/docker/library/busybox:1.37.0';

/** Name of the container, which no other one of the task may have. */
export const DRAIN_CONTAINER = 'drain';

const MEMORY_MIB = 16;
const NOBODY = '65534:65534';

/**
 * Keeps the main container running for a while after ECS has taken the task out of the namespace.
 *
 * ECS stops containers in the reverse order of their dependencies: this one first, and only when it has slept the main one gets its signal.
 */
export function addDrainContainer(workload: FargateWorkload, props: ApiGatewayCloudMapFargateServiceProps): void {
  if (props.drainDelay === undefined) return;
  const seconds = props.drainDelay.toSeconds({ integral: false });
  const drain = workload.addSidecar(DRAIN_CONTAINER, {
    image: props.drainImage ?? ecs.ContainerImage.fromRegistry(DRAIN_IMAGE),
    essential: false,
    memoryLimitMiB: MEMORY_MIB,
    user: NOBODY,
    readonlyRootFilesystem: true,
    entryPoint: ['sh', '-c'],
    // the wait is what a signal interrupts; a plain sleep would finish first
    command: [`trap 'sleep ${seconds}; exit 0' TERM; while :; do sleep 86400 & wait $!; done`],
    stopTimeout: props.drainDelay.plus(Duration.seconds(10)),
  });
  drain.addContainerDependencies({ container: workload.container, condition: ecs.ContainerDependencyCondition.START });
}
