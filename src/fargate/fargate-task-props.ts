import { Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * What a task is: its main container, its size and its roles.
 */
export interface FargateTaskProps {
  /**
   * Image of the main container.
   */
  readonly image: ecs.ContainerImage;

  /**
   * Name of the main container, as service registries and `ecs execute-command` know it.
   *
   * @default 'app'
   */
  readonly containerName?: string;

  /**
   * Port that the main container listens on.
   *
   * @default 80
   */
  readonly containerPort?: number;

  /**
   * Further ports of the main container. On Fargate a host port equals its container port.
   *
   * @default - none
   */
  readonly additionalPortMappings?: ecs.PortMapping[];

  /**
   * CPU units of the task: 256, 512, 1024, 2048, 4096, 8192 or 16384.
   *
   * @default 256
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
   */
  readonly cpu?: number;

  /**
   * Memory of the task in MiB. Fargate takes certain pairs with `cpu` only.
   *
   * The main container may use all of it that sidecars with a limit of their own leave.
   *
   * @default 512
   */
  readonly memoryLimitMiB?: number;

  /**
   * Architecture that the image is built for.
   *
   * @default ecs.CpuArchitecture.X86_64
   */
  readonly cpuArchitecture?: ecs.CpuArchitecture;

  /**
   * Scratch space of the task in GiB, 21 to 200; what is over 20 is billed.
   *
   * @default - 20 GiB, which come with each task
   */
  readonly ephemeralStorageGiB?: number;

  /**
   * Plain environment variables of the main container. Everyone who may describe the task definition can read them.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Environment variables of the main container whose values come from Secrets Manager or the Parameter Store when a task starts.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: ecs.Secret };

  /**
   * Files in S3 with plain environment variables of the main container, a `NAME=value` per line. `environment` and `secrets` go before them.
   *
   * The execution role may read the files. Where their bucket has a key of its own, allow the role to decrypt with it.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
   */
  readonly environmentFiles?: ecs.EnvironmentFile[];

  /**
   * Command of the main container.
   *
   * @default - the one of the image
   */
  readonly command?: string[];

  /**
   * Entry point of the main container.
   *
   * @default - the one of the image
   */
  readonly entryPoint?: string[];

  /**
   * Health check of the main container, see `HttpHealthCheck`.
   *
   * @default - none: a container that runs counts as healthy
   */
  readonly healthCheck?: ecs.HealthCheck;

  /**
   * Time between the signal to stop and the kill, 120 seconds at most.
   *
   * @default - 30 seconds, the default of ECS
   */
  readonly stopTimeout?: Duration;

  /**
   * User, and group after a colon, that the main container runs as.
   *
   * @default - the one of the image
   */
  readonly user?: string;

  /**
   * Mounts the root file system of the main container read-only.
   *
   * @default false
   */
  readonly readonlyRootFilesystem?: boolean;

  /**
   * Paths of the main container on an empty volume that lives as long as the task: what a read-only container still writes.
   *
   * Such a volume belongs to root unless the image declares the path as a `VOLUME` of its user.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
   */
  readonly scratchPaths?: string[];

  /**
   * Runs an init process in the main container that forwards signals and reaps processes.
   *
   * @default true
   */
  readonly initProcessEnabled?: boolean;

  /**
   * Role of the code in the task.
   *
   * @default - a new role without permissions
   */
  readonly taskRole?: iam.IRole;

  /**
   * Role that ECS uses to pull images, read secrets and write logs.
   *
   * @default - a new role with exactly the permissions that the containers need
   */
  readonly executionRole?: iam.IRole;
}
