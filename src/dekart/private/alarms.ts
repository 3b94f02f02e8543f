import { Duration } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { SiteMetrics } from './metrics';
import { ServiceAlarms } from '../../fargate/service-alarms';

const GIB = 1024 ** 3;

export interface SiteAlarmsProps {
  readonly metrics: SiteMetrics;
  readonly certificate?: acm.ICertificate;
  readonly alarmActions: cloudwatch.IAlarmAction[];
}

/** What people should hear of before users call. */
export function siteAlarms(scope: Construct, { metrics, certificate, alarmActions }: SiteAlarmsProps): ServiceAlarms {
  const alarms = new ServiceAlarms(scope, 'Alarms', { workload: metrics.workload, alarmActions });
  alarms.addAlarm('NoHealthyHost', metrics.healthyHosts(), {
    alarmDescription: 'No healthy task for 5 minutes: the site is away. Look at the events of the service and at the log of the last task',
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 5, // a deployment takes the site away for one or two
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  });
  alarms.addAlarm('ServerErrors', metrics.serverErrors(), {
    alarmDescription: 'Ten answers with 5xx within 5 minutes: look at the log of the task',
    threshold: 10,
    evaluationPeriods: 1,
  });
  alarms.addAlarm('ResponseTime', metrics.responseTime(), {
    alarmDescription: 'One answer in twenty takes longer than 45 seconds, more than any poll for news: the server or its database is busy',
    threshold: 45,
    evaluationPeriods: 3,
  });
  if (certificate) addCertificateAlarm(alarms, certificate);
  if (metrics.database) addDatabaseAlarms(alarms, metrics.database);
  return alarms;
}

function addCertificateAlarm(alarms: ServiceAlarms, certificate: acm.ICertificate): void {
  alarms.addAlarm('CertificateExpiry', certificate.metricDaysToExpiry({ period: Duration.days(1) }), {
    alarmDescription: 'The certificate ends within 30 days and was not renewed: look at its validation record',
    threshold: 30,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 1,
  });
}

/** The health check of the target group passes also when the database is away. */
function addDatabaseAlarms(alarms: ServiceAlarms, database: NonNullable<SiteMetrics['database']>): void {
  alarms.addAlarm('DatabaseCpu', database.metricCPUUtilization(), {
    alarmDescription: 'CPU of the database is at 90 % or more for 15 minutes: take a larger `instanceType`',
    threshold: 90,
    evaluationPeriods: 3,
  });
  alarms.addAlarm('DatabaseStorage', database.metricFreeStorageSpace(), {
    alarmDescription: 'Less than 2 GiB of storage are free: raise `maxAllocatedStorage`',
    threshold: 2 * GIB,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 1,
  });
  alarms.addAlarm('DatabaseConnections', database.metricDatabaseConnections(), {
    alarmDescription: 'Fifty connections to the database, of which the server keeps three: somebody else uses it, or connections leak',
    threshold: 50,
    evaluationPeriods: 3,
  });
}
