import { Names, Token } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { FargateWorkload } from '../../fargate/fargate-workload';
import type { NetworkPlacement } from '../../fargate/private/network-placement';
import { groupDescription } from '../../private/group-description';
import { conflictIf, Conflicts, throwOnConflicts } from '../../private/prop-rules';
import type { CloudMapHttpApiProps } from '../cloud-map-http-api-props';
import type { ICloudMapHttpApi } from '../i-cloud-map-http-api';

/** API Gateway takes no longer names of links; the L2 makes longer ones from long paths. */
const NAME_LENGTH = 128;

export interface LinkParts {
  readonly vpcLink: apigwv2.IVpcLink;
  readonly securityGroup: ec2.ISecurityGroup;
}

/** Groups that this library made for links: services add the rules they need, whichever API the link serves. */
const LINK_GROUPS = new WeakSet<ec2.ISecurityGroup>();

/** Groups and ports that a link's group is open to already: EC2 refuses a rule that is there. */
const OPENED = new WeakMap<ec2.ISecurityGroup, Set<string>>();

export function isLinkGroup(group: ec2.ISecurityGroup): boolean {
  return LINK_GROUPS.has(group);
}

/** The given link with its group, or new ones. The group of a new link lets nothing out until a service joins. */
export function vpcLink(scope: Construct, placement: NetworkPlacement, props: CloudMapHttpApiProps): LinkParts {
  const securityGroup = props.vpcLinkSecurityGroup ?? linkSecurityGroup(scope, placement);
  return {
    securityGroup,
    vpcLink: props.vpcLink ?? new apigwv2.VpcLink(scope, 'VpcLink', {
      vpcLinkName: Names.uniqueResourceName(scope, { maxLength: NAME_LENGTH, separator: '-' }),
      vpc: placement.vpc,
      subnets: { subnets: linkSubnets(scope, placement, props.excludeAvailabilityZones) },
      securityGroups: [securityGroup],
    }),
  };
}

/** A link that would end up without a group, and zones that cannot be left out. */
export function vpcLinkConflicts(props: CloudMapHttpApiProps): Conflicts {
  return [
    ...conflictIf(
      props.vpcLink !== undefined && props.vpcLinkSecurityGroup === undefined,
      '`vpcLink` is set without `vpcLinkSecurityGroup`; pass the group of the link, which services let in on their port',
    ),
    ...conflictIf(
      props.vpcLink !== undefined && props.excludeAvailabilityZones !== undefined,
      '`excludeAvailabilityZones` cannot change a `vpcLink` that exists; leave it out',
    ),
  ];
}

/**
 * Opens the port of the tasks to the link, and the link to that port.
 *
 * Both rules are made with the service, so that the API never refers to a service of another stack.
 */
export function connectLink(scope: Construct, api: ICloudMapHttpApi, workload: FargateWorkload, port: number): void {
  const link = api.vpcLinkSecurityGroup;
  const tcp = ec2.Port.tcp(port);
  const description = groupDescription(`VPC link of ${api.node.path}`);
  if (!api._shared.changesLinkGroup) {
    workload._allowFrom(new ec2.Connections({ peer: ec2.Peer.securityGroupId(link.securityGroupId) }), tcp, description);
    return;
  }
  if (workload.securityGroup) {
    workload._allowFrom(link, tcp, description);
    return;
  }
  const opened = OPENED.get(link) ?? new Set<string>();
  OPENED.set(link, opened);
  workload.connections.securityGroups.forEach((group, index) => {
    const target = `${group.securityGroupId} ${port}`;
    if (opened.has(target)) return;
    opened.add(target);
    new ec2.CfnSecurityGroupEgress(scope, `VpcLinkEgress${index}`, {
      groupId: link.securityGroupId,
      destinationSecurityGroupId: group.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description: groupDescription(`Tasks of ${scope.node.path}`),
    });
  });
}

function linkSecurityGroup(scope: Construct, placement: NetworkPlacement): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, 'VpcLinkSecurityGroup', {
    vpc: placement.vpc,
    description: groupDescription(`VPC link of ${scope.node.path}`),
    allowAllOutbound: false,
  });
  // a group without a rule of its own lets everything out; the L2 drops its closing rule when services bring theirs, maybe in other stacks
  (group.node.defaultChild as ec2.CfnSecurityGroup).securityGroupEgress = [{
    cidrIp: '255.255.255.255/32', ipProtocol: 'icmp', fromPort: 252, toPort: 86, description: 'Nothing but the rules of the services',
  }];
  LINK_GROUPS.add(group);
  return group;
}

/** The zones of a VPC that is made here are known only when it is there, so this cannot wait with the other rules. */
function linkSubnets(scope: Construct, placement: NetworkPlacement, excluded: string[] = []): ec2.ISubnet[] {
  const { subnets } = placement.vpc.selectSubnets(placement.ingressSubnets ?? placement.taskSubnets);
  throwOnConflicts(scope, excludedZonesConflicts(subnets.map((subnet) => subnet.availabilityZone), excluded));
  return subnets.filter((subnet) => !excluded.includes(subnet.availabilityZone));
}

function excludedZonesConflicts(zones: string[], excluded: string[]): Conflicts {
  if (excluded.length === 0) return [];
  if (zones.some((zone) => Token.isUnresolved(zone))) {
    return [
      `\`excludeAvailabilityZones\` ${excluded.join(', ')}: the zones of this VPC are known at deployment only; `
      + 'pass ServiceNetwork.fromVpc(vpc, { ingressSubnets }) with the subnets to use',
    ];
  }
  return conflictIf(
    !excluded.every((zone) => zones.includes(zone)) || zones.every((zone) => excluded.includes(zone)),
    `\`excludeAvailabilityZones\` must leave at least one of the zones ${[...new Set(zones)].join(', ')} and name no other, got ${excluded.join(', ')}; `
    + 'use the names of this account, such as \'us-east-1a\'',
  );
}
