import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { refuseForwardsWithoutSignIn } from './forward-check';
import type { FargateWorkload } from '../../fargate/fargate-workload';
import type { BoundIngress } from '../application-ingress';
import type { BoundAuthentication } from '../dekart-authentication';
import type { DekartVersion } from '../dekart-version';

/** Calls that scripts of the pages make: gRPC-Web and plain HTTP. They cannot follow a redirect to sign in. */
const API_PATHS = ['/api/*', '/Dekart/*'];

export interface FrontDoorProps {
  readonly ingress: BoundIngress;
  readonly authentication: BoundAuthentication;
  readonly signsIn: boolean;
  readonly workload: FargateWorkload;
  readonly version: DekartVersion;
}

/** Leads requests to the server. The target group takes part in rules of this file only, and each asks for the chosen sign-in first. */
export function frontDoor(scope: Construct, props: FrontDoorProps): elbv2.ApplicationTargetGroup {
  const { ingress, workload, version } = props;
  const targetGroup = new elbv2.ApplicationTargetGroup(scope, 'TargetGroup', {
    vpc: workload.vpc,
    targetType: elbv2.TargetType.IP,
    port: version.containerPort,
    protocol: elbv2.ApplicationProtocol.HTTP,
    healthCheck: { path: version.healthPath, healthyHttpCodes: '200', interval: Duration.seconds(15), timeout: Duration.seconds(5), healthyThresholdCount: 2 },
    deregistrationDelay: Duration.seconds(35), // streams are polls of 30 seconds
  });
  const rules = siteRules(scope, props, targetGroup);
  if (props.signsIn) {
    reachProvider(ingress);
    refuseForwardsWithoutSignIn(scope, targetGroup);
  }
  // not by the L2's own method, which would change security groups that were given
  (workload.service.node.defaultChild as ecs.CfnService).loadBalancers = [{
    targetGroupArn: targetGroup.targetGroupArn,
    containerName: workload.container.containerName,
    containerPort: version.containerPort,
  }];
  workload.service.node.addDependency(...rules); // ECS refuses a target group that no load balancer knows
  workload._allowFrom(ingress.front, ec2.Port.tcp(version.containerPort), 'HTTP from the load balancer');
  return targetGroup;
}

function siteRules(scope: Construct, props: FrontDoorProps, targetGroup: elbv2.ApplicationTargetGroup): elbv2.ApplicationListenerRule[] {
  const { ingress, authentication, signsIn } = props;
  const forward = elbv2.ListenerAction.forward([targetGroup]);
  const rule = (id: string, priority: number, paths: string[], unauthenticated: elbv2.UnauthenticatedAction) =>
    new elbv2.ApplicationListenerRule(scope, id, {
      listener: ingress.listener,
      priority,
      conditions: [
        ...(ingress.hostHeaders ? [elbv2.ListenerCondition.hostHeaders(ingress.hostHeaders)] : []),
        elbv2.ListenerCondition.pathPatterns(paths),
      ],
      action: authentication.protect(forward, unauthenticated),
    });
  const all = ['/*'];
  if (!signsIn) return [rule('PageRule', ingress.priority, all, elbv2.UnauthenticatedAction.ALLOW)];
  return [
    rule('ApiRule', ingress.priority, API_PATHS, elbv2.UnauthenticatedAction.DENY),
    rule('PageRule', ingress.priority + 1, all, elbv2.UnauthenticatedAction.AUTHENTICATE),
  ];
}

/** The load balancer exchanges codes and tokens with the identity provider by itself. */
function reachProvider(ingress: BoundIngress): void {
  const { connections } = ingress.front;
  connections.allowToAnyIpv4(ec2.Port.tcp(443), 'HTTPS to the identity provider');
  if (ingress.dualStack) connections.allowTo(ec2.Peer.anyIpv6(), ec2.Port.tcp(443), 'HTTPS to the identity provider');
}
