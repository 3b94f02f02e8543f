import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { FargateWorkload } from '../../fargate/fargate-workload';

const DIRECTORY = '/dekart/credentials';

/** Where the server finds the file. */
export const CREDENTIALS_PATH = `${DIRECTORY}/google.json`;

/**
 * Puts a secret into a file of the main container. ECS hands secrets over as variables only, so a container writes it before the server starts.
 */
export function addCredentialsFile(workload: FargateWorkload, image: ecs.ContainerImage, secret: ecs.Secret): void {
  const volume = 'credentials';
  workload.taskDefinition.addVolume({ name: volume });
  const writer = workload.addSidecar('Credentials', {
    image, // the server's: it has a shell
    essential: false,
    user: '0:0', // the volume belongs to root
    readonlyRootFilesystem: true,
    entryPoint: ['/bin/sh', '-c'],
    command: [`umask 022 && printf '%s' "$GOOGLE_CREDENTIALS" > ${CREDENTIALS_PATH}`],
    secrets: { GOOGLE_CREDENTIALS: secret },
  });
  writer.addMountPoints({ sourceVolume: volume, containerPath: DIRECTORY, readOnly: false });
  workload.container.addMountPoints({ sourceVolume: volume, containerPath: DIRECTORY, readOnly: true });
  workload.container.addContainerDependencies({ container: writer, condition: ecs.ContainerDependencyCondition.SUCCESS });
}
