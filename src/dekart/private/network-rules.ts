import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { DekartSettings } from './settings';
import { conflictIf, Conflicts, isKnown, knownToDiffer } from '../../private/prop-rules';

/** A load balancer and a group of database subnets are refused with fewer. */
const ZONES_MIN = 2;

/** What a VPC lacks, and what an isolated one cannot do. */
export function networkConflicts(scope: Construct, settings: DekartSettings): Conflicts {
  const { props, ingress, network } = settings;
  const vpc = network._existingVpc;
  return [
    ...conflictIf(
      network._isolated && props.image === undefined,
      '`network` isolatedTasks leaves no way to the public image; mirror it to ECR in the same Region and pass it as `image`',
    ),
    ...conflictIf(
      ingress._tier === undefined && (vpc === undefined ? ingress._vpc !== undefined : differ(vpc, ingress._vpc)),
      '`network` is not in the VPC of the load balancer of `ingress`; leave it out, or take it from there: ServiceNetwork.fromVpc(vpc)',
    ),
    ...conflictIf(
      ingress._tier === undefined && vpc === undefined && ingress._vpc === undefined,
      '`ingress` does not know the VPC of its load balancer, and a new one would not reach it; set `network`: ServiceNetwork.fromVpc(vpc)',
    ),
    ...conflictIf(
      vpc === undefined && isKnown(network._maxAzs) && network._maxAzs < ZONES_MIN,
      `\`maxAzs\` of \`network\` must be ${ZONES_MIN} at least for a load balancer, got ${network._maxAzs}`,
    ),
    ...(vpc ? subnetConflicts(scope, settings, vpc) : []),
  ];
}

function subnetConflicts(scope: Construct, { network, ingress, metadataStore }: DekartSettings, vpc: ec2.IVpc): Conflicts {
  const { ingressSubnets, databaseSubnets, taskSubnets } = network._bind(scope); // an existing network makes nothing
  const isPublic = ingress._tier === 'public';
  if (isPublic && ingressSubnets === undefined && vpc.publicSubnets.length === 0) {
    return ['`network` has no public subnets for a load balancer on the internet; choose ApplicationIngress.newLoadBalancer({ publicLoadBalancer: false }), or name `ingressSubnets`'];
  }
  return [
    ...conflictIf(
      ingress._tier !== undefined && tooFewZones(vpc, ingressSubnets ?? (isPublic ? { subnetType: ec2.SubnetType.PUBLIC } : taskSubnets)),
      '`network` has no subnets in two Availability Zones for the load balancer; name other `ingressSubnets`',
    ),
    ...conflictIf(
      metadataStore._needsSubnetGroup && tooFewZones(vpc, databaseSubnets),
      '`network` has no subnets in two Availability Zones for the database; name other `databaseSubnets`, or choose another `metadataStore`',
    ),
  ];
}

/** Ids that are Tokens may stand for the same VPC, unless both VPCs are made in this app. */
function differ(one: ec2.IVpc, other?: ec2.IVpc): boolean {
  if (one instanceof ec2.Vpc && other instanceof ec2.Vpc) return one !== other;
  return knownToDiffer(one.vpcId, other?.vpcId);
}

/** Zones that are not known may be as many as it takes: those of Tokens, which may be a list, and of subnets that were imported without theirs. */
function tooFewZones(vpc: ec2.IVpc, selection: ec2.SubnetSelection): boolean {
  const zones = vpc.selectSubnets(selection).subnets.map(zoneOf);
  return zones.every((zone) => isKnown(zone) && !Token.isUnresolved([zone])) && new Set(zones).size < ZONES_MIN;
}

function zoneOf(subnet: ec2.ISubnet): string | undefined {
  try {
    return subnet.availabilityZone;
  } catch {
    return undefined;
  }
}
