import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { serverErrorRate } from './alarms';
import { serviceWidgets } from './service-widgets';
import type { CloudMapHttpApi } from '../cloud-map-http-api';

const FULL = 24;
const HALF = 12;
const THIRD = 8;

/**
 * Requests, errors and latency, of the API and by service; tasks, CPU and memory by service; routes.
 *
 * The names of ECS services are found by search, and so are routes of other apps: the API's stack refers to none of them.
 */
export function apiDashboard(scope: Construct, api: CloudMapHttpApi): cloudwatch.Dashboard {
  const label = { count: 'requests', client: 'client errors', server: 'server errors' };
  return new cloudwatch.Dashboard(scope, 'Dashboard', {
    widgets: [
      [new cloudwatch.TextWidget({ markdown: `# ${api.node.path}\n[${api.url}](${api.url})`, width: FULL, height: 2 })],
      [
        graph('Requests and errors', THIRD, [
          api.metricCount({ label: label.count }),
          api.metricClientError({ label: label.client, color: cloudwatch.Color.ORANGE }),
          api.metricServerError({ label: label.server, color: cloudwatch.Color.RED }),
        ]),
        graph('Server errors, percent', THIRD, [serverErrorRate(api)]),
        graph('Latency, ms', THIRD, [
          api.metricLatency({ label: 'p50', statistic: cloudwatch.Stats.percentile(50) }),
          api.metricLatency({ label: 'p99', statistic: cloudwatch.Stats.percentile(99) }),
          api.metricIntegrationLatency({ label: 'services p99', statistic: cloudwatch.Stats.percentile(99) }),
        ]),
      ],
      [serviceWidgets(api)],
      [
        graph('Running tasks', THIRD, [byService(api, 'ECS/ContainerInsights', 'RunningTaskCount', 'Average')]),
        graph('CPU, percent', THIRD, [byService(api, 'AWS/ECS', 'CPUUtilization', 'Average')]),
        graph('Memory, percent', THIRD, [byService(api, 'AWS/ECS', 'MemoryUtilization', 'Average')]),
      ],
      ...(api._shared.detailedMetricsEnabled ? [routeRow(api)] : []),
    ],
  });
}

function routeRow(api: CloudMapHttpApi): cloudwatch.IWidget[] {
  return [
    graph('Requests by route', THIRD, [byRoute(api, 'Count', 'SampleCount')]),
    graph('Server errors by route', THIRD, [byRoute(api, '5xx', 'Sum')]),
    graph('Latency by route, ms', THIRD, [byRoute(api, 'IntegrationLatency', 'p99')]),
  ];
}

function graph(title: string, width: number, left: cloudwatch.IMetric[]): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, width, left, height: HALF / 2, leftYAxis: { min: 0 } });
}

function byService(api: CloudMapHttpApi, namespace: string, metricName: string, statistic: string): cloudwatch.MathExpression {
  return search(`{${namespace},ClusterName,ServiceName} MetricName="${metricName}" ClusterName="${api.cluster.clusterName}"`, statistic, "${PROP('Dim.ServiceName')}");
}

function byRoute(api: CloudMapHttpApi, metricName: string, statistic: string): cloudwatch.MathExpression {
  return search(
    `{AWS/ApiGateway,ApiId,Method,Resource,Stage} MetricName="${metricName}" ApiId="${api.httpApi.apiId}"`,
    statistic,
    "${PROP('Dim.Method')} ${PROP('Dim.Resource')}",
  );
}

function search(query: string, statistic: string, label: string): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({ expression: `SEARCH('${query}', '${statistic}')`, usingMetrics: {}, label });
}
