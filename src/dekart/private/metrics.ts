import { Duration } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { FargateWorkload } from '../../fargate/fargate-workload';

/** Where the numbers of a site come from. */
export interface SiteParts {
  readonly workload: FargateWorkload;
  readonly targetGroup: elbv2.ApplicationTargetGroup;
  readonly loadBalancer?: elbv2.IApplicationLoadBalancer;
  readonly database?: rds.IDatabaseInstance;
  readonly fileSystem?: efs.IFileSystem;
  readonly workGroup?: athena.CfnWorkGroup;
}

/** The numbers of a site: one place for methods, alarms and dashboard. */
export class SiteMetrics {
  public readonly workload: FargateWorkload;
  public readonly database?: rds.IDatabaseInstance;

  constructor(public readonly parts: SiteParts) {
    this.workload = parts.workload;
    this.database = parts.database;
  }

  public healthyHosts(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.parts.targetGroup.metrics.healthyHostCount({ statistic: cloudwatch.Stats.MINIMUM, period: Duration.minutes(1), ...props });
  }

  public responseTime(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.parts.targetGroup.metrics.targetResponseTime({ statistic: cloudwatch.Stats.percentile(95), ...props });
  }

  public serverErrors(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.answers(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, props);
  }

  public answers(code: elbv2.HttpCodeTarget, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.parts.targetGroup.metrics.httpCodeTarget(code, props);
  }

  /** Bytes that queries scanned, which is what Athena bills. */
  public scannedBytes(props?: cloudwatch.MetricOptions): cloudwatch.Metric | undefined {
    if (!this.parts.workGroup) return undefined;
    return new cloudwatch.Metric({
      namespace: 'AWS/Athena', metricName: 'ProcessedBytes', dimensionsMap: { WorkGroup: this.parts.workGroup.name }, statistic: cloudwatch.Stats.SUM, ...props,
    });
  }

  public fileSystemMetric(metricName: string, statistic: string): cloudwatch.Metric | undefined {
    if (!this.parts.fileSystem) return undefined;
    return new cloudwatch.Metric({ namespace: 'AWS/EFS', metricName, dimensionsMap: { FileSystemId: this.parts.fileSystem.fileSystemId }, statistic });
  }
}
