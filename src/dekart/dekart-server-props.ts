import { Size } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DekartVersion } from './dekart-version';
import { DekartWorkspaceRole } from './dekart-workspace-role';

/**
 * What the server is, and the task that it runs in.
 */
export interface DekartServerProps {
  /**
   * Release of the server. Going back over a release that changed the database ends the server: take a snapshot before an upgrade.
   *
   * @default DekartVersion.V0_23_2
   */
  readonly version?: DekartVersion;

  /**
   * Image to run instead of the public one, such as a mirror in ECR that spares the pull limits of Docker Hub. It has to be of `version`,
   * whose rules stay.
   *
   * @default - `dekartxyz/dekart` of the version on Docker Hub
   */
  readonly image?: ecs.ContainerImage;

  /**
   * Licence key, free of charge. It is needed for PostgreSQL from 0.23 on, and for `PER_USER` identity. An expired key keeps a new task from
   * starting.
   *
   * @default - none
   * @see https://dekart.xyz/docs/self-hosting/enable-sso-open-source-instance/
   */
  readonly licenseKey?: ecs.Secret;

  /**
   * Token for base maps of Mapbox. It reaches the browsers of users: restrict it to the site's address.
   *
   * @default - base maps that need no token
   */
  readonly mapboxToken?: ecs.Secret;

  /**
   * E-mail address of the administrator of the workspace.
   *
   * @default - every user is an administrator
   */
  readonly workspaceAdmin?: string;

  /**
   * Role of new users. It needs `workspaceAdmin`.
   *
   * @default - viewer with `workspaceAdmin`, else admin
   */
  readonly defaultWorkspaceRole?: DekartWorkspaceRole;

  /**
   * Size of the largest file that users may upload. Parts are held in memory.
   *
   * @default - the one of the server
   */
  readonly maxFileUploadSize?: Size;

  /**
   * Further plain variables of the server.
   *
   * @default - none
   * @see https://dekart.xyz/docs/configuration/environment-variables/
   */
  readonly environment?: { [name: string]: string };

  /**
   * Further secret variables of the server.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: ecs.Secret };

  /**
   * Cluster to run in.
   *
   * @default - a new one
   */
  readonly cluster?: ecs.ICluster;

  /**
   * Security groups of the task, which are used as they are. They have to let the load balancer in on port 8080.
   *
   * @default - a new one
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * CPU units of the task.
   *
   * @default 256
   */
  readonly cpu?: number;

  /**
   * Memory of the task in MiB. Four uploads of 140 MB at a time take 340.
   *
   * @default 1024
   */
  readonly memoryLimitMiB?: number;

  /**
   * Architecture that the server runs on; ARM64 is cheaper and needs 0.23 or later.
   *
   * @default ecs.CpuArchitecture.X86_64
   */
  readonly cpuArchitecture?: ecs.CpuArchitecture;

  /**
   * Capacity that the task runs on. A Spot task is taken away at two minutes' notice, and the site is away until the next one runs.
   *
   * @default - FARGATE
   */
  readonly capacityProviderStrategies?: ecs.CapacityProviderStrategy[];

  /**
   * Role of the server. It gets the permissions that store and data source need; one that is imported has to be changeable, or have them already.
   *
   * @default - a new role with exactly these permissions
   */
  readonly taskRole?: iam.IRole;

  /**
   * Role that ECS uses to pull the image, read secrets and write logs.
   *
   * @default - a new role with exactly the permissions that the containers need
   */
  readonly executionRole?: iam.IRole;

  /**
   * Lets people with the permission open a shell in the container, see `workload.executeCommand`. Its root file system is then writable.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;

  /**
   * Metrics that a new cluster gathers. They are billed by the metric.
   *
   * @default ecs.ContainerInsights.ENABLED
   */
  readonly containerInsights?: ecs.ContainerInsights;

  /**
   * Log driver of the server: `awslogs`, `splunk` or `awsfirelens`, such as `ecs.LogDrivers.awsLogs({ logGroup, streamPrefix })` for a group
   * that exists.
   *
   * @default - awslogs to a new log group
   */
  readonly logging?: ecs.LogDriver;

  /**
   * Alarms that undo a deployment during which they go off. Undoing an upgrade that changed the database ends the server: leave them out of such a
   * deployment.
   *
   * @default - a deployment is undone when its task does not become healthy
   */
  readonly rollbackAlarms?: cloudwatch.IAlarm[];
}
