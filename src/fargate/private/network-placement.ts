import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { serviceLogGroup } from '../../private/log-group';
import type { ExistingNetworkOptions, NetworkRequirements, NewNetworkOptions } from '../service-network';

/** A network, bound: where each tier goes. */
export interface NetworkPlacement {
  readonly vpc: ec2.IVpc;
  readonly taskSubnets: ec2.SubnetSelection;
  /** Undefined: the front door takes the subnets that fit it. */
  readonly ingressSubnets?: ec2.SubnetSelection;
  readonly databaseSubnets: ec2.SubnetSelection;
  readonly assignPublicIp: boolean;
  /** Whether the subnets hand out IPv6 addresses too, as far as it is known. */
  readonly dualStack: boolean;
  /** Whether the tasks are known to have no way to the internet. */
  readonly isolated: boolean;
  /** Makes an AWS service reachable for these peers where they have no other way to it; does nothing elsewhere. */
  readonly reach: (service: ec2.InterfaceVpcEndpointAwsService, peers: ec2.IPeer[]) => void;
  /** The same for what gets no public address, such as a function: these subnets are its place. Whoever else uses the service has to be a peer too. */
  readonly inside: { readonly subnets: ec2.SubnetSelection; readonly reach: NetworkPlacement['reach'] };
}

export const DEFAULT_ZONES = 2;

interface NewPlacementShape {
  readonly taskSubnets: ec2.SubnetType;
  readonly natGateways: number;
}

export function newPlacement(scope: Construct, needs: NetworkRequirements, options: NewNetworkOptions, shape: NewPlacementShape): NetworkPlacement {
  const isolated = shape.taskSubnets === ec2.SubnetType.PRIVATE_ISOLATED;
  const dualStack = options.ipProtocol === ec2.IpProtocol.DUAL_STACK;
  const vpc = new ec2.Vpc(scope, 'Vpc', {
    ipAddresses: options.ipAddresses,
    ipProtocol: options.ipProtocol,
    maxAzs: options.maxAzs ?? DEFAULT_ZONES,
    natGateways: shape.natGateways,
    subnetConfiguration: subnets(shape.taskSubnets),
    gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
    // emptying the default group takes a custom resource with a Lambda function; nothing here uses that group
    restrictDefaultSecurityGroup: false,
  });
  if (options.flowLogs ?? true) {
    const logGroup = serviceLogGroup(vpc, 'FlowLogGroup', {
      retention: needs.logRetention, encryptionKey: needs.encryptionKey, removalPolicy: needs.removalPolicy,
    });
    vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup) });
  }
  const byEndpoint: NetworkPlacement['reach'] = (service, peers) => reachByEndpoint(vpc, service, peers);
  const byNat = shape.natGateways > 0;
  return {
    vpc,
    taskSubnets: { subnetType: shape.taskSubnets },
    databaseSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    assignPublicIp: shape.taskSubnets === ec2.SubnetType.PUBLIC,
    dualStack,
    isolated,
    reach: isolated ? byEndpoint : () => {},
    inside: { subnets: { subnetType: byNat ? shape.taskSubnets : ec2.SubnetType.PRIVATE_ISOLATED }, reach: byNat ? () => {} : byEndpoint },
  };
}

export function existingPlacement(vpc: ec2.IVpc, options: ExistingNetworkOptions): NetworkPlacement {
  const taskSubnets = options.taskSubnets ?? { subnetType: preferredTaskSubnets(vpc) };
  const isolated = vpc.isolatedSubnets.length > 0;
  const databaseSubnets = options.databaseSubnets ?? (isolated ? { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } : taskSubnets);
  const assignPublicIp = options.assignPublicIp ?? vpc.selectSubnets(taskSubnets).hasPublic;
  return {
    vpc,
    taskSubnets,
    ingressSubnets: options.ingressSubnets,
    databaseSubnets,
    assignPublicIp,
    dualStack: false,
    isolated: false, // subnets that are isolated by their name may be peered with others
    reach: () => {}, // whoever made the VPC decides what it reaches
    inside: { subnets: assignPublicIp ? databaseSubnets : taskSubnets, reach: () => {} },
  };
}

function preferredTaskSubnets(vpc: ec2.IVpc): ec2.SubnetType {
  if (vpc.privateSubnets.length > 0) return ec2.SubnetType.PRIVATE_WITH_EGRESS;
  return vpc.publicSubnets.length > 0 ? ec2.SubnetType.PUBLIC : ec2.SubnetType.PRIVATE_ISOLATED;
}

function subnets(tasks: ec2.SubnetType): ec2.SubnetConfiguration[] {
  const cidrMask = 24;
  return [
    // Fargate gives a task its public address by itself: nothing else that lands here should get one
    { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, cidrMask, mapPublicIpOnLaunch: false },
    ...(tasks === ec2.SubnetType.PRIVATE_WITH_EGRESS ? [{ name: 'Private', subnetType: tasks, cidrMask }] : []),
    { name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask },
  ];
}

function reachByEndpoint(vpc: ec2.Vpc, service: ec2.InterfaceVpcEndpointAwsService, peers: ec2.IPeer[]): void {
  const group = vpc.node.tryFindChild('EndpointSecurityGroup') as ec2.SecurityGroup | undefined
    ?? new ec2.SecurityGroup(vpc, 'EndpointSecurityGroup', { vpc, description: 'Interface endpoints', allowAllOutbound: false });
  // made in the stack of the tasks when that is another one: the network knows nothing of who joins it
  peers.forEach((peer) => group.addIngressRule(peer, ec2.Port.tcp(443), 'HTTPS from tasks', true));
  const id = `${service.shortName.split(/[.-]/).map((word) => word[0].toUpperCase() + word.slice(1)).join('')}Endpoint`;
  if (vpc.node.tryFindChild(id)) return;
  vpc.addInterfaceEndpoint(id, {
    service,
    subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    securityGroups: [group],
    open: false, // the whole VPC would be let in
  });
}
