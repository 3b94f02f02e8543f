import { Match, Template } from 'aws-cdk-lib/assertions';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { DekartWebAcl } from '../../src';
import { dekartError, dekartIn, dekartTemplate } from '../support/dekart';
import { only, regionStack } from '../support/fixtures';

const WEB_ACL = 'AWS::WAFv2::WebACL';

/** Rules that only count, by rule group. */
function counted(template: Template): { [group: string]: string[] } {
  return Object.fromEntries(only(template, WEB_ACL).Rules.filter((rule: any) => rule.Statement.ManagedRuleGroupStatement)
    .map((rule: any) => [rule.Name, rule.Statement.ManagedRuleGroupStatement.RuleActionOverrides.map((override: any) => {
      expect(override.ActionToUse).toEqual({ Count: {} });
      return override.Name;
    })]));
}

test('there is none by default', () => {
  dekartTemplate().resourceCountIs(WEB_ACL, 0);
  dekartTemplate().resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
});

describe('managed', () => {
  const stack = regionStack();
  const dekart = dekartIn(stack, { webAcl: DekartWebAcl.managed() });
  const template = Template.fromStack(stack);

  test('blocks bad addresses, bad inputs and floods, and only counts what looks at bodies', () => {
    expect(counted(template)).toEqual({
      AWSManagedRulesAmazonIpReputationList: [],
      AWSManagedRulesKnownBadInputsRuleSet: [],
      AWSManagedRulesCommonRuleSet: ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY', 'EC2MetaDataSSRF_BODY'],
      AWSManagedRulesSQLiRuleSet: ['SQLi_BODY', 'SQLiExtendedPatterns_BODY'],
    });
    template.hasResourceProperties(WEB_ACL, {
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      Rules: Match.arrayWith([Match.objectLike({ Action: { Block: {} }, Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 5000 } } })]),
    });
  });

  test('stands before the load balancer, and is a member', () => {
    template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', { ResourceArn: { Ref: Match.stringLikeRegexp('^MapsLoadBalancer') } });
    expect(dekart.webAcl).toBeInstanceOf(wafv2.CfnWebACL);
  });

  test('logs to a group that WAF may write to, without cookies', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: { 'Fn::Join': ['', [Match.stringLikeRegexp('^aws-waf-logs-'), Match.anyValue()]] }, RetentionInDays: 365,
    });
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }],
    });
  });

  test('takes rateLimit', () => {
    dekartTemplate({ webAcl: DekartWebAcl.managed({ rateLimit: 100 }) }).hasResourceProperties(WEB_ACL, {
      Rules: Match.arrayWith([Match.objectLike({ Statement: { RateBasedStatement: Match.objectLike({ Limit: 100 }) } })]),
    });
  });
});

test('existing is put before the load balancer', () => {
  const arn = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shared/01234567-89ab-cdef-0123-456789abcdef';
  const template = dekartTemplate({ webAcl: DekartWebAcl.existing(arn) });
  template.resourceCountIs(WEB_ACL, 0);
  template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', { WebACLArn: arn });
});

test('fails for a web ACL of CloudFront, and a rate limit of nothing', () => {
  expect(dekartError({ webAcl: DekartWebAcl.existing('arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b') })).toMatch(/`webAcl` must be the ARN of a web ACL of the scope REGIONAL, got 'arn:.*global/);
  expect(dekartError({ webAcl: DekartWebAcl.managed({ rateLimit: 1 }) })).toMatch(/`rateLimit` must be a whole number from 10 to 2000000000 requests, got 1/);
});
