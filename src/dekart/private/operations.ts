import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { siteAlarms } from './alarms';
import { siteDashboard } from './dashboard';
import type { SiteMetrics } from './metrics';
import type { DekartSettings } from './settings';
import type { ServiceAlarms } from '../../fargate/service-alarms';
import type { BoundIngress } from '../application-ingress';

export interface SiteOperations {
  readonly webAcl?: wafv2.CfnWebACL;
  readonly alarms?: ServiceAlarms;
  readonly dashboard?: cloudwatch.Dashboard;
}

/** What guards and watches a site, where it is asked for. */
export function siteOperations(scope: Construct, { props }: DekartSettings, ingress: BoundIngress, metrics: SiteMetrics, url: string): SiteOperations {
  const { alarmActions, rollbackAlarms = [] } = props;
  if (rollbackAlarms.length > 0) metrics.workload.service.enableDeploymentAlarms(rollbackAlarms.map((alarm) => alarm.alarmName));
  return {
    webAcl: ingress.loadBalancer && props.webAcl?._bind(scope, ingress.loadBalancer, props),
    alarms: alarmActions && siteAlarms(scope, { metrics, certificate: ingress.certificate, alarmActions }),
    dashboard: props.createDashboard ?? false ? siteDashboard(scope, metrics, url) : undefined,
  };
}
