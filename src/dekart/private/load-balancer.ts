import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { NetworkPlacement } from '../../fargate/private/network-placement';
import { canLogLoadBalancers } from '../../private/access-logs';
import { groupDescription } from '../../private/group-description';
import type { IngressSettings } from '../application-ingress';
import type { NewLoadBalancerOptions } from '../application-ingress-options';

export function dualStackLoadBalancer(options: NewLoadBalancerOptions, placement: NetworkPlacement): boolean {
  return options.ipAddressType === undefined ? placement.dualStack : options.ipAddressType !== elbv2.IpAddressType.IPV4;
}

/** A load balancer that only the allowed peers reach, and that itself reaches nothing yet. */
export function newLoadBalancer(scope: Construct, options: NewLoadBalancerOptions, settings: IngressSettings): elbv2.ApplicationLoadBalancer {
  const { vpc, ingressSubnets, taskSubnets } = settings.placement;
  const internetFacing = options.publicLoadBalancer ?? true;
  const dualStack = dualStackLoadBalancer(options, settings.placement);
  const securityGroup = new ec2.SecurityGroup(scope, 'LoadBalancerSecurityGroup', {
    vpc, description: groupDescription(`Load balancer of ${scope.node.path}`), allowAllOutbound: false,
  });
  allowedPeers(options, settings.placement).forEach((peer) => {
    if (settings.certificate) securityGroup.addIngressRule(peer, ec2.Port.tcp(443), 'HTTPS');
    if (!settings.certificate || (options.redirectHttp ?? true)) securityGroup.addIngressRule(peer, ec2.Port.tcp(80), 'HTTP');
  });
  const loadBalancer = new elbv2.ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc,
    vpcSubnets: ingressSubnets ?? (internetFacing ? { subnetType: ec2.SubnetType.PUBLIC } : taskSubnets),
    internetFacing,
    ipAddressType: options.ipAddressType ?? (dualStack ? elbv2.IpAddressType.DUAL_STACK : undefined),
    securityGroup,
    idleTimeout: Duration.seconds(55), // the server gives up an idle connection after 60: it must not do so while a request is on its way
    dropInvalidHeaderFields: true,
    deletionProtection: options.deletionProtection ?? settings.removalPolicy !== RemovalPolicy.DESTROY,
  });
  if (options.accessLogs ?? true) logRequests(scope, loadBalancer, settings);
  return loadBalancer;
}

/** The site's listener. What no rule takes is answered here: nothing is forwarded by default. */
export function siteListener(
  scope: Construct, loadBalancer: elbv2.IApplicationLoadBalancer, certificate: acm.ICertificate | undefined, port?: number,
): elbv2.ApplicationListener {
  return new elbv2.ApplicationListener(scope, 'Listener', {
    loadBalancer,
    port: port ?? (certificate ? 443 : 80),
    protocol: certificate ? elbv2.ApplicationProtocol.HTTPS : elbv2.ApplicationProtocol.HTTP,
    ...(certificate && { certificates: [certificate], sslPolicy: elbv2.SslPolicy.TLS13_RES }),
    open: false,
    defaultAction: elbv2.ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Not found' }),
  });
}

/** A listener takes several certificates, and picks by the name that a client asks for. */
export function addCertificate(scope: Construct, listener: elbv2.IApplicationListener, certificate: acm.ICertificate): void {
  new elbv2.ApplicationListenerCertificate(scope, 'ListenerCertificate', { listener, certificates: [certificate] });
}

export function redirectToHttps(scope: Construct, loadBalancer: elbv2.IApplicationLoadBalancer): void {
  new elbv2.ApplicationListener(scope, 'RedirectListener', {
    loadBalancer,
    port: 80,
    protocol: elbv2.ApplicationProtocol.HTTP,
    open: false,
    defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
  });
}

function allowedPeers(options: NewLoadBalancerOptions, placement: NetworkPlacement): ec2.IPeer[] {
  if (options.allowedPeers) return options.allowedPeers;
  if (!(options.publicLoadBalancer ?? true)) return [ec2.Peer.ipv4(addressesOf(placement.vpc))];
  return [ec2.Peer.anyIpv4(), ...(dualStackLoadBalancer(options, placement) ? [ec2.Peer.anyIpv6()] : [])];
}

/** A VPC that was imported may not know them. */
function addressesOf(vpc: ec2.IVpc): string {
  try {
    return vpc.vpcCidrBlock;
  } catch {
    throw new Error(
      'ApplicationIngress.newLoadBalancer(): `allowedPeers` is not set, and the VPC of `network` does not know its addresses; '
      + 'set it, such as to [ec2.Peer.ipv4(\'10.0.0.0/16\')], or import the VPC with its `vpcCidrBlock`',
    );
  }
}

function logRequests(scope: Construct, loadBalancer: elbv2.ApplicationLoadBalancer, settings: IngressSettings): void {
  if (canLogLoadBalancers(scope)) {
    loadBalancer.logAccessLogs(settings.accessLogs(), 'load-balancer');
    return;
  }
  Annotations.of(scope).addWarningV2(
    'cdk-fargate-blueprints:accessLogsNeedRegion',
    'the load balancer writes no access logs, because the stack does not name its Region; set `env.region` of the stack, or `accessLogs: false` of the ingress',
  );
}
