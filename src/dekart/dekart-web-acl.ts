import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { associateWebAcl, managedWebAcl, WebAclSettings } from './private/web-acl';
import { conflictIf, Conflicts, isKnown, numberConflicts } from '../private/prop-rules';

/**
 * A web ACL that is made for the site.
 */
export interface ManagedWebAclOptions {
  /**
   * Requests that one address may send in five minutes, 10 at least. An open map asks for news all the time, and an office may be one address.
   *
   * @default 5000
   */
  readonly rateLimit?: number;
}

/**
 * Choice: the rules of AWS WAF before the load balancer.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 *
 * @example
 * import { DekartWebAcl } from 'cdk-fargate-blueprints';
 *
 * const webAcl = DekartWebAcl.managed({ rateLimit: 10_000 });
 */
export abstract class DekartWebAcl {
  /**
   * Rule groups of AWS that let a SQL tool work: bad addresses, bad inputs and floods are blocked, while rules that look at bodies only count,
   * because uploads are large and queries are SQL. Requests are logged without their cookies. It is billed by the hour.
   */
  public static managed(options: ManagedWebAclOptions = {}): DekartWebAcl {
    return new ManagedWebAcl(options);
  }

  /**
   * A web ACL that exists, of the scope `REGIONAL`. Its rules must let bodies pass that are large or hold SQL.
   *
   * @param webAclArn ARN of the web ACL.
   */
  public static existing(webAclArn: string): DekartWebAcl {
    return new ExistingWebAcl(webAclArn);
  }

  /**
   * What does not fit.
   *
   * @internal
   */
  public abstract _conflicts(): Conflicts;

  /**
   * Puts the rules before a load balancer.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, loadBalancer: elbv2.IApplicationLoadBalancer, settings: WebAclSettings): wafv2.CfnWebACL | undefined;
}

class ManagedWebAcl extends DekartWebAcl {
  constructor(private readonly options: ManagedWebAclOptions) {
    super();
  }

  public _conflicts(): Conflicts {
    return numberConflicts('rateLimit', this.options.rateLimit, 10, 2_000_000_000, 'requests');
  }

  public _bind(scope: Construct, loadBalancer: elbv2.IApplicationLoadBalancer, settings: WebAclSettings): wafv2.CfnWebACL {
    const webAcl = managedWebAcl(scope, this.options.rateLimit ?? 5000, settings);
    associateWebAcl(scope, webAcl.attrArn, loadBalancer);
    return webAcl;
  }
}

class ExistingWebAcl extends DekartWebAcl {
  constructor(private readonly webAclArn: string) {
    super();
  }

  public _conflicts(): Conflicts {
    return conflictIf(
      isKnown(this.webAclArn) && !/^arn:[^:]+:wafv2:[^:]+:[^:]+:regional\/webacl\/.+/.test(this.webAclArn),
      `\`webAcl\` must be the ARN of a web ACL of the scope REGIONAL, got '${this.webAclArn}'; those for CloudFront do not fit a load balancer`,
    );
  }

  public _bind(scope: Construct, loadBalancer: elbv2.IApplicationLoadBalancer): undefined {
    associateWebAcl(scope, this.webAclArn, loadBalancer);
  }
}
