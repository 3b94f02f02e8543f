import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { serviceLogGroup } from '../../private/log-group';
import type { CloudMapHttpApiProps } from '../cloud-map-http-api-props';

/** Left to its default the L2 lets tasks with a shell write to every log group of the account. */
export function shellSessions(scope: Construct, props: CloudMapHttpApiProps): ecs.ExecuteCommandConfiguration | undefined {
  if (props.cluster) return undefined;
  if (!props.enableExecuteCommand) return { logging: ecs.ExecuteCommandLogging.NONE };
  const cloudWatchLogGroup = serviceLogGroup(scope, 'ShellLog', { ...props, retention: props.accessLogRetention });
  return { logging: ecs.ExecuteCommandLogging.OVERRIDE, logConfiguration: { cloudWatchLogGroup } };
}
