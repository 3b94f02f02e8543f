import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { conflictIf, Conflicts, isKnown } from './prop-rules';

/** The name that a site is reached by. */
export interface SiteDomainProps {
  readonly domainName?: string;
  readonly domainZone?: route53.IHostedZone;
  readonly certificate?: acm.ICertificate;
}

const HOST_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Names that cannot be served, zones that cannot hold the record, and certificates without a name.
 *
 * @param certified Whether the front door brings a certificate of its own.
 */
export function siteDomainConflicts(props: SiteDomainProps, certified = false): Conflicts {
  const { domainName, domainZone, certificate } = props;
  if (domainName === undefined) {
    return [
      ...conflictIf(domainZone !== undefined, '`domainZone` is set without `domainName`; name the site, such as \'maps.example.com\''),
      ...conflictIf(certificate !== undefined, '`certificate` is set without `domainName`; name the site that it was issued for'),
    ];
  }
  return [
    ...conflictIf(
      !certified && domainZone === undefined && certificate === undefined,
      `\`domainName\` ${domainName} has neither \`domainZone\` nor \`certificate\`; set \`domainZone\` to get both record and certificate, or \`certificate\` when DNS is elsewhere`,
    ),
    ...conflictIf(
      isKnown(domainName) && !HOST_NAME.test(domainName),
      `\`domainName\` must be a host name in lower case with at least one dot, got '${domainName}'`,
    ),
    ...conflictIf(
      isKnown(domainName) && isKnown(domainZone?.zoneName) && !inZone(domainName, domainZone.zoneName),
      `\`domainName\` ${domainName} is not in \`domainZone\` ${domainZone?.zoneName}; pass the zone that holds it`,
    ),
  ];
}

/** The certificate that was given, or one that validates itself through the zone; nothing without a name. */
export function siteCertificate(scope: Construct, props: SiteDomainProps): acm.ICertificate | undefined {
  if (props.certificate || props.domainName === undefined) return props.certificate;
  return new acm.Certificate(scope, 'Certificate', {
    domainName: props.domainName,
    validation: acm.CertificateValidation.fromDns(props.domainZone),
  });
}

/** Points the name to the front door, when the zone is ours to write to. */
export function siteRecords(scope: Construct, props: SiteDomainProps, target: route53.IAliasRecordTarget, dualStack = false): void {
  if (props.domainName === undefined || props.domainZone === undefined) return;
  const record: route53.ARecordProps = {
    zone: props.domainZone,
    recordName: `${props.domainName}.`, // with the dot it is taken as it is, also when the zone's name is a Token
    target: route53.RecordTarget.fromAlias(target),
  };
  new route53.ARecord(scope, 'AliasRecord', record);
  if (dualStack) new route53.AaaaRecord(scope, 'Ipv6AliasRecord', record);
}

function inZone(domainName: string, zoneName: string): boolean {
  const zone = zoneName.replace(/\.$/, '').toLowerCase();
  return domainName === zone || domainName.endsWith(`.${zone}`);
}
