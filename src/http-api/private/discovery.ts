import { Duration, Tokenization } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { Construct, IConstruct } from 'constructs';
import { uniqueNamespaceName } from './names';
import { conflictIf, Conflicts, knownToDiffer } from '../../private/prop-rules';

/** How long resolvers keep the answer that a name does not exist: with the default of Cloud Map a client that asks too early waits for a day. */
const SOA_TTL_SECONDS = 15;

export const DNS_TTL_SECONDS = 10;

export function privateNamespace(scope: Construct, vpc: ec2.IVpc): cloudmap.PrivateDnsNamespace {
  const namespace = new cloudmap.PrivateDnsNamespace(scope, 'Namespace', {
    name: uniqueNamespaceName(scope),
    description: `Services of ${scope.node.path}`,
    vpc,
  });
  (namespace.node.defaultChild as cloudmap.CfnPrivateDnsNamespace).properties = { dnsProperties: { soa: { ttl: SOA_TTL_SECONDS } } };
  return namespace;
}

/** Kinds of namespaces, and VPCs, in which the tasks could not be found by name. */
export function namespaceConflicts(namespace: cloudmap.INamespace | undefined, vpc: ec2.IVpc | undefined): Conflicts {
  const namespaceVpc = (namespace?.node.defaultChild as Partial<cloudmap.CfnPrivateDnsNamespace> | undefined)?.vpc;
  return [
    ...conflictIf(
      namespace?.type === cloudmap.NamespaceType.HTTP,
      `\`cloudMapNamespace\` ${namespace?.namespaceName} is an HTTP namespace, which has no DNS names; pass a PrivateDnsNamespace`,
    ),
    ...conflictIf(
      namespaceVpc !== undefined && vpc !== undefined && differ(namespaceVpc, vpc.vpcId),
      `\`cloudMapNamespace\` ${namespace?.namespaceName} is in another VPC than the services (${vpc?.node.path}); pass a namespace of that VPC`,
    ),
  ];
}

/** Names that services of this app have in a namespace, which several APIs may share. */
const TAKEN = new WeakMap<cloudmap.INamespace, Map<string, IConstruct>>();

export function discoveryConflicts(namespace: cloudmap.INamespace | undefined, name: string): Conflicts {
  const taken = namespace && TAKEN.get(namespace)?.get(name);
  return conflictIf(taken !== undefined, `\`discoveryName\` ${name} belongs to ${taken?.node.path} already; name this service differently`);
}

/** The entry of one service in the namespace: SRV for API Gateway, which needs the port, and A for clients that know the port. */
export function discoveryService(scope: Construct, namespace: cloudmap.INamespace, name: string, ttl: Duration): cloudmap.Service {
  TAKEN.set(namespace, (TAKEN.get(namespace) ?? new Map<string, IConstruct>()).set(name, scope));
  const service = new cloudmap.Service(scope, 'CloudMapService', {
    namespace,
    name,
    dnsRecordType: cloudmap.DnsRecordType.SRV,
    dnsTtl: ttl,
    // ECS reports the health of the tasks; this cannot be added to a service that exists
    customHealthCheck: { failureThreshold: 1 },
  });
  // the L2 takes one type only (aws-cdk#18894)
  const config = (service.node.defaultChild as cloudmap.CfnService).dnsConfig as cloudmap.CfnService.DnsConfigProperty;
  (service.node.defaultChild as cloudmap.CfnService).dnsConfig = {
    ...config,
    dnsRecords: [cloudmap.DnsRecordType.SRV, cloudmap.DnsRecordType.A].map((type) => ({ type, ttl: ttl.toSeconds() })),
  };
  return service;
}

/** Two VPC ids that are surely not the same: both written out, or both of VPCs in this app. */
function differ(one: string, other: string): boolean {
  if (one === other) return false;
  if (knownToDiffer(one, other)) return true;
  const [first, second] = [one, other].map((id) => Tokenization.reverseString(id).firstToken as { target?: Construct } | undefined);
  return first?.target !== undefined && second?.target !== undefined && first.target !== second.target;
}
