import { Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { siteCertificate, siteDomainConflicts, siteRecords } from '../../src/private/site-domain';
import { regionStack } from '../support/fixtures';

const target: route53.IAliasRecordTarget = { bind: () => ({ hostedZoneId: 'Z2', dnsName: 'front.example.net' }) };

function parts(stack: Stack) {
  return {
    zone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
    certificate: acm.Certificate.fromCertificateArn(stack, 'Given', 'arn:aws:acm:eu-central-1:111122223333:certificate/a'),
  };
}

test('a name in a zone gets a certificate that validates itself, and a record', () => {
  const stack = regionStack();
  const { zone: domainZone } = parts(stack);
  const props = { domainName: 'maps.example.com', domainZone };
  expect(siteDomainConflicts(props)).toEqual([]);
  expect(siteCertificate(stack, props)).toBeDefined();
  siteRecords(stack, props, target);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::CertificateManager::Certificate', {
    DomainName: 'maps.example.com', ValidationMethod: 'DNS', DomainValidationOptions: [{ DomainName: 'maps.example.com', HostedZoneId: 'Z1' }],
  });
  template.resourceCountIs('AWS::Route53::RecordSet', 1);
  template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'maps.example.com.', Type: 'A', HostedZoneId: 'Z1' });
});

test('dual stack adds the IPv6 record', () => {
  const stack = regionStack();
  siteRecords(stack, { domainName: 'maps.example.com', domainZone: parts(stack).zone }, target, true);
  Template.fromStack(stack).hasResourceProperties('AWS::Route53::RecordSet', { Name: 'maps.example.com.', Type: 'AAAA' });
});

test('a given certificate is used, and without a zone nothing is written to DNS', () => {
  const stack = regionStack();
  const { certificate } = parts(stack);
  const props = { domainName: 'maps.example.com', certificate };
  expect(siteDomainConflicts(props)).toEqual([]);
  expect(siteCertificate(stack, props)).toBe(certificate);
  siteRecords(stack, props, target);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
  template.resourceCountIs('AWS::Route53::RecordSet', 0);
});

test('without a name there is nothing to make', () => {
  const stack = regionStack();
  expect(siteDomainConflicts({})).toEqual([]);
  expect(siteCertificate(stack, {})).toBeUndefined();
  siteRecords(stack, {}, target);
  Template.fromStack(stack).resourceCountIs('AWS::Route53::RecordSet', 0);
});

test('the apex of a zone, also with a trailing dot, and Tokens pass', () => {
  const stack = regionStack();
  const domainZone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com.' });
  expect(siteDomainConflicts({ domainName: 'example.com', domainZone })).toEqual([]);
  expect(siteDomainConflicts({ domainName: Lazy.string({ produce: () => 'Later' }), domainZone })).toEqual([]);
});

test.each([
  ['a zone without a name', (p: ReturnType<typeof parts>) => ({ domainZone: p.zone }), /`domainZone` is set without `domainName`/],
  ['a certificate without a name', (p: ReturnType<typeof parts>) => ({ certificate: p.certificate }), /`certificate` is set without `domainName`/],
  ['a name alone', () => ({ domainName: 'maps.example.com' }), /maps\.example\.com has neither `domainZone` nor `certificate`/],
  ['a name in upper case', (p: ReturnType<typeof parts>) => ({ domainName: 'Maps.example.com', domainZone: p.zone }), /in lower case .* got 'Maps\.example\.com'/],
  ['a name without a dot', (p: ReturnType<typeof parts>) => ({ domainName: 'maps', certificate: p.certificate }), /at least one dot, got 'maps'/],
  ['a name of another zone', (p: ReturnType<typeof parts>) => ({ domainName: 'maps.example.org', domainZone: p.zone }), /maps\.example\.org is not in `domainZone` example\.com/],
  ['a name that only ends like the zone', (p: ReturnType<typeof parts>) => ({ domainName: 'myexample.com', domainZone: p.zone }), /is not in `domainZone`/],
])('fails for %s', (_case, props, message) => {
  expect(siteDomainConflicts(props(parts(regionStack())))).toEqual([expect.stringMatching(message)]);
});
