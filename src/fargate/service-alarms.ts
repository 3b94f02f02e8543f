import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { FargateWorkload } from './fargate-workload';
import { numberConflicts, throwOnConflicts } from '../private/prop-rules';

/**
 * Properties of `ServiceAlarms`.
 */
export interface ServiceAlarmsProps {
  /**
   * The workload that is watched.
   */
  readonly workload: FargateWorkload;

  /**
   * What every alarm here does when it goes off, such as `new SnsAction(topic)`.
   *
   * @default - nothing: the alarms only change their colour
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * CPU utilization in percent over 15 minutes that sets off the alarm.
   *
   * @default 90
   */
  readonly cpuUtilizationThreshold?: number;

  /**
   * Memory utilization in percent over 15 minutes that sets off the alarm.
   *
   * @default 90
   */
  readonly memoryUtilizationThreshold?: number;
}

/**
 * The alarms of one workload: CPU, memory, and what a blueprint adds.
 *
 * @example
 * import { FargateWorkload, ServiceAlarms } from 'cdk-fargate-blueprints';
 * import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
 * import * as sns from 'aws-cdk-lib/aws-sns';
 *
 * declare const workload: FargateWorkload;
 * declare const topic: sns.ITopic;
 * const alarms = new ServiceAlarms(this, 'Alarms', { workload });
 * alarms.addAlarmAction(new SnsAction(topic));
 */
export class ServiceAlarms extends Construct {
  private readonly created: cloudwatch.Alarm[] = [];
  private readonly actions: cloudwatch.IAlarmAction[];

  /**
   * @throws when a threshold is not a percentage
   */
  constructor(scope: Construct, id: string, props: ServiceAlarmsProps) {
    super(scope, id);
    const cpu = props.cpuUtilizationThreshold ?? 90;
    const memory = props.memoryUtilizationThreshold ?? 90;
    throwOnConflicts(this,
      numberConflicts('cpuUtilizationThreshold', cpu, 1, 100, 'percent'),
      numberConflicts('memoryUtilizationThreshold', memory, 1, 100, 'percent'),
    );
    this.actions = [...(props.alarmActions ?? [])];
    this.addAlarm('CpuUtilization', props.workload.metricCpuUtilization({ period: Duration.minutes(5) }), {
      alarmDescription: `CPU of the tasks is at ${cpu} % or more: raise \`cpu\`, or add tasks where the service takes more than one`,
      threshold: cpu,
      evaluationPeriods: 3,
    });
    this.addAlarm('MemoryUtilization', props.workload.metricMemoryUtilization({ period: Duration.minutes(5) }), {
      alarmDescription: `Memory of the tasks is at ${memory} % or more: raise \`memoryLimitMiB\` before tasks are killed`,
      threshold: memory,
      evaluationPeriods: 3,
    });
  }

  /**
   * The alarms, in the order in which they were added.
   */
  public get alarms(): cloudwatch.Alarm[] {
    return [...this.created];
  }

  /**
   * Adds an alarm that takes the actions of all the others. Missing data counts as good unless the options say otherwise.
   */
  public addAlarm(id: string, metric: cloudwatch.IMetric, options: cloudwatch.CreateAlarmOptions): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, id, {
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      ...options,
      metric,
    });
    if (this.actions.length > 0) alarm.addAlarmAction(...this.actions);
    this.created.push(alarm);
    return alarm;
  }

  /**
   * Adds actions to every alarm here, also to those that are added later.
   */
  public addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.actions.push(...actions);
    this.created.forEach((alarm) => alarm.addAlarmAction(...actions));
  }
}
