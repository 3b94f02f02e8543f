import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ApplicationIngress, DekartAuthentication, DekartDataSource, DekartMetadataStore, DekartOnFargateProps, ServiceNetwork } from '../../../src';
import { dekartIn, dekartTemplate, secretOf } from '../../support/dekart';
import { existingVpc, only, regionStack } from '../../support/fixtures';

const ALARM = 'AWS::CloudWatch::Alarm';
const KEYLESS: Partial<DekartOnFargateProps> = {
  metadataStore: DekartMetadataStore.sqliteOnEfs(), licenseKey: undefined, authentication: DekartAuthentication.none('a test'),
};

/** The text of a dashboard, with references in place of what only the deployment knows. */
function dashboardText(template: Template): string {
  return JSON.stringify(only(template, 'AWS::CloudWatch::Dashboard').DashboardBody);
}

describe('alarms', () => {
  test('there are none unless actions are given', () => {
    const stack = regionStack();
    expect(dekartIn(stack).alarms).toBeUndefined();
    Template.fromStack(stack).resourceCountIs(ALARM, 0);
  });

  test('watch site, task, database and certificate, and take the actions', () => {
    const stack = regionStack();
    const topic = new sns.Topic(stack, 'Topic');
    const dekart = dekartIn(stack, { alarmActions: [new actions.SnsAction(topic)] });
    expect(dekart.alarms!.alarms.map((alarm) => alarm.node.id)).toEqual([
      'CpuUtilization', 'MemoryUtilization', 'NoHealthyHost', 'ServerErrors', 'ResponseTime', 'CertificateExpiry', 'DatabaseCpu', 'DatabaseStorage', 'DatabaseConnections',
    ]);
    const template = Template.fromStack(stack);
    template.allResourcesProperties(ALARM, { AlarmActions: [{ Ref: Match.stringLikeRegexp('^Topic') }], AlarmDescription: Match.anyValue() });
    template.hasResourceProperties(ALARM, { MetricName: 'HealthyHostCount', Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching', EvaluationPeriods: 5, Period: 60 });
    template.hasResourceProperties(ALARM, { MetricName: 'HTTPCode_Target_5XX_Count', Threshold: 10, Statistic: 'Sum' });
    template.hasResourceProperties(ALARM, { MetricName: 'TargetResponseTime', Threshold: 45, ExtendedStatistic: 'p95' });
    template.hasResourceProperties(ALARM, { MetricName: 'DaysToExpiry', Threshold: 30, ComparisonOperator: 'LessThanThreshold' });
    template.hasResourceProperties(ALARM, { MetricName: 'FreeStorageSpace', Threshold: 2 * 1024 ** 3 });
    template.hasResourceProperties(ALARM, { MetricName: 'DatabaseConnections', Threshold: 50 });
  });

  test('leave out what is not there, and without actions only change their colour', () => {
    const stack = regionStack();
    const dekart = dekartIn(stack, { ...KEYLESS, domainName: undefined, domainZone: undefined, alarmActions: [] });
    expect(dekart.alarms!.alarms.map((alarm) => alarm.node.id)).toEqual(['CpuUtilization', 'MemoryUtilization', 'NoHealthyHost', 'ServerErrors', 'ResponseTime']);
    Template.fromStack(stack).allResourcesProperties(ALARM, { AlarmActions: Match.absent() });
  });

  test('watch a certificate that was given', () => {
    dekartTemplate((stack) => ({
      alarmActions: [],
      domainZone: undefined,
      certificate: acm.Certificate.fromCertificateArn(stack, 'Given', 'arn:aws:acm:eu-central-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef'),
    })).hasResourceProperties(ALARM, { MetricName: 'DaysToExpiry', Dimensions: [{ Name: 'CertificateArn', Value: Match.stringLikeRegexp('^arn:aws:acm') }] });
  });
});

describe('dashboard', () => {
  test('there is none unless it is asked for', () => {
    dekartTemplate().resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });

  test('shows traffic, task, database, queries and errors on one page', () => {
    const stack = regionStack();
    expect(dekartIn(stack, { createDashboard: true }).dashboard).toBeDefined();
    const text = dashboardText(Template.fromStack(stack));
    for (const metric of [
      'RequestCount', 'ELBAuthSuccess', 'HTTPCode_Target_5XX_Count', 'HTTPCode_ELB_5XX_Count', 'TargetResponseTime', 'HealthyHostCount',
      'CPUUtilization', 'MemoryUtilization', 'DatabaseConnections', 'FreeStorageSpace', 'ProcessedBytes', 'filter level',
    ]) expect(text).toContain(metric);
  });

  test('shows the file system of SQLite in place of a database', () => {
    const text = dashboardText(dekartTemplate({ ...KEYLESS, createDashboard: true }));
    expect(text).toContain('ClientConnections');
    expect(text).not.toContain('FreeStorageSpace');
  });

  test('shows what there is without Athena, own metadata and load balancer', () => {
    const template = dekartTemplate((stack) => ({
      ...KEYLESS,
      createDashboard: true,
      network: ServiceNetwork.fromVpc(existingVpc(stack)),
      domainZone: undefined,
      metadataStore: DekartMetadataStore.sqliteWithBackups(),
      dataSource: DekartDataSource.postgres(secretOf(stack, 'source')),
      ingress: ApplicationIngress.existingListener(elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Imported', {
        listenerArn: 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/shared/0123456789abcdef/0123456789abcdef',
        securityGroup: dekartGroup(stack),
      }), { priority: 1 }),
    }));
    const text = dashboardText(template);
    for (const absent of ['ProcessedBytes', 'ELBAuthSuccess', 'ClientConnections', 'DatabaseConnections']) expect(text).not.toContain(absent);
    expect(text).toContain('RequestCount');
  });
});

function dekartGroup(stack: Stack) {
  return ec2.SecurityGroup.fromSecurityGroupId(stack, 'Theirs', 'sg-0123456789abcdef0');
}
