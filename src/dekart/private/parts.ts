import { Stack } from 'aws-cdk-lib';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { mergeVariables, serverVariables } from './environment';
import type { DekartVariables } from './facts';
import { DekartSettings, servesHttps } from './settings';
import { siteBucket } from './storage';
import type { NetworkPlacement } from '../../fargate/private/network-placement';
import { accessLogsBucket } from '../../private/access-logs';
import { siteCertificate, siteRecords } from '../../private/site-domain';
import type { BoundIngress } from '../application-ingress';

/** The bucket for access logs: the given one, or one that is made by whoever needs it first. */
export class LazyAccessLogs {
  /** Undefined until something writes to it. */
  public used?: s3.IBucket;

  constructor(private readonly scope: Construct, private readonly settings: DekartSettings) {}

  public readonly bucket = (): s3.IBucket => {
    const { accessLogsBucket: given, logRetention: retention, removalPolicy } = this.settings.props;
    this.used ??= given ?? accessLogsBucket(this.scope, 'AccessLogs', { retention, removalPolicy });
    return this.used;
  };
}

/** Load balancer, listener, certificate. */
export function siteIngress(scope: Construct, settings: DekartSettings, placement: NetworkPlacement, accessLogs: () => s3.IBucket): BoundIngress {
  const { props, ingress } = settings;
  return ingress._bind(scope, {
    placement,
    accessLogs,
    certificate: ingress._bringsListener ? props.certificate : siteCertificate(scope, props),
    domainName: props.domainName,
    removalPolicy: props.removalPolicy,
  });
}

/** Address of the site, without a slash at the end. */
export function siteUrl(settings: DekartSettings, ingress: BoundIngress): string {
  const host = settings.props.domainName ?? ingress.loadBalancer!.loadBalancerDnsName;
  const https = servesHttps(settings);
  const usualPort = ingress.port === undefined || ingress.port === (https ? 443 : 80);
  return `${https ? 'https' : 'http'}://${host}${usualPort ? '' : `:${ingress.port}`}`;
}

/** The record of the site. A listener that was imported does not know its load balancer: DNS is then up to the user. */
export function siteDns(scope: Construct, { props }: DekartSettings, ingress: BoundIngress): void {
  if (ingress.loadBalancer) siteRecords(scope, props, new targets.LoadBalancerTarget(ingress.loadBalancer), ingress.dualStack);
}

/** The site's bucket: the given one, or a new one. */
export function siteStorage(scope: Construct, { props }: DekartSettings, accessLogs: () => s3.IBucket): s3.IBucket {
  return props.bucket ?? siteBucket(scope, {
    encryptionKey: props.encryptionKey,
    removalPolicy: props.removalPolicy,
    expiringPrefix: props.dataSource._expiringPrefix,
    accessLogs: accessLogs(),
  });
}

/** Every variable of the server. */
export function siteEnvironment(
  scope: Construct, settings: DekartSettings, site: { readonly url: string; readonly bucket: s3.IBucket }, ...parts: DekartVariables[]
): Required<DekartVariables> {
  const { props, version, metadataStore } = settings;
  const storage = props.dataSource._storage;
  const server = serverVariables({
    region: Stack.of(scope).region,
    port: version.containerPort,
    url: site.url,
    bucketName: site.bucket.bucketName,
    storage,
    keepsUploads: storage === 'S3' || metadataStore._keepsDataDirectory,
    perUserIdentity: props.authentication._perUser,
    licenseKey: props.licenseKey,
    mapboxToken: props.mapboxToken,
    workspaceAdmin: props.workspaceAdmin,
    defaultWorkspaceRole: props.defaultWorkspaceRole,
    maxFileUploadBytes: props.maxFileUploadSize?.toBytes(),
  });
  return mergeVariables(server, ...parts, { plain: props.environment, secret: props.secrets });
}
