import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { apiOf, GET, serviceOf } from './fixtures';
import { ApiGatewayCloudMapFargateService } from '../../src';
import { only, regionStack } from '../support/fixtures';

const ALARM = 'AWS::CloudWatch::Alarm';

describe('alarms of the API', () => {
  test('server errors in percent, latency and latency of the services at the 99th percentile', () => {
    const { api, template } = apiOf({ alarmActions: [] });
    expect(api.alarms).toHaveLength(3);
    template().hasResourceProperties(ALARM, {
      Threshold: 5,
      EvaluationPeriods: 3,
      TreatMissingData: 'notBreaching',
      Metrics: Match.arrayWith([Match.objectLike({ Expression: 'IF(requests > 0, 100 * errors / requests, 0)' })]),
    });
    ['Latency', 'IntegrationLatency'].forEach((MetricName) => template().hasResourceProperties(ALARM, {
      MetricName,
      ExtendedStatistic: 'p99',
      Threshold: 5000,
      Namespace: 'AWS/ApiGateway',
      Dimensions: Match.arrayWith([{ Name: 'Stage', Value: '$default' }]),
    }));
  });

  test('every alarm takes the actions', () => {
    const stack = regionStack();
    const topic = new sns.Topic(stack, 'Topic');
    const { template } = apiOf({ alarmActions: [new SnsAction(topic)] }, stack);
    const alarms = Object.values(template().findResources(ALARM));
    alarms.forEach((alarm) => expect(alarm.Properties.AlarmActions).toEqual([stack.resolve(topic.topicArn)]));
  });
});

describe('alarms of a service', () => {
  test('CPU, memory and no running task', () => {
    const { service, template } = serviceOf({ alarmActions: [] });
    expect(service.alarms!.alarms).toHaveLength(3);
    template().hasResourceProperties(ALARM, {
      MetricName: 'RunningTaskCount', Namespace: 'ECS/ContainerInsights', ComparisonOperator: 'LessThanThreshold', Threshold: 1, Statistic: 'Minimum',
    });
  });

  test('none for running tasks where nobody counts them', () => {
    const { service, template } = serviceOf({ alarmActions: [] }, { containerInsights: ecs.ContainerInsights.DISABLED });
    expect(service.alarms!.alarms).toHaveLength(2);
    template().resourcePropertiesCountIs(ALARM, { MetricName: 'RunningTaskCount' }, 0);
  });

  test('none without alarmActions', () => {
    const { service, template } = serviceOf();
    expect(service.alarms).toBeUndefined();
    template().resourceCountIs(ALARM, 0);
  });
});

describe('scaling', () => {
  const detailed = { detailedMetricsEnabled: true };

  test('autoScaleTaskCount keeps at least the desired tasks', () => {
    const { service, template } = serviceOf();
    service.autoScaleTaskCount({ maxCapacity: 10 }).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    template().hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 10 });
    template().hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' }, TargetValue: 60 },
    });
  });

  test('minCapacity', () => {
    const { service, template } = serviceOf({ maxHealthyPercent: 200 });
    service.autoScaleTaskCount({ minCapacity: 1, maxCapacity: 10 });
    template().hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 1 });
  });

  test('scaleOnRequestsPerTask follows the requests of the service over its running tasks', () => {
    const { service, stack, api, template } = serviceOf({ path: '/users', methods: [GET] }, detailed);
    service.autoScaleTaskCount({ maxCapacity: 10 });
    service.scaleOnRequestsPerTask({ requestsPerTask: 600, scaleInCooldown: Duration.minutes(5), scaleOutCooldown: Duration.minutes(1), disableScaleIn: false });
    const policy = only(template(), 'AWS::ApplicationAutoScaling::ScalingPolicy');
    const { CustomizedMetricSpecification, ...configuration } = policy.TargetTrackingScalingPolicyConfiguration;
    expect(configuration).toEqual({ TargetValue: 600, ScaleInCooldown: 300, ScaleOutCooldown: 60, DisableScaleIn: false });
    const [proxy, exact, tasks, requests, perTask] = CustomizedMetricSpecification.Metrics;
    expect(proxy).toEqual({
      Id: 'route0',
      ReturnData: false,
      MetricStat: {
        Stat: 'SampleCount',
        Metric: {
          Namespace: 'AWS/ApiGateway',
          MetricName: 'Count',
          Dimensions: expect.arrayContaining([
            { Name: 'ApiId', Value: stack.resolve(api.httpApi.apiId) },
            { Name: 'Stage', Value: '$default' },
            { Name: 'Method', Value: 'GET' },
            { Name: 'Resource', Value: '/users/{proxy+}' },
          ]),
        },
      },
    });
    expect(exact.MetricStat.Metric.Dimensions).toContainEqual({ Name: 'Resource', Value: '/users' });
    expect(tasks.MetricStat).toMatchObject({ Stat: 'Average', Metric: { Namespace: 'ECS/ContainerInsights', MetricName: 'RunningTaskCount' } });
    expect(requests).toEqual({ Id: 'requests', Expression: 'SUM([FILL(route0, 0), FILL(route1, 0)])', ReturnData: false });
    expect(perTask).toMatchObject({ Id: 'perTask', Expression: 'requests / IF(tasks > 0, tasks, 1)', ReturnData: true });
  });

  test('without it there is no policy', () => {
    serviceOf({}, detailed).template().resourceCountIs('AWS::ApplicationAutoScaling::ScalingPolicy', 0);
  });

  test.each<[string, (service: ApiGatewayCloudMapFargateService) => void, RegExp]>([
    ['nothing bounds it', (service) => service.scaleOnRequestsPerTask({ requestsPerTask: 1 }), /`scaleOnRequestsPerTask` has no bounds .* call `autoScaleTaskCount` first/],
    [
      'the number makes no sense', (service) => {
        service.autoScaleTaskCount({ maxCapacity: 4 });
        service.scaleOnRequestsPerTask({ requestsPerTask: 0 });
      }, /`requestsPerTask` must be more than 0 per minute, got 0/,
    ],
    [
      'it is set already', (service) => {
        service.autoScaleTaskCount({ maxCapacity: 4 });
        service.scaleOnRequestsPerTask({ requestsPerTask: 1 });
        service.scaleOnRequestsPerTask({ requestsPerTask: 2 });
      }, /`scaleOnRequestsPerTask` is set already; call it once, after the last `addRoutes`/,
    ],
    [
      'there are too many routes', (service) => {
        service.autoScaleTaskCount({ maxCapacity: 4 });
        for (let n = 0; n < 8; n++) service.addRoutes({ path: `/r${n}` });
        service.scaleOnRequestsPerTask({ requestsPerTask: 1 });
      }, /can add up 9 routes, and this service has 10/,
    ],
  ])('fails when %s', (_name, use, message) => {
    expect(() => use(serviceOf({}, detailed).service)).toThrow(message);
  });

  test.each<[string, (service: ApiGatewayCloudMapFargateService) => unknown]>([
    ['scaleOnRequestsPerTask', (service) => service.scaleOnRequestsPerTask({ requestsPerTask: 1 })],
    ['metricRequests', (service) => service.metricRequests()],
    ['metricServerErrors', (service) => service.metricServerErrors()],
    ['metricRequestsPerTask', (service) => service.metricRequestsPerTask()],
  ])('fails when %s lacks metrics per route', (name, use) => {
    expect(() => use(serviceOf().service)).toThrow(new RegExp(`\`${name}\` needs metrics per route, which are billed; set \`detailedMetricsEnabled\` of the API`));
  });
});

test('fails when requests per task lack the number of tasks', () => {
  const { service } = serviceOf({}, { detailedMetricsEnabled: true, containerInsights: ecs.ContainerInsights.DISABLED });
  service.autoScaleTaskCount({ maxCapacity: 4 });
  const message = /needs the number of running tasks; leave `containerInsights` of the API \(Stack\/Api\) enabled/;
  expect(() => service.scaleOnRequestsPerTask({ requestsPerTask: 1 })).toThrow(message);
  expect(() => service.metricRequestsPerTask()).toThrow(message);
});

describe('metrics of a service', () => {
  test.each<[string, (service: ApiGatewayCloudMapFargateService) => cloudwatch.MathExpression, string]>([
    ['requests', (service) => service.metricRequests({ period: Duration.minutes(1) }), 'Count'],
    ['server errors', (service) => service.metricServerErrors({ period: Duration.minutes(1) }), '5xx'],
  ])('%s are added up over its routes', (_name, use, metricName) => {
    const { service } = serviceOf({ path: '/users' }, { detailedMetricsEnabled: true });
    const metric = use(service);
    expect(metric.period.toSeconds()).toBe(60);
    expect(Object.values(metric.usingMetrics).map((each: any) => [each.metricName, each.dimensions.Resource])).toEqual([
      [metricName, '/users/{proxy+}'], [metricName, '/users'],
    ]);
  });

  test('the catch-all route has a metric of its own name', () => {
    const { service } = serviceOf({ path: '$default' }, { detailedMetricsEnabled: true });
    expect(Object.values(service.metricRequests().usingMetrics)).toMatchObject([{ dimensions: { Method: '$default', Resource: '$default' } }]);
  });

  test('requests per task make an alarm', () => {
    const { service, stack, template } = serviceOf({ path: '/users' }, { detailedMetricsEnabled: true });
    service.metricRequestsPerTask().createAlarm(stack, 'Busy', { threshold: 1000, evaluationPeriods: 1 });
    template().hasResourceProperties(ALARM, { Metrics: Match.arrayWith([Match.objectLike({ Expression: 'requests / IF(tasks > 0, tasks, 1)' })]) });
  });
});
