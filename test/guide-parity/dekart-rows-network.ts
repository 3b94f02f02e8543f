import { Match } from 'aws-cdk-lib/assertions';
import { GENERATED_NAME, rowsOf } from './dekart-system';
import { attributeOf, refTo } from './parity';
import { securityRules } from '../support/dekart';

const VPC = refTo('MapsVpc');
const TIERS = ['Public', 'Isolated'];

/** Network and security groups. */
export const NETWORK_ROWS = [
  ...rowsOf('provider.aws', {
    argument: 'region',
    guide: '`var.region`',
    ours: 'the Region of the stack, also in `AWS_REGION`',
    check: (t) => expect(JSON.stringify(t.findResources('AWS::ECS::TaskDefinition'))).toContain('"Name":"AWS_REGION","Value":"eu-central-1"'),
  }),
  ...rowsOf('aws_vpc.main', {
    argument: 'cidr_block',
    guide: '`172.31.0.0/16`',
    ours: '`VPC.CidrBlock` 172.31.0.0/16, from `ipAddresses` of the network',
    check: (t) => t.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '172.31.0.0/16' }),
  }),
  ...rowsOf('aws_internet_gateway.main', {
    argument: 'vpc_id',
    guide: 'the VPC',
    ours: '`VPCGatewayAttachment` of an `InternetGateway` to the VPC',
    check: (t) => t.hasResourceProperties('AWS::EC2::VPCGatewayAttachment', { VpcId: VPC, InternetGatewayId: refTo('MapsVpcIGW') }),
  }),
  ...rowsOf('data.aws_availability_zones.available', {
    argument: 'state',
    guide: '`available`',
    ours: '`Subnet.AvailabilityZone` from `Fn::GetAZs`, which names available zones only',
    check: (t) => t.allResourcesProperties('AWS::EC2::Subnet', { AvailabilityZone: { 'Fn::Select': [Match.anyValue(), { 'Fn::GetAZs': '' }] } }),
  }),
  ...TIERS.flatMap((tier) => rowsOf(`aws_subnet.${tier === 'Public' ? 'public' : 'private'}`,
    {
      argument: 'vpc_id',
      guide: 'the VPC',
      ours: `\`Subnet.VpcId\` of the ${tier.toLowerCase()} subnets`,
      check: (t) => t.hasResourceProperties('AWS::EC2::Subnet', { VpcId: VPC, Tags: tierTag(tier) }),
    },
    {
      argument: 'cidr_block',
      guide: tier === 'Public' ? '`172.31.2.0/24`, `172.31.3.0/24`' : '`172.31.0.0/24`, `172.31.1.0/24`',
      ours: tier === 'Public' ? '`172.31.0.0/24`, `172.31.1.0/24`' : '`172.31.2.0/24`, `172.31.3.0/24`',
      why: 'the same four ranges, given out in the order in which the CDK names the tiers',
      check: (t) => (tier === 'Public' ? ['172.31.0.0/24', '172.31.1.0/24'] : ['172.31.2.0/24', '172.31.3.0/24'])
        .forEach((CidrBlock) => t.hasResourceProperties('AWS::EC2::Subnet', { CidrBlock, Tags: tierTag(tier) })),
    },
    {
      argument: 'availability_zone',
      guide: 'one each of two',
      ours: '`Subnet.AvailabilityZone`: the first and the second zone',
      check: (t) => [0, 1].forEach((zone) => t.hasResourceProperties('AWS::EC2::Subnet', {
        AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] }, Tags: tierTag(tier),
      })),
    },
    {
      argument: 'count',
      guide: '2',
      ours: `two ${tier.toLowerCase()} subnets`,
      check: (t) => t.resourcePropertiesCountIs('AWS::EC2::Subnet', { Tags: tierTag(tier) }, 2),
    },
  )),
  ...rowsOf('aws_route_table.public', {
    argument: 'vpc_id',
    guide: 'the VPC',
    ours: '`RouteTable.VpcId`, a table for each subnet',
    why: 'the CDK makes a table per subnet, so that zones can take different ways later',
    check: (t) => t.allResourcesProperties('AWS::EC2::RouteTable', { VpcId: VPC }),
  }),
  ...rowsOf('aws_route.public',
    {
      argument: 'route_table_id',
      guide: 'the public table',
      ours: '`Route.RouteTableId`, the tables of the two public subnets and no other',
      check: (t) => {
        t.resourceCountIs('AWS::EC2::Route', 2);
        t.allResourcesProperties('AWS::EC2::Route', { RouteTableId: { Ref: Match.stringLikeRegexp('^MapsVpcPublicSubnet') } });
      },
    },
    {
      argument: 'destination_cidr_block',
      guide: '`0.0.0.0/0`',
      ours: '`Route.DestinationCidrBlock` 0.0.0.0/0',
      check: (t) => t.allResourcesProperties('AWS::EC2::Route', { DestinationCidrBlock: '0.0.0.0/0' }),
    },
    {
      argument: 'gateway_id',
      guide: 'the internet gateway',
      ours: '`Route.GatewayId`',
      check: (t) => t.allResourcesProperties('AWS::EC2::Route', { GatewayId: refTo('MapsVpcIGW') }),
    },
  ),
  ...rowsOf('aws_route_table_association.public',
    {
      argument: 'count',
      guide: '2',
      ours: 'an association for each of the four subnets',
      why: 'isolated subnets get a table of their own too, without a way out',
      check: (t) => t.resourceCountIs('AWS::EC2::SubnetRouteTableAssociation', 4),
    },
    {
      argument: 'subnet_id',
      guide: 'the public subnets',
      ours: '`SubnetRouteTableAssociation.SubnetId`',
      check: (t) => t.hasResourceProperties('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: refTo('MapsVpcPublicSubnet1Subnet') }),
    },
    {
      argument: 'route_table_id',
      guide: 'the public table',
      ours: '`SubnetRouteTableAssociation.RouteTableId`',
      check: (t) => t.hasResourceProperties('AWS::EC2::SubnetRouteTableAssociation', { RouteTableId: refTo('MapsVpcPublicSubnet1RouteTable') }),
    },
  ),
  ...rowsOf('aws_security_group.dekart_private',
    {
      argument: 'name',
      guide: '`<name>-private`',
      ours: '`SecurityGroup.GroupName` absent',
      why: GENERATED_NAME,
      check: (t) => t.allResourcesProperties('AWS::EC2::SecurityGroup', { GroupName: Match.absent() }),
    },
    {
      argument: 'vpc_id',
      guide: 'the VPC',
      ours: '`SecurityGroup.VpcId`',
      check: (t) => t.allResourcesProperties('AWS::EC2::SecurityGroup', { VpcId: VPC }),
    },
    {
      argument: 'ingress',
      guide: 'every port, from the group itself',
      ours: 'the task on 8080 from the load balancer, the database on 15432 from the task',
      why: 'three groups with one port each: the load balancer cannot reach the database',
      check: (t) => expect(securityRules(t, 'Ingress').filter((rule) => !rule.peer.includes('/'))).toEqual([
        { group: 'DatabaseSecurityGroup', from: 15432, to: 15432, peer: 'ServerSecurityGroup' },
        { group: 'ServerSecurityGroup', from: 8080, to: 8080, peer: 'LoadBalancerSecurityGroup' },
      ]),
    },
    {
      argument: 'egress',
      guide: 'everything, to everywhere',
      ours: 'port 443 to everywhere, and the database; the database itself opens nothing',
      why: 'images, AWS and identity providers speak HTTPS',
      check: (t) => expect(securityRules(t, 'Egress').filter((rule) => rule.group !== 'LoadBalancerSecurityGroup')).toEqual([
        { group: 'ServerSecurityGroup', from: 15432, to: 15432, peer: 'DatabaseSecurityGroup' },
        { group: 'ServerSecurityGroup', from: 443, to: 443, peer: '0.0.0.0/0' },
      ]),
    },
    {
      argument: 'lifecycle',
      guide: '`create_before_destroy`',
      ours: 'nothing to set: CloudFormation replaces so',
      check: (t) => t.allResources('AWS::EC2::SecurityGroup', { UpdateReplacePolicy: Match.absent() }),
    },
  ),
  ...rowsOf('aws_security_group.dekart_alb',
    {
      argument: 'name',
      guide: '`<name>-alb`',
      ours: '`SecurityGroup.GroupName` absent',
      why: GENERATED_NAME,
      check: (t) => t.allResourcesProperties('AWS::EC2::SecurityGroup', { GroupName: Match.absent() }),
    },
    {
      argument: 'vpc_id',
      guide: 'the VPC',
      ours: '`SecurityGroup.VpcId`',
      check: (t) => t.hasResourceProperties('AWS::EC2::SecurityGroup', { GroupDescription: 'Load balancer of Dekart/Maps', VpcId: VPC }),
    },
    ...[80, 443].map((port) => ({
      argument: `ingress ${port}`,
      guide: `port ${port} from \`0.0.0.0/0\` and \`::/0\``,
      ours: `port ${port} from 0.0.0.0/0, from \`allowedPeers\``,
      why: 'IPv6 is opened when the load balancer has such an address',
      check: (t: Parameters<typeof securityRules>[0]) => expect(securityRules(t, 'Ingress')).toContainEqual({ group: 'LoadBalancerSecurityGroup', from: port, to: port, peer: '0.0.0.0/0' }),
    })),
    {
      argument: 'egress',
      guide: 'none of its own: by the shared group',
      ours: 'port 8080 to the task, and 443 to the identity provider',
      why: 'the shared group is gone, and sign-in needs the way to Cognito',
      check: (t) => expect(securityRules(t, 'Egress').filter((rule) => rule.group === 'LoadBalancerSecurityGroup')).toEqual([
        { group: 'LoadBalancerSecurityGroup', from: 443, to: 443, peer: '0.0.0.0/0' },
        { group: 'LoadBalancerSecurityGroup', from: 8080, to: 8080, peer: 'ServerSecurityGroup' },
      ]),
    },
    {
      argument: 'lifecycle',
      guide: '`create_before_destroy`',
      ours: 'nothing to set: CloudFormation replaces so',
      check: (t) => t.hasResource('AWS::EC2::SecurityGroup', { Properties: { GroupDescription: 'Load balancer of Dekart/Maps' }, UpdateReplacePolicy: Match.absent() }),
    },
  ),
  ...rowsOf('aws_db_subnet_group.dekart_rds',
    {
      argument: 'name',
      guide: '`<name>-rds`',
      ours: '`DBSubnetGroup.DBSubnetGroupName` absent',
      why: GENERATED_NAME,
      check: (t) => t.hasResourceProperties('AWS::RDS::DBSubnetGroup', { DBSubnetGroupName: Match.absent() }),
    },
    {
      argument: 'subnet_ids',
      guide: 'the private subnets',
      ours: '`DBSubnetGroup.SubnetIds`: the isolated subnets',
      check: (t) => t.hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: [refTo('MapsVpcIsolatedSubnet1Subnet'), refTo('MapsVpcIsolatedSubnet2Subnet')] }),
    },
  ),
  ...rowsOf('aws_ecs_service.dekart',
    {
      argument: 'network_configuration.subnets',
      guide: 'the public subnets',
      ours: '`AwsvpcConfiguration.Subnets`: the public subnets',
      check: (t) => t.hasResourceProperties('AWS::ECS::Service', {
        NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ Subnets: [refTo('MapsVpcPublicSubnet1Subnet'), refTo('MapsVpcPublicSubnet2Subnet')] }) },
      }),
    },
    {
      argument: 'network_configuration.security_groups',
      guide: 'the shared group',
      ours: '`AwsvpcConfiguration.SecurityGroups`: the group of the task',
      why: 'see `aws_security_group.dekart_private`',
      check: (t) => t.hasResourceProperties('AWS::ECS::Service', {
        NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ SecurityGroups: [attributeOf('MapsServerSecurityGroup', 'GroupId')] }) },
      }),
    },
    {
      argument: 'network_configuration.assign_public_ip',
      guide: '`true`',
      ours: '`AwsvpcConfiguration.AssignPublicIp` ENABLED',
      check: (t) => t.hasResourceProperties('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'ENABLED' }) } }),
    },
  ),
];

function tierTag(tier: string) {
  return Match.arrayWith([{ Key: 'aws-cdk:subnet-name', Value: tier }]);
}
