import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { FargateWorkload, FargateWorkloadProps, ServiceNetwork } from '../../src';
import { existingVpc, IMAGE, only, regionStack, VpcTiers } from '../support/fixtures';

function placed(network: ServiceNetwork, props: Partial<FargateWorkloadProps> = {}, stack: Stack = regionStack()) {
  const workload = new FargateWorkload(stack, 'Workload', { image: IMAGE, network, ...props });
  const template = Template.fromStack(stack);
  return { stack, workload, template, awsvpc: only(template, 'AWS::ECS::Service').NetworkConfiguration.AwsvpcConfiguration };
}

function subnetRefs(stack: Stack, subnets: ec2.ISubnet[]): unknown[] {
  return subnets.map((subnet) => stack.resolve(subnet.subnetId));
}

/** Short names of the AWS services that have an endpoint; a gateway's name is joined with the Region. */
function endpointServices(template: Template): string[] {
  return Object.values(template.findResources('AWS::EC2::VPCEndpoint'))
    .map(({ Properties: { ServiceName: name } }) => (typeof name === 'string' ? name.split('.').slice(3).join('.') : name['Fn::Join'][1].at(-1).replace(/^\./, '')))
    .sort();
}

describe('a new network', () => {
  test('publicTasks: public address, no NAT, two zones, isolated data subnets', () => {
    const { stack, workload, template, awsvpc } = placed(ServiceNetwork.publicTasks());
    expect(awsvpc).toMatchObject({ AssignPublicIp: 'ENABLED', Subnets: subnetRefs(stack, workload.vpc.publicSubnets) });
    expect([workload.vpc.publicSubnets.length, workload.vpc.privateSubnets.length, workload.vpc.isolatedSubnets.length]).toEqual([2, 0, 2]);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
    expect(endpointServices(template)).toEqual(['s3']);
  });

  test('privateTasks: one NAT gateway, no public address', () => {
    const { stack, workload, template, awsvpc } = placed(ServiceNetwork.privateTasks());
    expect(awsvpc).toMatchObject({ AssignPublicIp: 'DISABLED', Subnets: subnetRefs(stack, workload.vpc.privateSubnets) });
    template.resourceCountIs('AWS::EC2::NatGateway', 1);
    expect(endpointServices(template)).toEqual(['s3']);
  });

  test('privateTasks: as many NAT gateways as asked for', () => {
    placed(ServiceNetwork.privateTasks({ natGateways: 2 })).template.resourceCountIs('AWS::EC2::NatGateway', 2);
  });

  test('isolatedTasks: the endpoints that a task without secrets needs, for the tasks only', () => {
    const { stack, workload, template, awsvpc } = placed(ServiceNetwork.isolatedTasks());
    expect(awsvpc).toMatchObject({ AssignPublicIp: 'DISABLED', Subnets: subnetRefs(stack, workload.vpc.isolatedSubnets) });
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    expect(endpointServices(template)).toEqual(['ecr.api', 'ecr.dkr', 'logs', 's3']);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 443, ToPort: 443, SourceSecurityGroupId: stack.resolve(workload.securityGroup!.securityGroupId),
    });
  });

  test('isolatedTasks: endpoints follow secrets, parameters and exec, also those that come later', () => {
    const stack = regionStack();
    const secret = ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Secret'));
    const parameter = ecs.Secret.fromSsmParameter(ssm.StringParameter.fromStringParameterName(stack, 'Parameter', '/app/parameter'));
    const workload = new FargateWorkload(stack, 'Workload', {
      image: IMAGE, network: ServiceNetwork.isolatedTasks(), secrets: { A: secret }, enableExecuteCommand: true,
    });
    workload.addSecret('B', parameter);
    workload.addSidecar('proxy', { image: IMAGE, secrets: { C: secret } });
    expect(endpointServices(Template.fromStack(stack))).toEqual(['ecr.api', 'ecr.dkr', 'logs', 's3', 'secretsmanager', 'ssm', 'ssmmessages']);
  });

  test('isolatedTasks: given groups are let into the endpoints', () => {
    const stack = regionStack();
    const given = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Given', 'sg-0123456789abcdef0');
    const { template } = placed(ServiceNetwork.isolatedTasks(), { securityGroups: [given] }, stack);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ FromPort: 443, SourceSecurityGroupId: 'sg-0123456789abcdef0' })],
    });
  });

  test('addresses and zones are taken', () => {
    const { template } = placed(ServiceNetwork.publicTasks({ ipAddresses: ec2.IpAddresses.cidr('172.31.0.0/16'), maxAzs: 1 }));
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '172.31.0.0/16' });
    template.resourceCountIs('AWS::EC2::Subnet', 2);
  });

  test('dual stack lets tasks out over IPv6 too', () => {
    const { template } = placed(ServiceNetwork.publicTasks({ ipProtocol: ec2.IpProtocol.DUAL_STACK }));
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '0.0.0.0/0', FromPort: 443 }), Match.objectLike({ CidrIpv6: '::/0', FromPort: 443 })],
    });
  });

  test('dual stack with all outbound', () => {
    const { template } = placed(ServiceNetwork.publicTasks({ ipProtocol: ec2.IpProtocol.DUAL_STACK }), { allowAllOutbound: true });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }), Match.objectLike({ CidrIpv6: '::/0', IpProtocol: '-1' })],
    });
  });

  test('flow logs are kept as the other logs of the workload are', () => {
    const { template } = placed(ServiceNetwork.publicTasks(), { logRetention: 30, removalPolicy: RemovalPolicy.DESTROY });
    template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL', LogDestinationType: 'cloud-watch-logs' });
    template.resourceCountIs('AWS::Logs::LogGroup', 2);
    template.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30 } });
  });

  test('flow logs can be left out', () => {
    placed(ServiceNetwork.publicTasks({ flowLogs: false })).template.resourceCountIs('AWS::EC2::FlowLog', 0);
  });

  test('no custom resource, also where an app asks the CDK to empty default groups', () => {
    const stack = regionStack();
    stack.node.setContext('@aws-cdk/aws-ec2:restrictDefaultSecurityGroup', true);
    placed(ServiceNetwork.publicTasks(), {}, stack).template.resourceCountIs('AWS::Lambda::Function', 0);
  });
});

describe('an existing VPC', () => {
  test.each<[string, VpcTiers, string, string]>([
    ['private', { public: true, private: true, isolated: true }, 'b', 'DISABLED'],
    ['public', { public: true, isolated: true }, 'a', 'ENABLED'],
    ['isolated', { isolated: true }, 'c', 'DISABLED'],
  ])('tasks prefer %s subnets', (_name, tiers, tier, publicIp) => {
    const stack = regionStack();
    const { template, awsvpc } = placed(ServiceNetwork.fromVpc(existingVpc(stack, tiers)), {}, stack);
    expect(awsvpc.AssignPublicIp).toBe(publicIp);
    expect(awsvpc.Subnets).toEqual([expect.stringMatching(`^subnet-${tier}`), expect.stringMatching(`^subnet-${tier}`)]);
    ['AWS::EC2::VPC', 'AWS::EC2::VPCEndpoint', 'AWS::EC2::FlowLog'].forEach((type) => template.resourceCountIs(type, 0));
  });

  test('subnets and public address are taken', () => {
    const stack = regionStack();
    const network = ServiceNetwork.fromVpc(existingVpc(stack), { taskSubnets: { subnetType: ec2.SubnetType.PUBLIC }, assignPublicIp: false });
    const { awsvpc } = placed(network, {}, stack);
    expect(awsvpc).toMatchObject({ AssignPublicIp: 'DISABLED', Subnets: [expect.stringMatching('^subnet-a'), expect.stringMatching('^subnet-a')] });
  });

  test.each<[string, VpcTiers, object]>([
    ['the isolated ones', { public: true, private: true, isolated: true }, { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    ['those of the tasks', { public: true, private: true }, { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }],
  ])('database subnets are %s', (_name, tiers, expected) => {
    const stack = regionStack();
    expect(ServiceNetwork.fromVpc(existingVpc(stack, tiers))._bind(stack).databaseSubnets).toEqual(expected);
  });

  test('database and ingress subnets are taken', () => {
    const stack = regionStack();
    const [databaseSubnets, ingressSubnets] = [{ subnetGroupName: 'Data' }, { subnetGroupName: 'Front' }];
    const placement = ServiceNetwork.fromVpc(existingVpc(stack), { databaseSubnets, ingressSubnets, taskSubnets: { subnetType: ec2.SubnetType.PUBLIC } })._bind(stack);
    expect(placement).toMatchObject({ databaseSubnets, ingressSubnets });
  });

  test('a network that is placed already is taken as it is', () => {
    const stack = regionStack();
    const placement = ServiceNetwork.publicTasks()._bind(stack);
    expect(ServiceNetwork._placed(placement)._bind(stack)).toBe(placement);
  });
});

test.each<[string, () => ServiceNetwork, RegExp]>([
  ['no zone', () => ServiceNetwork.publicTasks({ maxAzs: 0 }), /^ServiceNetwork\.publicTasks\(\): `maxAzs` must be a whole number from 1 to 6 zones, got 0$/],
  ['no zone of an isolated network', () => ServiceNetwork.isolatedTasks({ maxAzs: 7 }), /^ServiceNetwork\.isolatedTasks\(\): `maxAzs` .* got 7$/],
  ['no way out', () => ServiceNetwork.privateTasks({ natGateways: 0 }), /^ServiceNetwork\.privateTasks\(\): `natGateways` must be a whole number from 1 to 2 .*, got 0$/],
  ['more NAT gateways than zones', () => ServiceNetwork.privateTasks({ maxAzs: 3, natGateways: 4 }), /`natGateways` must be a whole number from 1 to 3 .*, got 4$/],
  ['both', () => ServiceNetwork.privateTasks({ maxAzs: 1.5, natGateways: -1 }), /has 2 conflicts:\n- `maxAzs`.*\n- `natGateways`/],
])('fails for %s', (_name, network, message) => {
  expect(network).toThrow(message);
});
