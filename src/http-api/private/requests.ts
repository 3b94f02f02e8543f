import { Names } from 'aws-cdk-lib';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { CATCH_ALL } from './route-rules';
import { MountedRoute } from './route-table';
import type { FargateWorkload } from '../../fargate/fargate-workload';
import { conflictIf, Conflicts, isKnown } from '../../private/prop-rules';
import type { ICloudMapHttpApi } from '../i-cloud-map-http-api';
import type { RequestScalingOptions } from '../request-scaling-options';

/** CloudWatch takes ten metrics in one alarm, and a scaling policy is made of alarms; one is kept for the tasks. */
const MAX_ROUTES = 9;

/** Id of the scaling policy, of which a service has one. */
const POLICY = 'RequestScaling';

/** A metric of one route, which the stage publishes when `detailedMetricsEnabled` is set. */
function routeMetric(api: ICloudMapHttpApi, route: MountedRoute, metricName: string, props: cloudwatch.MetricOptions): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: {
      ApiId: api.httpApi.apiId,
      Stage: api._shared.stageName,
      Method: route.path === undefined ? CATCH_ALL : route.method,
      Resource: route.path ?? CATCH_ALL,
    },
    ...props,
  });
}

export function detailedMetricsConflicts(api: ICloudMapHttpApi, what: string): Conflicts {
  return conflictIf(
    !api._shared.detailedMetricsEnabled,
    `\`${what}\` needs metrics per route, which are billed; set \`detailedMetricsEnabled\` of the API (${api.node.path})`,
  );
}

/** A metric over running tasks of a cluster that does not count them. */
export function taskCountConflicts(api: ICloudMapHttpApi, what: string): Conflicts {
  return conflictIf(
    api._shared.withoutTaskCount,
    `\`${what}\` needs the number of running tasks; leave \`containerInsights\` of the API (${api.node.path}) enabled`,
  );
}

/**
 * The sum of a metric over the routes of a service; a route without requests counts as zero.
 *
 * @param idPrefix Tells the metrics of several services apart in one graph.
 */
export function sumOverRoutes(
  api: ICloudMapHttpApi, routes: MountedRoute[], metricName: string, statistic: string, props?: cloudwatch.MetricOptions, idPrefix?: string,
): cloudwatch.MathExpression {
  return overRoutes('SUM', api, routes, metricName, statistic, props, idPrefix);
}

/** The same for the route that has most of it. */
export function maxOverRoutes(
  api: ICloudMapHttpApi, routes: MountedRoute[], metricName: string, statistic: string, props?: cloudwatch.MetricOptions, idPrefix?: string,
): cloudwatch.MathExpression {
  return overRoutes('MAX', api, routes, metricName, statistic, props, idPrefix);
}

function overRoutes(
  operation: string, api: ICloudMapHttpApi, routes: MountedRoute[], metricName: string, statistic: string, props: cloudwatch.MetricOptions = {}, idPrefix = 'route',
): cloudwatch.MathExpression {
  const ids = routes.map((_, index) => `${idPrefix}${index}`);
  const { label, color, period } = props;
  return new cloudwatch.MathExpression({
    expression: overAll(operation, ids),
    usingMetrics: Object.fromEntries(routes.map((route, index) => [ids[index], routeMetric(api, route, metricName, { statistic, period })])),
    label,
    color,
    period,
  });
}

/** Requests over running tasks, which stand for each other: the same expression as the one that `scaleOnRequests` follows. */
export function requestsPerTask(
  api: ICloudMapHttpApi, routes: MountedRoute[], workload: FargateWorkload, props: cloudwatch.MetricOptions = {},
): cloudwatch.MathExpression {
  const { label, color, period } = props;
  return new cloudwatch.MathExpression({
    expression: PER_TASK,
    usingMetrics: { requests: sumOverRoutes(api, routes, 'Count', 'SampleCount', { period }), tasks: workload.metricRunningTaskCount({ period }) },
    label,
    color,
    period,
  });
}

export function requestScalingConflicts(
  scope: Construct, api: ICloudMapHttpApi, routes: MountedRoute[], scaling: ecs.ScalableTaskCount | undefined, options: RequestScalingOptions,
): Conflicts {
  return [
    ...conflictIf(scope.node.tryFindChild(POLICY) !== undefined, '`scaleOnRequestsPerTask` is set already; call it once, after the last `addRoutes`'),
    ...detailedMetricsConflicts(api, 'scaleOnRequestsPerTask'),
    ...taskCountConflicts(api, 'scaleOnRequestsPerTask'),
    ...conflictIf(scaling === undefined, '`scaleOnRequestsPerTask` has no bounds to scale within; call `autoScaleTaskCount` first'),
    ...conflictIf(
      isKnown(options.requestsPerTask) && !(options.requestsPerTask > 0),
      `\`requestsPerTask\` must be more than 0 per minute, got ${options.requestsPerTask}; set what one task can take`,
    ),
    ...conflictIf(
      routes.length > MAX_ROUTES,
      `\`scaleOnRequestsPerTask\` can add up ${MAX_ROUTES} routes, and this service has ${routes.length}; mount fewer, such as ANY for all methods of a path`,
    ),
  ];
}

/** The L2 follows plain metrics only, so this is its L1. */
export function scaleOnRequests(
  scope: Construct, api: ICloudMapHttpApi, routes: MountedRoute[], workload: FargateWorkload, scaling: ecs.ScalableTaskCount, options: RequestScalingOptions,
): void {
  const target = scaling.node.findChild('Target') as appscaling.ScalableTarget;
  const inputs: [string, cloudwatch.Metric][] = routes.map((route, index) => [`route${index}`, routeMetric(api, route, 'Count', { statistic: 'SampleCount' })]);
  const total = overAll('SUM', inputs.map(([id]) => id));
  new appscaling.CfnScalingPolicy(scope, POLICY, {
    policyName: options.policyName ?? `${Names.uniqueResourceName(scope, { maxLength: 240 })}Requests`,
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.scalableTargetId,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: options.requestsPerTask,
      disableScaleIn: options.disableScaleIn,
      scaleInCooldown: options.scaleInCooldown?.toSeconds(),
      scaleOutCooldown: options.scaleOutCooldown?.toSeconds(),
      customizedMetricSpecification: {
        metrics: [
          ...[...inputs, ['tasks', workload.metricRunningTaskCount()] as const].map(([id, metric]) => metricQuery(id, metric)),
          { id: 'requests', expression: total, returnData: false },
          { id: 'perTask', expression: PER_TASK, label: 'requests per task and minute', returnData: true },
        ],
      },
    },
  });
}

const PER_TASK = 'requests / IF(tasks > 0, tasks, 1)';

function overAll(operation: string, ids: string[]): string {
  return `${operation}([${ids.map((id) => `FILL(${id}, 0)`).join(', ')}])`;
}

function metricQuery(id: string, metric: cloudwatch.Metric): appscaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty {
  const { namespace, metricName, dimensions, statistic } = metric.toMetricConfig().metricStat!;
  return { id, metricStat: { metric: { namespace, metricName, dimensions }, stat: statistic }, returnData: false };
}
