import { Template } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { API, apiOf, serviceOf } from './fixtures';
import { CloudMapHttpApiProps } from '../../src';
import { only, regionStack } from '../support/fixtures';

const DOMAIN = 'AWS::ApiGatewayV2::DomainName';
const MAPPING = 'AWS::ApiGatewayV2::ApiMapping';
const RECORD = 'AWS::Route53::RecordSet';

function domainOf(props: CloudMapHttpApiProps = {}) {
  const stack = regionStack();
  const domainZone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' });
  return { ...apiOf({ domainName: 'api.example.com', domainZone, ...props }, stack), stack };
}

test('a domain has a certificate, TLS 1.2, A and AAAA records, and is the only way in', () => {
  const { api, template } = domainOf();
  expect(only(template(), 'AWS::CertificateManager::Certificate')).toMatchObject({ DomainName: 'api.example.com', ValidationMethod: 'DNS' });
  expect(only(template(), DOMAIN)).toMatchObject({
    DomainName: 'api.example.com',
    DomainNameConfigurations: [{ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2', IpAddressType: 'dualstack' }],
  });
  const records = Object.values(template().findResources(RECORD)).map((record) => [record.Properties.Name, record.Properties.Type]);
  expect(records).toEqual([['api.example.com.', 'A'], ['api.example.com.', 'AAAA']]);
  expect(only(template(), API).DisableExecuteApiEndpoint).toBe(true);
  expect(api.domain).toBeInstanceOf(apigwv2.DomainName);
});

test('the mapping leads to the stage', () => {
  const { template, stack, api } = domainOf();
  expect(only(template(), MAPPING)).toMatchObject({ ApiId: stack.resolve(api.httpApi.apiId), Stage: '$default' });
  expect(only(template(), MAPPING)).not.toHaveProperty('ApiMappingKey');
});

test('mappingKey becomes part of the URL', () => {
  const { api, stack, template } = domainOf({ mappingKey: 'shop/v1' });
  expect(only(template(), MAPPING).ApiMappingKey).toBe('shop/v1');
  expect(JSON.stringify(stack.resolve(api.url))).toMatch(/\/shop\/v1/);
});

test('the URL of a service is on the domain', () => {
  const stack = regionStack();
  const customDomain = apigwv2.DomainName.fromDomainNameAttributes(stack, 'Domain', {
    name: 'api.example.com', regionalDomainName: 'd-1.execute-api.eu-central-1.amazonaws.com', regionalHostedZoneId: 'Z1',
  });
  const { service, template } = serviceOf({ path: '/users' }, { customDomain }, stack);
  expect(service.url).toBe('https://api.example.com/users');
  template().resourceCountIs(DOMAIN, 0);
  template().resourceCountIs(RECORD, 0);
  expect(only(template(), MAPPING).DomainName).toBe('api.example.com');
  expect(only(template(), API).DisableExecuteApiEndpoint).toBe(true);
});

test('certificate: no other is made, and without a zone no record', () => {
  const stack = regionStack();
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:111111111111:certificate/1');
  const { template } = apiOf({ domainName: 'api.example.com', certificate }, stack);
  template().resourceCountIs('AWS::CertificateManager::Certificate', 0);
  template().resourceCountIs(RECORD, 0);
  expect(only(template(), DOMAIN).DomainNameConfigurations[0].CertificateArn).toContain(':certificate/1');
});

test('mtls: clients of the domain show a certificate', () => {
  const { template } = domainOf({ mtls: { bucket: s3.Bucket.fromBucketName(regionStack(), 'Trust', 'trust'), key: 'ca.pem', version: '1' } });
  expect(only(template(), DOMAIN).MutualTlsAuthentication).toEqual({ TruststoreUri: 's3://trust/ca.pem', TruststoreVersion: '1' });
});

test('without mtls they do not', () => {
  expect(only(domainOf().template(), DOMAIN)).not.toHaveProperty('MutualTlsAuthentication');
});

test('an IPv4 domain has no AAAA record', () => {
  const { template } = domainOf({ ipAddressType: apigwv2.IpAddressType.IPV4 });
  expect(only(template(), RECORD).Type).toBe('A');
});

test('disableExecuteApiEndpoint false keeps the default endpoint open', () => {
  expect(only(domainOf({ disableExecuteApiEndpoint: false }).template(), API).DisableExecuteApiEndpoint).toBe(false);
});

test('without a domain there is none', () => {
  const { api, template } = apiOf();
  expect(api.domain).toBeUndefined();
  [DOMAIN, MAPPING, RECORD].forEach((type) => Template.fromJSON(template().toJSON()).resourceCountIs(type, 0));
});
