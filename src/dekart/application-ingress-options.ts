import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/**
 * A load balancer that is made for the site.
 */
export interface NewLoadBalancerOptions {
  /**
   * Whether the load balancer has an address on the internet.
   *
   * @default true
   */
  readonly publicLoadBalancer?: boolean;

  /**
   * Who may connect to the load balancer: address ranges, prefix lists, security groups.
   *
   * @default - everybody; for an internal load balancer the addresses of its VPC
   */
  readonly allowedPeers?: ec2.IPeer[];

  /**
   * Kind of addresses. Dual stack needs subnets that hand out IPv6 addresses.
   *
   * @default - IPv4; dual stack when the network that is made here is
   */
  readonly ipAddressType?: elbv2.IpAddressType;

  /**
   * Whether port 80 answers with a redirect to HTTPS.
   *
   * @default true
   */
  readonly redirectHttp?: boolean;

  /**
   * Protects the load balancer from deletion, which also keeps the stack from being destroyed.
   *
   * @default - true, unless `removalPolicy` is DESTROY
   */
  readonly deletionProtection?: boolean;

  /**
   * Writes a line for each request to the bucket for access logs. The stack has to name its Region.
   *
   * @default true
   */
  readonly accessLogs?: boolean;
}

/**
 * A site on a load balancer that exists.
 */
export interface ExistingLoadBalancerOptions {
  /**
   * Port of the new listener. The load balancer has to be open for it.
   *
   * @default - 443; 80 without a certificate
   */
  readonly port?: number;
}

/**
 * A site on a listener that exists.
 */
export interface ExistingListenerOptions {
  /**
   * Priority of the first rule, unique on the listener. With sign-in the next number is taken too.
   */
  readonly priority: number;

  /**
   * Host names that the rules take, three at most. `*` and `?` stand for characters.
   *
   * @default - `domainName`
   */
  readonly hostHeaders?: string[];
}
