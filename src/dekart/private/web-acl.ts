import { ArnFormat, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { serviceLogGroup } from '../../private/log-group';

export interface WebAclSettings {
  readonly encryptionKey?: kms.IKey;
  readonly logRetention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
}

/** Rules that would stop uploads of several megabytes, queries, and maps, which are JSON with HTML and paths in it. */
const BODY_RULES = {
  common: ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY', 'EC2MetaDataSSRF_BODY'],
  sql: ['SQLi_BODY', 'SQLiExtendedPatterns_BODY'],
};

export function managedWebAcl(scope: Construct, rateLimit: number, settings: WebAclSettings): wafv2.CfnWebACL {
  const webAcl = new wafv2.CfnWebACL(scope, 'WebAcl', {
    scope: 'REGIONAL',
    description: `Site of ${scope.node.path.replace(/[^\w+=:#@/,.-]/g, '-')}`,
    defaultAction: { allow: {} },
    visibilityConfig: visibility('Site'),
    rules: [
      { name: 'RateLimit', priority: 0, action: { block: {} }, statement: { rateBasedStatement: { limit: rateLimit, aggregateKeyType: 'IP' } }, visibilityConfig: visibility('RateLimit') },
      ruleGroup(1, 'AWSManagedRulesAmazonIpReputationList'),
      ruleGroup(2, 'AWSManagedRulesKnownBadInputsRuleSet'),
      ruleGroup(3, 'AWSManagedRulesCommonRuleSet', BODY_RULES.common),
      ruleGroup(4, 'AWSManagedRulesSQLiRuleSet', BODY_RULES.sql),
    ],
  });
  logRequests(scope, webAcl, settings);
  return webAcl;
}

export function associateWebAcl(scope: Construct, webAclArn: string, loadBalancer: elbv2.IApplicationLoadBalancer): void {
  new wafv2.CfnWebACLAssociation(scope, 'WebAclAssociation', { webAclArn, resourceArn: loadBalancer.loadBalancerArn });
}

function ruleGroup(priority: number, name: string, counted: string[] = []): wafv2.CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visibility(name),
  };
}

function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

function logRequests(scope: Construct, webAcl: wafv2.CfnWebACL, settings: WebAclSettings): void {
  const group = serviceLogGroup(scope, 'WebAclLogGroup', {
    ...settings,
    retention: settings.logRetention,
    // WAF writes to groups whose names begin so
    name: `aws-waf-logs-${Names.uniqueResourceName(scope, { maxLength: 200, separator: '-', allowedSpecialCharacters: '-' })}`,
  });
  const arn = Stack.of(scope).formatArn({
    service: 'logs', resource: 'log-group', resourceName: group.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  new wafv2.CfnLoggingConfiguration(scope, 'WebAclLogging', {
    resourceArn: webAcl.attrArn,
    logDestinationConfigs: [arn],
    redactedFields: ['authorization', 'cookie'].map((Name) => ({ singleHeader: { Name } })),
  });
}
