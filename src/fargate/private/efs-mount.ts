import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { EfsMountOptions } from '../efs-mount-options';

/** The volume, where it is mounted, and the task role's permission; who may connect is not decided here. */
export function addEfsVolume(container: ecs.ContainerDefinition, grantee: iam.IGrantable, name: string, options: EfsMountOptions): void {
  const readOnly = options.readOnly ?? false;
  container.taskDefinition.addVolume({
    name,
    efsVolumeConfiguration: {
      fileSystemId: options.fileSystem.fileSystemId,
      transitEncryption: 'ENABLED',
      authorizationConfig: { accessPointId: options.accessPoint.accessPointId, iam: 'ENABLED' },
    },
  });
  container.addMountPoints({ containerPath: options.containerPath, sourceVolume: name, readOnly });
  iam.Grant.addToPrincipal({
    grantee,
    actions: ['elasticfilesystem:ClientMount', ...(readOnly ? [] : ['elasticfilesystem:ClientWrite'])],
    resourceArns: [options.fileSystem.fileSystemArn],
    conditions: { ArnEquals: { 'elasticfilesystem:AccessPointArn': options.accessPoint.accessPointArn } },
  });
}
