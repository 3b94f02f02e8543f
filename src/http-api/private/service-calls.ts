import { Names, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { groupDescription } from '../../private/group-description';
import type { ApiGatewayCloudMapFargateService } from '../api-gateway-cloud-map-fargate-service';

/**
 * Opens the port of one service to the tasks of another. Groups that were given stay as they are.
 *
 * The rules go to the stack that needs the other one anyway: callers need the services they call, and all of them the API.
 */
export function allowCalls(callee: ApiGatewayCloudMapFargateService, caller: ApiGatewayCloudMapFargateService): void {
  const home = Stack.of(caller) !== Stack.of(callee.api) ? caller : callee;
  const port = callee.workload.container.containerPort;
  const description = groupDescription(`Calls from ${caller.node.path} to ${callee.node.path}`);
  const rule = { ipProtocol: 'tcp', fromPort: port, toPort: port, description };
  const { securityGroup: from } = caller.workload;
  const { securityGroup: to } = callee.workload;
  if (from && to) {
    if (home === caller) caller.workload._allowTo(callee.workload, ec2.Port.tcp(port), description);
    else callee.workload._allowFrom(caller.workload, ec2.Port.tcp(port), description);
    return;
  }
  const given = to ? caller.workload : callee.workload;
  given.connections.securityGroups.forEach(({ securityGroupId }, index) => {
    const id = home === caller ? `CallsTo${Names.nodeUniqueId(callee.node)}${index}` : `CallsFrom${Names.nodeUniqueId(caller.node)}${index}`;
    if (home.node.tryFindChild(id)) return;
    if (to) {
      new ec2.CfnSecurityGroupIngress(home, id, { ...rule, groupId: to.securityGroupId, sourceSecurityGroupId: securityGroupId });
    } else if (from && !from.allowAllOutbound) {
      new ec2.CfnSecurityGroupEgress(home, id, { ...rule, groupId: from.securityGroupId, destinationSecurityGroupId: securityGroupId });
    }
  });
}
