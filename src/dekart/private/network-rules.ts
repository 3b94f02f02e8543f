import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { DekartSettings } from './settings';
import { conflictIf, Conflicts, isKnown } from '../../private/prop-rules';

/** What a VPC that exists lacks, and what an isolated one cannot do. */
export function networkConflicts(scope: Construct, settings: DekartSettings): Conflicts {
  const { props, ingress, network, metadataStore } = settings;
  const vpc = network._existingVpc;
  return [
    ...conflictIf(
      network._isolated && props.image === undefined,
      '`network` isolatedTasks leaves no way to the public image; mirror it to ECR in the same Region and pass it as `image`',
    ),
    ...conflictIf(
      ingress._vpc !== undefined && isKnown(ingress._vpc.vpcId) && vpc?.vpcId !== ingress._vpc.vpcId,
      '`network` is not in the VPC of the load balancer of `ingress`; leave it out, or take it from there: ServiceNetwork.fromVpc(vpc)',
    ),
    ...(vpc ? subnetConflicts(scope, settings, vpc, ingress._needsPublicSubnets, metadataStore._needsSubnetGroup) : []),
  ];
}

function subnetConflicts(scope: Construct, { network }: DekartSettings, vpc: ec2.IVpc, isPublic: boolean, needsSubnetGroup: boolean): Conflicts {
  const { ingressSubnets, databaseSubnets } = network._bind(scope); // an existing network makes nothing
  return [
    ...conflictIf(
      isPublic && ingressSubnets === undefined && vpc.publicSubnets.length === 0,
      '`network` has no public subnets for a load balancer on the internet; choose ApplicationIngress.newLoadBalancer({ publicLoadBalancer: false }), or name `ingressSubnets`',
    ),
    ...conflictIf(
      needsSubnetGroup && zonesOf(vpc, databaseSubnets) < 2,
      '`network` has no subnets in two Availability Zones for the database; name other `databaseSubnets`, or choose another `metadataStore`',
    ),
  ];
}

function zonesOf(vpc: ec2.IVpc, selection: ec2.SubnetSelection): number {
  return new Set(vpc.selectSubnets(selection).availabilityZones).size;
}
