import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { API, apiOf, NAMESPACE, serviceOf, STAGE, VPC_LINK } from './fixtures';
import { CloudMapHttpApi, ServiceNetwork } from '../../src';
import { existingVpc, only, regionStack, warnings } from '../support/fixtures';

const ARTICLE_LOG_FIELDS = ['requestId', 'ip', 'requestTime', 'httpMethod', 'routeKey', 'path', 'status', 'protocol', 'responseLength', 'errMsg'];
const FURTHER_LOG_FIELDS = ['integrationStatus', 'integrationLatency', 'errorType', 'userAgent'];

describe('defaults', () => {
  test('an API without props is whole: network, cluster, namespace, link, stage, access log; and gives no warning', () => {
    const stack = regionStack();
    new CloudMapHttpApi(stack, 'Api');
    const template = Template.fromStack(stack);
    [API, STAGE, VPC_LINK, NAMESPACE, 'AWS::EC2::VPC', 'AWS::ECS::Cluster'].forEach((type) => template.resourceCountIs(type, 1));
    expect(warnings(stack)).toEqual([]);
  });

  test('the stage answers at the root, deploys by itself and carries both numbers of the throttle', () => {
    const { template } = apiOf();
    expect(only(template(), STAGE)).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 500 },
    });
    expect(only(template(), STAGE)).not.toHaveProperty('RouteSettings');
    expect(only(template(), STAGE).DefaultRouteSettings).not.toHaveProperty('DetailedMetricsEnabled');
  });

  test('the access log is valid JSON with every value quoted, under the prefix for vended logs, for a year', () => {
    const { template } = apiOf();
    const { Format } = only(template(), STAGE).AccessLogSettings;
    const fields = JSON.parse(Format.replace(/\$context[\w.]+/g, '-')); // what a variable without a value prints
    expect(Object.keys(fields)).toEqual(expect.arrayContaining([...ARTICLE_LOG_FIELDS, ...FURTHER_LOG_FIELDS]));
    expect(Object.values(fields)).toEqual(Object.keys(fields).map(() => '-'));
    const group = only(template(), 'AWS::Logs::LogGroup');
    expect(JSON.stringify(group.LogGroupName)).toContain('/aws/vendedlogs/');
    expect(group.RetentionInDays).toBe(365);
    template().hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain' });
  });

  test('the link has a group of its own that lets nothing out before a service joins', () => {
    const { template, stack, api } = apiOf();
    expect(only(template(), VPC_LINK).SecurityGroupIds).toEqual([stack.resolve(api.vpcLinkSecurityGroup.securityGroupId)]);
    expect(only(template(), 'AWS::EC2::SecurityGroup').SecurityGroupEgress).toEqual([
      expect.objectContaining({ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp' }),
    ]);
    expect(only(template(), 'AWS::EC2::SecurityGroup')).not.toHaveProperty('SecurityGroupIngress');
  });

  test('the group of the link stays closed when a service of the same stack joins', () => {
    const { template } = serviceOf();
    template().hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: Match.stringLikeRegexp('VPC link'),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
  });

  test('the namespace forgets missing names soon', () => {
    expect(only(apiOf().template(), NAMESPACE).Properties).toEqual({ DnsProperties: { SOA: { TTL: 15 } } });
  });

  test('the endpoint is open, without CORS, on both kinds of addresses', () => {
    const api = only(apiOf().template(), API);
    expect(api).toMatchObject({ ProtocolType: 'HTTP', DisableExecuteApiEndpoint: false, IpAddressType: 'dualstack' });
    expect(api).not.toHaveProperty('CorsConfiguration');
  });

  test('no alarms and no dashboard', () => {
    const { api, template } = apiOf();
    expect(api.alarms).toEqual([]);
    expect(api.dashboard).toBeUndefined();
    template().resourceCountIs('AWS::CloudWatch::Alarm', 0);
    template().resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });
});

describe('props', () => {
  test('apiName', () => {
    expect(only(apiOf({ apiName: 'shop' }).template(), API).Name).toBe('shop');
  });

  test.each([
    ['all tiers', { public: true, private: true, isolated: true }, 'b'],
    ['public subnets only', { public: true }, 'a'],
    ['isolated subnets only', { isolated: true }, 'c'],
  ])('network: the link is placed in a VPC with %s', (_name, tiers, tier) => {
    const stack = regionStack();
    const { template } = apiOf({ network: ServiceNetwork.fromVpc(existingVpc(stack, tiers)) }, stack);
    only(template(), VPC_LINK).SubnetIds.forEach((id: string) => expect(id).toMatch(new RegExp(`^subnet-${tier}`)));
  });

  test('network: ingressSubnets are the subnets of the link', () => {
    const stack = regionStack();
    const network = ServiceNetwork.fromVpc(existingVpc(stack), { ingressSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    only(apiOf({ network }, stack).template(), VPC_LINK).SubnetIds.forEach((id: string) => expect(id).toMatch(/^subnet-c/));
  });

  test('cluster: services run in it, in its VPC', () => {
    const stack = regionStack();
    const cluster = ecs.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shop', vpc: existingVpc(stack), securityGroups: [] });
    const { api, template } = apiOf({ cluster }, stack);
    expect(api.cluster).toBe(cluster);
    template().resourceCountIs('AWS::ECS::Cluster', 0);
  });

  test('containerInsights', () => {
    apiOf({ containerInsights: ecs.ContainerInsights.DISABLED }).template()
      .hasResourceProperties('AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: 'disabled' }] });
  });

  test('enableExecuteCommand records sessions, and tasks may write to that group only', () => {
    const { template, stack, api } = serviceOf({ enableExecuteCommand: true }, { enableExecuteCommand: true });
    const shellLog = stack.resolve((api.node.findChild('ShellLog') as logs.LogGroup).logGroupName);
    template().hasResourceProperties('AWS::ECS::Cluster', {
      Configuration: { ExecuteCommandConfiguration: { Logging: 'OVERRIDE', LogConfiguration: { CloudWatchLogGroupName: shellLog } } },
    });
    expect(writersOfEveryGroup(template())).toEqual([]);
  });

  test('without it shells leave no record, and tasks may write none', () => {
    const { template } = serviceOf({ enableExecuteCommand: true });
    template().hasResourceProperties('AWS::ECS::Cluster', { Configuration: { ExecuteCommandConfiguration: { Logging: 'NONE' } } });
    expect(writersOfEveryGroup(template())).toEqual([]);
  });

  test('cloudMapNamespace: no other is made', () => {
    const stack = regionStack();
    const namespace = cloudmap.PrivateDnsNamespace.fromPrivateDnsNamespaceAttributes(stack, 'Namespace', {
      namespaceId: 'ns-1', namespaceArn: 'arn:aws:servicediscovery:eu-central-1:111111111111:namespace/ns-1', namespaceName: 'shop.internal',
    });
    const { api, template } = apiOf({ cloudMapNamespace: namespace }, stack);
    expect(api.cloudMapNamespace).toBe(namespace);
    template().resourceCountIs(NAMESPACE, 0);
  });

  test('vpcLink with its group: no other is made', () => {
    const stack = regionStack();
    const vpc = existingVpc(stack);
    const { template } = serviceOf({}, {
      network: ServiceNetwork.fromVpc(vpc),
      vpcLink: apigwv2.VpcLink.fromVpcLinkAttributes(stack, 'Link', { vpcLinkId: 'link1', vpc }),
      vpcLinkSecurityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'LinkGroup', 'sg-0123456789abcdef0'),
    }, stack);
    template().resourceCountIs(VPC_LINK, 0);
    template().hasResourceProperties('AWS::ApiGatewayV2::Integration', { ConnectionId: 'link1' });
  });

  test('vpcLinkSecurityGroup alone: the new link takes it', () => {
    const stack = regionStack();
    const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'LinkGroup', 'sg-0123456789abcdef0');
    expect(only(apiOf({ vpcLinkSecurityGroup: group }, stack).template(), VPC_LINK).SecurityGroupIds).toEqual(['sg-0123456789abcdef0']);
  });

  test('excludeAvailabilityZones: the link leaves them out', () => {
    expect(only(apiOf({ excludeAvailabilityZones: ['eu-central-1a'] }).template(), VPC_LINK).SubnetIds).toEqual(['subnet-b0000000000000002']);
  });

  test.each([
    ['a zone that is not there', ['eu-central-1z'], /must leave at least one of the zones eu-central-1a, eu-central-1b and name no other, got eu-central-1z/],
    ['all zones', ['eu-central-1a', 'eu-central-1b'], /must leave at least one of the zones/],
  ])('fails when excludeAvailabilityZones names %s', (_name, excludeAvailabilityZones, message) => {
    expect(() => apiOf({ excludeAvailabilityZones })).toThrow(message);
  });

  test('fails when the zones to exclude are known at deployment only', () => {
    expect(() => new CloudMapHttpApi(regionStack(), 'Api', { excludeAvailabilityZones: ['eu-central-1a'] }))
      .toThrow(/known at deployment only; pass ServiceNetwork.fromVpc/);
  });

  test('corsPreflight', () => {
    const { template } = apiOf({
      corsPreflight: {
        allowOrigins: ['https://app.example.com'],
        allowMethods: [apigwv2.CorsHttpMethod.GET],
        allowHeaders: ['authorization'],
        exposeHeaders: ['etag'],
        allowCredentials: true,
        maxAge: Duration.minutes(10),
      },
    });
    expect(only(template(), API).CorsConfiguration).toEqual({
      AllowOrigins: ['https://app.example.com'],
      AllowMethods: ['GET'],
      AllowHeaders: ['authorization'],
      ExposeHeaders: ['etag'],
      AllowCredentials: true,
      MaxAge: 600,
    });
  });

  test('throttle', () => {
    expect(only(apiOf({ throttle: { rateLimit: 10, burstLimit: 5 } }).template(), STAGE).DefaultRouteSettings)
      .toEqual({ ThrottlingRateLimit: 10, ThrottlingBurstLimit: 5 });
  });

  test('detailedMetricsEnabled', () => {
    expect(only(apiOf({ detailedMetricsEnabled: true }).template(), STAGE).DefaultRouteSettings).toMatchObject({ DetailedMetricsEnabled: true });
  });

  test('ipAddressType', () => {
    expect(only(apiOf({ ipAddressType: apigwv2.IpAddressType.IPV4 }).template(), API).IpAddressType).toBe('ipv4');
  });

  test('disableExecuteApiEndpoint without a domain', () => {
    expect(only(apiOf({ disableExecuteApiEndpoint: true }).template(), API).DisableExecuteApiEndpoint).toBe(true);
  });

  test('accessLogRetention', () => {
    expect(only(apiOf({ accessLogRetention: logs.RetentionDays.ONE_WEEK }).template(), 'AWS::Logs::LogGroup').RetentionInDays).toBe(7);
  });

  test('accessLogGroup', () => {
    const stack = regionStack();
    const accessLogGroup = logs.LogGroup.fromLogGroupArn(stack, 'Logs', 'arn:aws:logs:eu-central-1:111111111111:log-group:/aws/vendedlogs/shop');
    const { api, template } = apiOf({ accessLogGroup }, stack);
    expect(api.accessLogGroup).toBe(accessLogGroup);
    template().resourceCountIs('AWS::Logs::LogGroup', 0);
    expect(only(template(), STAGE).AccessLogSettings.DestinationArn).toContain(':log-group:/aws/vendedlogs/shop');
  });

  test('encryptionKey encrypts the logs and admits the logs service', () => {
    const stack = regionStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    const { template } = apiOf({ encryptionKey }, stack);
    expect(only(template(), 'AWS::Logs::LogGroup').KmsKeyId).toEqual(stack.resolve(encryptionKey.keyArn));
    template().hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'logs.eu-central-1.amazonaws.com' } })]) },
    });
  });

  test('removalPolicy', () => {
    apiOf({ removalPolicy: RemovalPolicy.DESTROY }).template().hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
  });
});

/** Statements that write to logs without naming the group. */
function writersOfEveryGroup(template: Template): unknown[] {
  return Object.values<any>(template.findResources('AWS::IAM::Policy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action, Resource }) => Resource === '*' && [Action].flat().includes('logs:PutLogEvents'));
}
