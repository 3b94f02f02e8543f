import { App, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi } from '../../../src';
import { apiRegionConflicts, certificateRegionConflicts } from '../../../src/http-api/private/regions';
import { SERVICE } from '../fixtures';

const ARN = 'arn:aws:acm:us-east-1:111111111111:certificate/11111111-2222-3333-4444-555555555555';

function stackOf(region?: string, app = new App()): Stack {
  return new Stack(app, `In${region ?? 'Any'}`, { env: { region }, crossRegionReferences: true });
}

test('fails when a service is in another Region than its API', () => {
  const app = new App();
  const api = new CloudMapHttpApi(stackOf('eu-central-1', app), 'Api');
  expect(() => new ApiGatewayCloudMapFargateService(stackOf('eu-west-1', app), 'Users', { ...SERVICE, api }))
    .toThrow(/`api` Ineu-central-1\/Api is in eu-central-1 and the service in eu-west-1; .* make another CloudMapHttpApi in eu-west-1/);
});

test.each([['eu-central-1', 'eu-central-1'], [undefined, 'eu-central-1'], ['eu-central-1', undefined]])('Regions %s and %s pass', (one, other) => {
  expect(apiRegionConflicts(stackOf(one), stackOf(other))).toEqual([]);
});

test('a service without an API passes', () => {
  expect(apiRegionConflicts(stackOf('eu-central-1'), undefined)).toEqual([]);
});

test('fails when the certificate is of another Region', () => {
  const stack = stackOf('eu-central-1');
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', ARN);
  expect(() => new CloudMapHttpApi(stack, 'Api', { domainName: 'api.example.com', certificate }))
    .toThrow(/`certificate` is in us-east-1 and the API in eu-central-1; pass one that was issued in eu-central-1, or leave it out and set `domainZone`/);
});

test('fails when the certificate is made in a stack of another Region', () => {
  const app = new App();
  const certificate = new acm.Certificate(stackOf('us-east-1', app), 'Certificate', { domainName: 'api.example.com' });
  expect(certificateRegionConflicts(stackOf('eu-central-1', app), certificate)).toHaveLength(1);
});

test.each<[string, (stack: Stack) => acm.ICertificate | undefined, string | undefined]>([
  ['none', () => undefined, 'eu-central-1'],
  ['one of the same Region', (stack) => acm.Certificate.fromCertificateArn(stack, 'Certificate', ARN), 'us-east-1'],
  ['one of the same stack', (stack) => new acm.Certificate(stack, 'Certificate', { domainName: 'api.example.com' }), 'eu-central-1'],
  ['one in a stack without a Region', (stack) => acm.Certificate.fromCertificateArn(stack, 'Certificate', ARN), undefined],
  ['one whose ARN is a Token', (stack) => acm.Certificate.fromCertificateArn(stack, 'Certificate', stack.formatArn({ service: 'acm', resource: 'certificate' })), 'eu-central-1'],
])('certificate passes: %s', (_name, certificate, region) => {
  const stack = stackOf(region);
  expect(certificateRegionConflicts(stack, certificate(stack))).toEqual([]);
});
