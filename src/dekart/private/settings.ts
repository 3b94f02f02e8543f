import { Duration } from 'aws-cdk-lib';
import type { FargateWorkloadProps } from '../../fargate/fargate-workload-props';
import { ServiceNetwork } from '../../fargate/service-network';
import { ApplicationIngress } from '../application-ingress';
import { DekartMetadataStore } from '../dekart-metadata-store';
import type { DekartOnFargateProps } from '../dekart-on-fargate-props';
import { DekartVersion } from '../dekart-version';

/** The props, with every choice made. */
export interface DekartSettings {
  readonly props: DekartOnFargateProps;
  readonly version: DekartVersion;
  readonly metadataStore: DekartMetadataStore;
  readonly ingress: ApplicationIngress;
  readonly network: ServiceNetwork;
  /** The task, but for its environment and its place. */
  readonly workloadProps: FargateWorkloadProps;
}

export function dekartSettings(props: DekartOnFargateProps): DekartSettings {
  const version = props.version ?? DekartVersion.V0_23_2;
  const metadataStore = props.metadataStore ?? DekartMetadataStore.postgres();
  const ingress = props.ingress ?? ApplicationIngress.newLoadBalancer();
  return { props, version, metadataStore, ingress, network: networkOf(props, ingress), workloadProps: taskOf(props, version, metadataStore) };
}

export function servesHttps({ props, ingress }: DekartSettings): boolean {
  if (ingress._bringsListener) return !ingress._plainHttp;
  return props.certificate !== undefined || (props.domainName !== undefined && props.domainZone !== undefined);
}

function networkOf(props: DekartOnFargateProps, ingress: ApplicationIngress): ServiceNetwork {
  const vpc = props.cluster?.vpc ?? ingress._vpc;
  return props.network ?? (vpc ? ServiceNetwork.fromVpc(vpc) : ServiceNetwork.publicTasks());
}

/** Streams, jobs and upload sessions live in the server's memory: it never runs twice, not even during a deployment. */
function taskOf(props: DekartOnFargateProps, version: DekartVersion, store: DekartMetadataStore): FargateWorkloadProps {
  return {
    image: props.image ?? version._image,
    containerName: 'dekart',
    containerPort: version.containerPort,
    cpu: props.cpu ?? 256,
    memoryLimitMiB: props.memoryLimitMiB ?? 1024,
    cpuArchitecture: props.cpuArchitecture,
    user: '1000:1000',
    // a shell in the container needs to write
    readonlyRootFilesystem: version._traits.readonlyRootFilesystem && store._readonlyRootFilesystem
      && props.dataSource._readonlyRootFilesystem && !(props.enableExecuteCommand ?? false),
    stopTimeout: store._stopTimeout,
    desiredCount: 1,
    minHealthyPercent: 0,
    maxHealthyPercent: 100,
    healthCheckGracePeriod: Duration.minutes(1),
    securityGroups: props.securityGroups,
    cluster: props.cluster,
    network: props.network,
    capacityProviderStrategies: props.capacityProviderStrategies,
    taskRole: props.taskRole,
    executionRole: props.executionRole,
    enableExecuteCommand: props.enableExecuteCommand,
    containerInsights: props.containerInsights,
    logging: props.logging,
    logRetention: props.logRetention,
    encryptionKey: props.encryptionKey,
    removalPolicy: props.removalPolicy,
  };
}
