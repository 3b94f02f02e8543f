import { Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { IConstruct } from 'constructs';
import { conflictIf, Conflicts, isKnown, knownToDiffer } from '../../private/prop-rules';

/** Tasks, namespace and VPC link are of one Region, whatever a reference between stacks could carry over. */
export function apiRegionConflicts(service: IConstruct, api: IConstruct | undefined): Conflicts {
  if (api === undefined) return [];
  const [wanted, got] = [Stack.of(service).region, Stack.of(api).region];
  return conflictIf(
    knownToDiffer(wanted, got),
    `\`api\` ${api.node.path} is in ${got} and the service in ${wanted}; a service joins an API of its own Region: make another CloudMapHttpApi in ${wanted}`,
  );
}

/** Domains of HTTP APIs are regional: a certificate for CloudFront, in us-east-1, is of no use to others. */
export function certificateRegionConflicts(scope: IConstruct, certificate: acm.ICertificate | undefined): Conflicts {
  if (certificate === undefined) return [];
  const [wanted, got] = [Stack.of(scope).region, regionOf(certificate)];
  return conflictIf(
    knownToDiffer(wanted, got),
    `\`certificate\` is in ${got} and the API in ${wanted}; pass one that was issued in ${wanted}, or leave it out and set \`domainZone\` to get one`,
  );
}

function regionOf(certificate: acm.ICertificate): string | undefined {
  const { certificateArn } = certificate;
  return isKnown(certificateArn) ? certificateArn.split(':')[3] : certificate.env.region;
}
