import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ApiGatewayCloudMapFargateService, DekartAuthentication, DekartDataSource, DekartOnFargate, HttpHealthCheck } from '../src';

const PAGE = readFileSync(join(dirname(__dirname), 'docs', 'cost.md'), 'utf8');
const [, DEFAULTS] = PAGE.split('## Defaults that are billed');

/** Billed by the hour or the month just for being there, and the words that the page has for it. */
const BILLED: { readonly [type: string]: string } = {
  'AWS::ECS::Cluster': 'Container Insights',
  'AWS::ECS::Service': 'public addresses of tasks',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'public addresses of the load balancer',
  'AWS::RDS::DBInstance': 'db.t4g.micro in two zones, 20 GB',
  'AWS::SecretsManager::Secret': 'database secret',
  'AWS::ServiceDiscovery::PrivateDnsNamespace': 'private DNS namespace',
};

/** Billed by what goes through or is kept there, or not at all. */
const FREE_AT_REST = [
  /^AWS::(IAM|Route53|CertificateManager|Athena|Logs|S3|Cognito)::/,
  /^AWS::ApiGatewayV2::(Api|Stage|Route|Integration|VpcLink)$/,
  /^AWS::EC2::(VPC|Subnet|RouteTable|Route|SubnetRouteTableAssociation|InternetGateway|VPCGatewayAttachment|FlowLog|SecurityGroup\w*)$/,
  /^AWS::ECS::(TaskDefinition|ClusterCapacityProviderAssociations)$/,
  /^AWS::ElasticLoadBalancingV2::(Listener\w*|TargetGroup)$/,
  /^AWS::RDS::(DBSubnetGroup|DBParameterGroup)$/,
  /^AWS::SecretsManager::SecretTargetAttachment$/,
  /^AWS::ServiceDiscovery::Service$/,
];

function dekart(): Template {
  const stack = new Stack(undefined, 'Maps', { env: { region: 'us-east-1' } });
  new DekartOnFargate(stack, 'Dekart', {
    domainName: 'maps.example.com',
    domainZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' }),
    licenseKey: ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'LicenseKey', 'dekart/license-key')),
    authentication: DekartAuthentication.newUserPool(),
    dataSource: DekartDataSource.athena(),
  });
  return Template.fromStack(stack);
}

function httpApi(): Template {
  const stack = new Stack(undefined, 'Hello', { env: { region: 'us-east-1' } });
  new ApiGatewayCloudMapFargateService(stack, 'Service', {
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/httpd:2.4'),
    healthCheck: HttpHealthCheck.bashTcp('/'),
  });
  return Template.fromStack(stack);
}

/** Computes what is made of numbers, `+`, `-`, `x`, `/` and brackets only. */
function compute(expression: string): number {
  return Number(new Function(`return ${expression.replace(/x/g, '*')}`)());
}

describe.each([['DekartOnFargate', dekart], ['ApiGatewayCloudMapFargateService', httpApi]])('the smallest %s', (_name, template) => {
  test('makes nothing that is billed at rest and not on the page', () => {
    const types = Object.values<any>(template().toJSON().Resources)
      .filter(({ Properties }) => Properties?.VpcEndpointType !== 'Gateway') // those of S3 are free
      .map(({ Type }) => Type as string);
    const unnamed = types.filter((type) => !FREE_AT_REST.some((free) => free.test(type)) && !(type in BILLED && DEFAULTS.includes(BILLED[type])));
    expect(unnamed).toEqual([]);
  });
});

test('sizes that the page computes with are the defaults', () => {
  httpApi().hasResourceProperties('AWS::ECS::TaskDefinition', { Cpu: '256', Memory: '512', RuntimePlatform: { CpuArchitecture: 'X86_64' } });
  httpApi().hasResourceProperties('AWS::ECS::Service', { DesiredCount: 2, NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'ENABLED' }) } });
  dekart().hasResourceProperties('AWS::ECS::TaskDefinition', { Cpu: '256', Memory: '1024', RuntimePlatform: { CpuArchitecture: 'X86_64' } });
  dekart().hasResourceProperties('AWS::ECS::Service', { DesiredCount: 1, NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'ENABLED' }) } });
  dekart().hasResourceProperties('AWS::RDS::DBInstance', { DBInstanceClass: 'db.t4g.micro', MultiAZ: true, AllocatedStorage: '20', StorageType: 'gp3' });
  for (const template of [httpApi(), dekart()]) {
    template.hasResourceProperties('AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] });
  }
});

test('the arithmetic is right', () => {
  const equations = [...PAGE.matchAll(/((?:[\d.]+|\()[\d.() x+/-]*[\d)]) = (\d+\.\d\d)/g)].map(([, left, right]) => [left, right]);
  const columns = [...PAGE.matchAll(/\| (\d+\.\d\d)(?: each)? \| ((?:\d|\()[\d.() x+/-]* x [\d.() x+/-]*[\d)])[ ,]/g)].map(([, right, left]) => [left, right]);
  const front = [...PAGE.matchAll(/\| ((?:\d)[\d.() x+/-]*\d) \| \*\*(\d+\.\d\d)\*\*/g)].map(([, left, right]) => [left, right]);
  expect([equations.length, columns.length, front.length].map((found) => found >= 3)).toEqual([true, true, true]);
  const wrong = [...equations, ...columns, ...front].filter(([left, right]) => Math.abs(compute(left) - Number(right)) > 0.0051);
  expect(wrong).toEqual([]);
});

test.each(['http-api.md', 'dekart.md'])('amounts in docs/%s are those of the page', (name) => {
  const guide = readFileSync(join(dirname(__dirname), 'docs', name), 'utf8').split('\n## ').filter((section) => section.includes('(cost.md#')).join('\n');
  const amounts = [...guide.matchAll(/(?<![\d.])\d+\.\d\d(?![\d.])/g)].map(([amount]) => amount);
  expect(amounts.length).toBeGreaterThan(0);
  expect(amounts.filter((amount) => !PAGE.includes(amount))).toEqual([]);
});

test('sums are those of the amounts above them', () => {
  const tables = PAGE.split('\n\n').filter((block) => block.includes('| **sum**')).map((block) => block.split('\n').map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim())));
  const amount = (cell: string) => Number(/(?:^|= )(\d+\.\d\d)$/.exec(cell)?.[1] ?? 0);
  const sums = tables.flatMap((rows) => {
    const at = rows.findIndex(([first]) => first === '**sum**');
    return rows[at].flatMap((cell, column) => (/\d/.test(cell) ? [[cell, `**${rows.slice(0, at).reduce((sum, row) => sum + amount(row[column]), 0).toFixed(2)}**`]] : []));
  });
  expect(sums).toHaveLength(5);
  sums.forEach(([written, computed]) => expect(written).toBe(computed));
});
