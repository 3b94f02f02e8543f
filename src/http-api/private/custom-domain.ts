import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { conflictIf, Conflicts, isKnown } from '../../private/prop-rules';
import { siteCertificate, siteDomainConflicts, siteRecords } from '../../private/site-domain';
import type { CloudMapHttpApiProps } from '../cloud-map-http-api-props';

/** The given domain or a new one with its records, mapped to the stage; undefined when the API has only its own endpoint. */
export function customDomain(scope: Construct, stage: apigwv2.HttpStage, props: CloudMapHttpApiProps): apigwv2.IDomainName | undefined {
  const domain = props.customDomain ?? newDomain(scope, props);
  if (domain === undefined) return undefined;
  new apigwv2.ApiMapping(scope, 'ApiMapping', { api: stage.api, stage, domainName: domain, apiMappingKey: props.mappingKey });
  return domain;
}

/** A domain closes the endpoint that the API comes with, which would go around mTLS and everything else before the domain. */
export function closesDefaultEndpoint(props: CloudMapHttpApiProps): boolean {
  return props.disableExecuteApiEndpoint ?? hasDomain(props);
}

export function customDomainConflicts(props: CloudMapHttpApiProps): Conflicts {
  return [
    ...siteDomainConflicts(props),
    ...conflictIf(
      props.customDomain !== undefined && (props.domainName !== undefined || props.mtls !== undefined),
      '`customDomain` exists already; leave out `domainName`, `domainZone`, `certificate` and `mtls`, which make a new one',
    ),
    ...conflictIf(
      props.mappingKey !== undefined && !hasDomain(props),
      `\`mappingKey\` ${props.mappingKey} is a path of a domain, and there is none; set \`domainName\` or \`customDomain\``,
    ),
    ...conflictIf(
      isKnown(props.mappingKey) && !/^[\w$.!*'()-]+(\/[\w$.!*'()-]+)*$/.test(props.mappingKey),
      `\`mappingKey\` must be path segments without a slash at either end, got '${props.mappingKey}'`,
    ),
    ...conflictIf(
      props.mtls !== undefined && props.domainName === undefined && props.customDomain === undefined,
      '`mtls` needs a domain, since the endpoint of the API asks for no client certificate; set `domainName`',
    ),
    ...conflictIf(
      props.mtls !== undefined && props.disableExecuteApiEndpoint === false,
      '`disableExecuteApiEndpoint` false goes around `mtls`; leave it out',
    ),
  ];
}

function hasDomain(props: CloudMapHttpApiProps): boolean {
  return props.domainName !== undefined || props.customDomain !== undefined;
}

function newDomain(scope: Construct, props: CloudMapHttpApiProps): apigwv2.DomainName | undefined {
  const certificate = siteCertificate(scope, props);
  if (props.domainName === undefined || certificate === undefined) return undefined;
  const ipAddressType = props.ipAddressType ?? apigwv2.IpAddressType.DUAL_STACK;
  const domain = new apigwv2.DomainName(scope, 'DomainName', {
    domainName: props.domainName,
    certificate,
    securityPolicy: apigwv2.SecurityPolicy.TLS_1_2,
    ipAddressType,
    mtls: props.mtls,
  });
  const target = new targets.ApiGatewayv2DomainProperties(domain.regionalDomainName, domain.regionalHostedZoneId);
  siteRecords(scope, props, target, ipAddressType === apigwv2.IpAddressType.DUAL_STACK);
  return domain;
}
