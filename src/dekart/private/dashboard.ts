import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { SiteMetrics } from './metrics';

const THIRD = 8;

/** One page: what users see on top, then what it runs on, then what it costs and says. */
export function siteDashboard(scope: Construct, metrics: SiteMetrics, url: string): cloudwatch.Dashboard {
  const dashboard = new cloudwatch.Dashboard(scope, 'Dashboard', { defaultInterval: Duration.hours(12) });
  dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: `# Dekart\n[${url}](${url})`, width: 24, height: 2 }));
  dashboard.addWidgets(...userRow(metrics));
  dashboard.addWidgets(...taskRow(metrics));
  dashboard.addWidgets(...metadataRow(metrics));
  dashboard.addWidgets(...queryRow(metrics));
  return dashboard;
}

function graph(title: string, left: (cloudwatch.IMetric | undefined)[], right: (cloudwatch.IMetric | undefined)[] = [], unit?: string): cloudwatch.GraphWidget {
  const known = (series: (cloudwatch.IMetric | undefined)[]) => series.filter((metric) => metric !== undefined);
  return new cloudwatch.GraphWidget({ title, width: THIRD, left: known(left), right: known(right), leftYAxis: { min: 0, label: unit, showUnits: unit === undefined } });
}

function userRow(metrics: SiteMetrics): cloudwatch.GraphWidget[] {
  const { targetGroup, loadBalancer } = metrics.parts;
  const balancer = loadBalancer?.metrics;
  return [
    graph('Requests and sign-ins', [
      targetGroup.metrics.requestCount({ label: 'requests' }),
      balancer?.elbAuthSuccess({ label: 'sign-ins' }),
      balancer?.elbAuthFailure({ label: 'failed sign-ins' }),
    ], [], 'per 5 minutes'),
    graph('Errors', [
      metrics.serverErrors({ label: 'server, 5xx' }),
      metrics.answers(elbv2.HttpCodeTarget.TARGET_4XX_COUNT, { label: 'server, 4xx' }),
      balancer?.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT, { label: 'load balancer, 5xx' }),
    ], [], 'per 5 minutes'),
    graph('Time to answer; polls for news wait up to 30 seconds', [
      metrics.responseTime({ statistic: cloudwatch.Stats.percentile(50), label: 'half of the answers' }),
      metrics.responseTime({ label: '95 of 100' }),
    ], [], 'seconds'),
  ];
}

function taskRow(metrics: SiteMetrics): cloudwatch.GraphWidget[] {
  const { workload } = metrics;
  return [
    graph('Healthy tasks', [metrics.healthyHosts({ label: 'healthy' })], [], 'tasks'),
    graph('CPU of the task', [workload.metricCpuUtilization({ label: 'average' }), workload.metricCpuUtilization({ statistic: cloudwatch.Stats.MAXIMUM, label: 'highest' })], [], 'percent'),
    graph('Memory of the task', [workload.metricMemoryUtilization({ label: 'average' }), workload.metricMemoryUtilization({ statistic: cloudwatch.Stats.MAXIMUM, label: 'highest' })], [], 'percent'),
  ];
}

function metadataRow(metrics: SiteMetrics): cloudwatch.GraphWidget[] {
  const { database } = metrics;
  if (database) {
    return [
      graph('CPU of the database', [database.metricCPUUtilization({ label: 'average' })], [], 'percent'),
      graph('Connections to the database', [database.metricDatabaseConnections({ label: 'connections' })], [], 'connections'),
      graph('Free storage of the database', [database.metricFreeStorageSpace({ label: 'bytes' })], [], 'bytes'),
    ];
  }
  if (!metrics.parts.fileSystem) return [];
  return [
    graph('Clients of the file system', [metrics.fileSystemMetric('ClientConnections', cloudwatch.Stats.SUM)], [], 'connections'),
    graph('Traffic of the file system', [
      metrics.fileSystemMetric('DataReadIOBytes', cloudwatch.Stats.SUM), metrics.fileSystemMetric('DataWriteIOBytes', cloudwatch.Stats.SUM),
    ], [], 'bytes'),
    graph('Share of the file system\'s throughput', [metrics.fileSystemMetric('PercentIOLimit', cloudwatch.Stats.AVERAGE)], [], 'percent'),
  ];
}

function queryRow(metrics: SiteMetrics): cloudwatch.IWidget[] {
  const scanned = metrics.scannedBytes({ label: 'bytes scanned' });
  const logGroup = metrics.workload.logGroup;
  return [
    ...(scanned ? [graph('Scanned by Athena, which bills it', [scanned], [], 'bytes')] : []),
    ...(logGroup ? [lastErrors(logGroup, scanned ? 2 * THIRD : 3 * THIRD)] : []),
  ];
}

function lastErrors(logGroup: logs.ILogGroup, width: number): cloudwatch.LogQueryWidget {
  return new cloudwatch.LogQueryWidget({
    title: 'Last errors of the server',
    width,
    logGroupNames: [logGroup.logGroupName],
    queryLines: ['fields @timestamp, level, message, error', 'filter level in ["error", "fatal", "panic"]', 'sort @timestamp desc', 'limit 20'],
  });
}
