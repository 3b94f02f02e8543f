import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { FargateWorkload } from '../../fargate/fargate-workload';
import { ServiceAlarms } from '../../fargate/service-alarms';
import type { CloudMapHttpApi } from '../cloud-map-http-api';
import type { ICloudMapHttpApi } from '../i-cloud-map-http-api';

const PERIOD_MINUTES = 5;
const PERIODS = 3;
const SERVER_ERRORS_PERCENT = 5;
const SLOW_SECONDS = 5;

/** Server errors, slow answers, slow services. Quiet hours count as good. */
export function apiAlarms(scope: Construct, api: CloudMapHttpApi, actions: cloudwatch.IAlarmAction[]): cloudwatch.Alarm[] {
  const settings = {
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    evaluationPeriods: PERIODS,
  };
  const slow = Duration.seconds(SLOW_SECONDS);
  const p99 = { period: Duration.minutes(PERIOD_MINUTES), statistic: cloudwatch.Stats.percentile(99) };
  const alarms = [
    new cloudwatch.Alarm(scope, 'ServerErrorsAlarm', {
      ...settings,
      alarmDescription: `${SERVER_ERRORS_PERCENT} % of the answers or more are server errors: see \`errMsg\` and \`integrationStatus\` in the access log`,
      metric: serverErrorRate(api),
      threshold: SERVER_ERRORS_PERCENT,
    }),
    new cloudwatch.Alarm(scope, 'LatencyAlarm', {
      ...settings,
      alarmDescription: `One answer in a hundred takes ${slow.toHumanString()} or longer`,
      metric: api.metricLatency(p99),
      threshold: slow.toMilliseconds(),
    }),
    new cloudwatch.Alarm(scope, 'IntegrationLatencyAlarm', {
      ...settings,
      alarmDescription: `A service takes ${slow.toHumanString()} or longer for one answer in a hundred: see \`integrationLatency\` in the access log`,
      metric: api.metricIntegrationLatency(p99),
      threshold: slow.toMilliseconds(),
    }),
  ];
  if (actions.length > 0) alarms.forEach((alarm) => alarm.addAlarmAction(...actions));
  return alarms;
}

/** Server errors in percent of the requests. */
export function serverErrorRate(api: CloudMapHttpApi): cloudwatch.MathExpression {
  const period = Duration.minutes(PERIOD_MINUTES);
  return new cloudwatch.MathExpression({
    expression: 'IF(requests > 0, 100 * errors / requests, 0)',
    usingMetrics: { errors: api.metricServerError({ period }), requests: api.metricCount({ period }) },
    label: 'server errors, percent',
    period,
  });
}

/** CPU, memory, and a service without a task, which is what API Gateway answers 503 for. */
export function serviceAlarms(
  scope: Construct, api: ICloudMapHttpApi, workload: FargateWorkload, alarmActions: cloudwatch.IAlarmAction[],
): ServiceAlarms {
  const alarms = new ServiceAlarms(scope, 'Alarms', { workload, alarmActions });
  if (api._shared.withoutTaskCount) return alarms; // the last one would never go off
  const period = Duration.minutes(1);
  alarms.addAlarm('NoRunningTask', workload.metricRunningTaskCount({ period, statistic: cloudwatch.Stats.MINIMUM }), {
    alarmDescription: 'No task runs, so the API answers 503: see the events of the service and the log of its tasks',
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    evaluationPeriods: PERIODS,
  });
  return alarms;
}
