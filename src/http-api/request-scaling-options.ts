import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';

/**
 * How the number of tasks follows the requests.
 */
export interface RequestScalingOptions extends appscaling.BaseTargetTrackingProps {
  /**
   * Requests per minute that one task should get. More tasks are started above it, and tasks are stopped below it.
   */
  readonly requestsPerTask: number;
}
