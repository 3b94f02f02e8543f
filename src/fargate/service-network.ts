import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DEFAULT_ZONES, existingPlacement, newPlacement } from './private/network-placement';
import type { NetworkPlacement } from './private/network-placement';
import { Conflicts, numberConflicts, throwConflicts } from '../private/prop-rules';

/**
 * A network that is made for the workload.
 */
export interface NewNetworkOptions {
  /**
   * Address range of the VPC, cut into subnets of 256 addresses.
   *
   * @default ec2.IpAddresses.cidr('10.0.0.0/16')
   */
  readonly ipAddresses?: ec2.IIpAddresses;

  /**
   * Number of Availability Zones, 1 to 6. A load balancer and a database need two. Stacks without a Region and account take two at most.
   *
   * @default 2
   */
  readonly maxAzs?: number;

  /**
   * Addresses that the subnets hand out.
   *
   * @default ec2.IpProtocol.IPV4_ONLY
   */
  readonly ipProtocol?: ec2.IpProtocol;

  /**
   * Records the accepted and rejected connections in CloudWatch Logs, which bills by the gigabyte.
   *
   * @default true
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
   */
  readonly flowLogs?: boolean;
}

/**
 * A network that is made for the workload, with NAT gateways.
 */
export interface PrivateNetworkOptions extends NewNetworkOptions {
  /**
   * Number of NAT gateways, one to the number of zones; each is billed by the hour and by the gigabyte. One less than the zones saves money and loses the way out of the
   * others when its zone fails.
   *
   * @default 1
   */
  readonly natGateways?: number;
}

/**
 * Where a workload is placed in a VPC that exists.
 */
export interface ExistingNetworkOptions {
  /**
   * Subnets of the tasks.
   *
   * @default - private subnets with a way out; without any the public ones; without any the isolated ones
   */
  readonly taskSubnets?: ec2.SubnetSelection;

  /**
   * Subnets of the front door: the load balancer or the VPC link.
   *
   * @default - the public subnets for a load balancer on the internet, else the subnets of the tasks
   */
  readonly ingressSubnets?: ec2.SubnetSelection;

  /**
   * Subnets of databases and file systems.
   *
   * @default - the isolated subnets; without any those of the tasks
   */
  readonly databaseSubnets?: ec2.SubnetSelection;

  /**
   * Gives each task a public address, which is its only way out of a public subnet. It opens no way in.
   *
   * @default - true when the tasks are in public subnets
   */
  readonly assignPublicIp?: boolean;
}

/**
 * What a workload needs of a network, beside the network itself.
 *
 * @internal
 */
export interface NetworkRequirements {
  readonly encryptionKey?: kms.IKey;
  readonly logRetention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Choice: where tasks, front doors and databases are placed, and how tasks reach the internet.
 *
 * A network made here belongs to the construct that is given the choice; to share it, pass `ServiceNetwork.fromVpc(first.vpc)` to the next
 * construct, except for one of isolated tasks, see there. It has an S3 gateway endpoint, which costs nothing.
 *
 * @example
 * import { ServiceNetwork } from 'cdk-fargate-blueprints';
 *
 * declare const vpc: ec2.IVpc;
 * const network = ServiceNetwork.fromVpc(vpc, {
 *   taskSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
 * });
 */
export abstract class ServiceNetwork {
  /**
   * A new VPC without NAT: tasks in public subnets with a public address and no way in, data in isolated subnets.
   *
   * The cheapest network. Each public IPv4 address is billed by the hour.
   */
  public static publicTasks(options: NewNetworkOptions = {}): ServiceNetwork {
    throwConflicts('ServiceNetwork.publicTasks()', zoneConflicts(options));
    return new BoundLater((scope, needs) => newPlacement(scope, needs, options, { taskSubnets: ec2.SubnetType.PUBLIC, natGateways: 0 }), { maxAzs: options.maxAzs });
  }

  /**
   * A new VPC with NAT: tasks in private subnets, data in isolated subnets.
   */
  public static privateTasks(options: PrivateNetworkOptions = {}): ServiceNetwork {
    throwConflicts(
      'ServiceNetwork.privateTasks()',
      zoneConflicts(options),
      // without any the tasks have no way to their image; more than one per zone would not be made
      numberConflicts('natGateways', options.natGateways, 1, options.maxAzs ?? DEFAULT_ZONES, 'of them, one per zone at most'),
    );
    return new BoundLater((scope, needs) => newPlacement(scope, needs, options, {
      taskSubnets: ec2.SubnetType.PRIVATE_WITH_EGRESS,
      natGateways: options.natGateways ?? 1,
    }), { maxAzs: options.maxAzs });
  }

  /**
   * A new VPC whose tasks have no way to the internet, and an interface endpoint for each AWS service that the workload names.
   *
   * Each endpoint is billed by the hour and zone. Images must come from ECR in the same Region.
   *
   * The endpoints admit the construct that the network is made for, and services of the same API. Passed on with `fromVpc` the VPC would place
   * other tasks in its public subnets: for further constructs, make a VPC with endpoints of your own.
   */
  public static isolatedTasks(options: NewNetworkOptions = {}): ServiceNetwork {
    throwConflicts('ServiceNetwork.isolatedTasks()', zoneConflicts(options));
    return new BoundLater(
      (scope, needs) => newPlacement(scope, needs, options, { taskSubnets: ec2.SubnetType.PRIVATE_ISOLATED, natGateways: 0 }),
      { maxAzs: options.maxAzs, isolated: true },
    );
  }

  /**
   * A VPC that exists. Nothing is added to it.
   */
  public static fromVpc(vpc: ec2.IVpc, options: ExistingNetworkOptions = {}): ServiceNetwork {
    return new BoundLater(() => existingPlacement(vpc, options), { vpc });
  }

  /**
   * A network that another construct has bound already, for a part of it.
   *
   * @internal
   */
  public static _placed(placement: NetworkPlacement): ServiceNetwork {
    return new BoundLater(() => placement, { vpc: placement.vpc });
  }

  /**
   * The VPC, when it exists before the network is bound.
   *
   * @internal
   */
  public abstract readonly _existingVpc?: ec2.IVpc;

  /**
   * Whether tasks are known to have no way to the internet.
   *
   * @internal
   */
  public abstract readonly _isolated: boolean;

  /**
   * Number of Availability Zones that were asked for of a new network.
   *
   * @internal
   */
  public abstract readonly _maxAzs?: number;

  /**
   * Makes what is to be made in `scope`.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, requirements?: NetworkRequirements): NetworkPlacement;
}

/** What is known before a network is bound. */
interface KnownNetwork {
  readonly vpc?: ec2.IVpc;
  readonly isolated?: boolean;
  readonly maxAzs?: number;
}

class BoundLater extends ServiceNetwork {
  public readonly _existingVpc?: ec2.IVpc;
  public readonly _isolated: boolean;
  public readonly _maxAzs?: number;

  constructor(private readonly place: (scope: Construct, requirements: NetworkRequirements) => NetworkPlacement, known: KnownNetwork) {
    super();
    this._existingVpc = known.vpc;
    this._isolated = known.isolated ?? false;
    this._maxAzs = known.maxAzs;
  }

  public _bind(scope: Construct, requirements: NetworkRequirements = {}): NetworkPlacement {
    return this.place(scope, requirements);
  }
}

function zoneConflicts({ maxAzs }: NewNetworkOptions): Conflicts {
  return numberConflicts('maxAzs', maxAzs, 1, 6, 'zones');
}
