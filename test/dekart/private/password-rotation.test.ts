import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { DekartAuthentication, DekartMetadataStore, DekartOnFargateProps, ServiceNetwork } from '../../../src';
import { dekartIn, secretOf, securityRules } from '../../support/dekart';
import { existingVpc, only, regionStack } from '../../support/fixtures';

const ENDPOINT = 'AWS::EC2::VPCEndpoint';

function rotating(changesOf: (stack: Stack) => Partial<DekartOnFargateProps>) {
  const stack = regionStack();
  const dekart = dekartIn(stack, { metadataStore: DekartMetadataStore.postgres({ passwordRotation: Duration.days(30) }), ...changesOf(stack) });
  const template = Template.fromStack(stack);
  const subnets = only(template, 'AWS::Serverless::Application').Parameters.vpcSubnetIds;
  const subnetIds = stack.resolve(subnets)['Fn::Join']?.[1].filter((part: unknown) => part !== ',') ?? subnets.split(',');
  return { stack, dekart, template, subnetIds, idsOf: (tier: { subnetId: string }[]) => tier.map((subnet) => stack.resolve(subnet.subnetId)) };
}

test.each<[string, (stack: Stack) => Partial<DekartOnFargateProps>]>([
  ['public tasks', () => ({})],
  ['isolated tasks', (stack) => ({
    network: ServiceNetwork.isolatedTasks(),
    image: ecs.ContainerImage.fromRegistry('111122223333.dkr.ecr.eu-central-1.amazonaws.com/dekart:0.23.2'),
    authentication: DekartAuthentication.none('a test'),
    licenseKey: secretOf(stack, 'license'),
  })],
])('in a network of %s the function and the tasks reach Secrets Manager by an endpoint', (_name, changes) => {
  const { dekart, template, subnetIds, idsOf } = rotating(changes);
  expect(subnetIds).toEqual(idsOf(dekart.vpc.isolatedSubnets));
  template.hasResourceProperties(ENDPOINT, { ServiceName: 'com.amazonaws.eu-central-1.secretsmanager', PrivateDnsEnabled: true });
  expect(securityRules(template, 'Ingress').filter(({ group }) => group === 'VpcEndpointSecurityGroup').map(({ from, to, peer }) => [from, to, peer]))
    .toEqual([[443, 443, 'RotationSecurityGroup'], [443, 443, 'ServerSecurityGroup']]);
});

test('with NAT the function is beside the tasks, and needs no endpoint', () => {
  const { dekart, template, subnetIds, idsOf } = rotating(() => ({ network: ServiceNetwork.privateTasks() }));
  expect(subnetIds).toEqual(idsOf(dekart.vpc.privateSubnets));
  template.allResourcesProperties(ENDPOINT, { VpcEndpointType: 'Gateway' });
});

test('in a VPC that exists the function is beside the tasks, and nothing is added', () => {
  const { dekart, template, subnetIds, idsOf } = rotating((stack) => ({ network: ServiceNetwork.fromVpc(existingVpc(stack)) }));
  expect(subnetIds).toEqual(idsOf(dekart.vpc.privateSubnets));
  template.resourceCountIs(ENDPOINT, 0);
});

test('in public subnets that exist, where a function gets no address, it is beside the database', () => {
  const { dekart, subnetIds, idsOf } = rotating((stack) => ({ network: ServiceNetwork.fromVpc(existingVpc(stack, { public: true, isolated: true })) }));
  expect(subnetIds).toEqual(idsOf(dekart.vpc.isolatedSubnets));
});

test('the function reaches HTTPS and the database, and nothing else', () => {
  const { template } = rotating(() => ({}));
  expect(securityRules(template, 'Egress').filter(({ group }) => group === 'RotationSecurityGroup').map(({ peer }) => peer).sort()).toEqual(['0.0.0.0/0', 'DatabaseSecurityGroup']);
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('RotationSecurityGroup'), 'GroupId'] } });
});

test('without rotation there is neither function nor endpoint', () => {
  const stack = regionStack();
  dekartIn(stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Serverless::Application', 0);
  template.allResourcesProperties(ENDPOINT, { VpcEndpointType: 'Gateway' });
});
