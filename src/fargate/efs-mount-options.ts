import * as efs from 'aws-cdk-lib/aws-efs';

/**
 * A directory on EFS, mounted into the main container.
 */
export interface EfsMountOptions {
  /**
   * The file system. Its security group has to be changeable from here, or let the tasks in already.
   */
  readonly fileSystem: efs.IFileSystem;

  /**
   * Directory, user and group that the task gets.
   */
  readonly accessPoint: efs.IAccessPoint;

  /**
   * Path in the container.
   */
  readonly containerPath: string;

  /**
   * Mounts it without write access.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}
