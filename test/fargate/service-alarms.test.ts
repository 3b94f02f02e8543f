import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { FargateWorkload, ServiceAlarms, ServiceAlarmsProps } from '../../src';
import { IMAGE, regionStack } from '../support/fixtures';

function alarmed(props: Partial<ServiceAlarmsProps> = {}, stack: Stack = regionStack()) {
  const workload = new FargateWorkload(stack, 'Workload', { image: IMAGE });
  const alarms = new ServiceAlarms(stack, 'Alarms', { workload, ...props });
  return { stack, workload, alarms };
}

test.each(['CPUUtilization', 'MemoryUtilization'])('%s of 90 %% over 15 minutes sets off an alarm by default', (metric) => {
  const { stack, workload } = alarmed();
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/ECS',
    MetricName: metric,
    Dimensions: Match.arrayWith([{ Name: 'ServiceName', Value: stack.resolve(workload.service.serviceName) }]),
    Threshold: 90,
    Period: 300,
    EvaluationPeriods: 3,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: Match.absent(),
  });
});

test('thresholds are taken', () => {
  const { stack } = alarmed({ cpuUtilizationThreshold: 70, memoryUtilizationThreshold: 60 });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'CPUUtilization', Threshold: 70 });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'MemoryUtilization', Threshold: 60 });
});

test('actions reach every alarm, given or added before and after', () => {
  const stack = regionStack();
  const [first, second] = ['First', 'Second'].map((id) => new sns.Topic(stack, id));
  const { alarms } = alarmed({ alarmActions: [new SnsAction(first)] }, stack);
  alarms.addAlarmAction(new SnsAction(second));
  alarms.addAlarm('Late', new cloudwatch.Metric({ namespace: 'My', metricName: 'Late' }), { threshold: 1, evaluationPeriods: 1 });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::CloudWatch::Alarm', 3);
  template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [first, second].map((topic) => stack.resolve(topic.topicArn)) });
});

test('the list holds every alarm and cannot be changed from outside', () => {
  const { alarms } = alarmed();
  const added = alarms.addAlarm('More', new cloudwatch.Metric({ namespace: 'My', metricName: 'More', period: Duration.minutes(1) }), {
    threshold: 5, evaluationPeriods: 2, treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  });
  alarms.alarms.pop();
  expect(alarms.alarms).toHaveLength(3);
  expect(alarms.alarms[2]).toBe(added);
});

test('fails for thresholds that are no percentage, all at once', () => {
  expect(() => alarmed({ cpuUtilizationThreshold: 0, memoryUtilizationThreshold: 101 }))
    .toThrow(/2 conflicts:\n- `cpuUtilizationThreshold` .* got 0\n- `memoryUtilizationThreshold` .* got 101$/);
});
