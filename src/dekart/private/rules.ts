import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { variableConflicts } from './environment-rules';
import type { DekartFacts } from './facts';
import { networkConflicts } from './network-rules';
import { DekartSettings, servesHttps } from './settings';
import { workloadConflicts } from '../../fargate/private/workload-rules';
import { conflictIf, Conflicts, isKnown } from '../../private/prop-rules';
import { siteDomainConflicts } from '../../private/site-domain';

/** Everything that would fail at deployment, or leave a site that does not start, forgets or leaks. */
export function dekartConflicts(scope: Construct, settings: DekartSettings): Conflicts {
  const { props, ingress, version, metadataStore } = settings;
  const facts: DekartFacts = {
    version,
    licensed: props.licenseKey !== undefined,
    https: servesHttps(settings),
    region: Stack.of(scope).region,
    offline: settings.network._isolated,
  };
  return [
    ...props.authentication._conflicts(facts),
    ...metadataStore._conflicts(facts),
    ...props.dataSource._conflicts(facts),
    ...ingress._conflicts(props, props.authentication._signsIn),
    ...siteDomainConflicts(props, ingress._bringsListener),
    ...(props.webAcl?._conflicts() ?? []),
    ...conflictIf(
      props.webAcl !== undefined && !ingress._knowsLoadBalancer,
      '`webAcl` needs the load balancer, which the imported listener of `ingress` does not know; associate the web ACL where the load balancer is made',
    ),
    ...conflictIf(
      props.domainZone !== undefined && !ingress._knowsLoadBalancer,
      '`domainZone` gets its record from the load balancer, which the imported listener of `ingress` does not know; leave it out, and make the record where the load balancer is made',
    ),
    ...conflictIf(
      props.removalPolicy === RemovalPolicy.SNAPSHOT,
      '`removalPolicy` SNAPSHOT does not fit buckets and logs; leave it out: they stay, and the database leaves a snapshot',
    ),
    ...accessLogConflicts(settings),
    ...networkConflicts(scope, settings),
    ...taskConflicts(settings),
    ...conflictIf(
      metadataStore._copiesToBucket && props.dataSource._storage !== 'S3',
      '`metadataStore` sqliteWithBackups copies to the bucket, which `dataSource` userConnections leaves unused; choose DekartMetadataStore.sqliteOnEfs() or postgres()',
    ),
    ...variableConflicts(props.environment, props.secrets),
    ...workloadConflicts({ ...settings.workloadProps, environment: undefined, secrets: undefined }),
  ];
}

function accessLogConflicts({ props, ingress }: DekartSettings): Conflicts {
  return [
    ...conflictIf(
      props.accessLogsBucket?.encryptionKey !== undefined,
      '`accessLogsBucket` has a customer managed key, with which neither load balancers nor S3 can write access logs; pass one with s3.BucketEncryption.S3_MANAGED',
    ),
    ...conflictIf(
      props.accessLogsBucket !== undefined && props.bucket !== undefined && !ingress._logsRequests,
      '`accessLogsBucket` has no use: `bucket` is given, and `ingress` makes no load balancer that logs; leave it out',
    ),
  ];
}

function taskConflicts({ props, version }: DekartSettings): Conflicts {
  const size = props.maxFileUploadSize;
  const admin = props.workspaceAdmin;
  return [
    ...conflictIf(
      props.cpuArchitecture === ecs.CpuArchitecture.ARM64 && !version._traits.arm64,
      `\`cpuArchitecture\` ARM64 does not fit Dekart ${version.version}, whose image is for x86 only; choose DekartVersion.V0_23_2 or X86_64`,
    ),
    ...conflictIf(
      size !== undefined && !size.isUnresolved() && size.toBytes() < 1,
      `\`maxFileUploadSize\` must be at least one byte, got ${size?.isUnresolved() ? 'a token' : size?.toBytes()}`,
    ),
    ...conflictIf(
      isKnown(admin) && !/^[^@\s]+@[^@\s]+$/.test(admin),
      `\`workspaceAdmin\` must be an e-mail address, got '${admin}'; nobody could sign in as it`,
    ),
    ...conflictIf(
      props.defaultWorkspaceRole !== undefined && admin === undefined,
      `\`defaultWorkspaceRole\` ${props.defaultWorkspaceRole} has no effect without \`workspaceAdmin\`: everybody would be an administrator; set both`,
    ),
  ];
}
