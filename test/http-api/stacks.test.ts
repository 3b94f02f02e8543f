import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { apiOf, AUTHORIZER, EGRESS, GET, INGRESS, INTEGRATION, jwt, ROUTE, routeKeys, routeOf, SERVICE, twoStacks } from './fixtures';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi, CloudMapHttpApiAttributes, ServiceNetwork } from '../../src';
import { existingVpc, only, regionStack } from '../support/fixtures';

/** Stacks that a synthesized stack has to wait for. */
function needs(stack: Stack): string[] {
  return stack.dependencies.map((dependency) => dependency.node.id);
}

const PER_SERVICE_TYPES = [ROUTE, INTEGRATION, INGRESS, EGRESS, 'AWS::ServiceDiscovery::Service', 'AWS::ECS::Service', 'AWS::EC2::SecurityGroup'];

describe('a service in another stack', () => {
  test('keeps all that is its own with it, and the stacks make no cycle', () => {
    const [shared, team] = twoStacks();
    const api = new CloudMapHttpApi(shared, 'Api', { defaultAuthorizer: jwt() });
    new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api, path: '/orders' });
    const template = Template.fromStack(team);
    PER_SERVICE_TYPES.filter((type) => type !== ROUTE).forEach((type) => template.resourceCountIs(type, 1));
    template.resourceCountIs(ROUTE, 2);
    expect(needs(team)).toEqual(['Shared']);
    expect(needs(shared)).toEqual([]);
    Template.fromStack(shared).resourceCountIs(ROUTE, 0);
  });

  test('takes the authorizer of the API, which stays with the API', () => {
    const [shared, team] = twoStacks();
    const api = new CloudMapHttpApi(shared, 'Api', { defaultAuthorizer: jwt() });
    new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api });
    Template.fromStack(shared).resourceCountIs(AUTHORIZER, 1);
    Template.fromStack(team).resourceCountIs(AUTHORIZER, 0);
    expect(routeOf(Template.fromStack(team), 'ANY /').AuthorizationType).toBe('JWT');
  });

  test('with given security groups opens the link from its own stack', () => {
    const [shared, team] = twoStacks();
    const api = new CloudMapHttpApi(shared, 'Api');
    const group = new ec2.SecurityGroup(team, 'Mine', { vpc: api.vpc });
    new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api, securityGroups: [group] });
    Template.fromStack(team).resourceCountIs(EGRESS, 1);
    expect(needs(shared)).toEqual([]);
  });

  test('in an isolated network reaches the endpoints by rules of its own stack', () => {
    const [shared, team] = twoStacks();
    const api = new CloudMapHttpApi(shared, 'Api', { network: ServiceNetwork.isolatedTasks() });
    new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api });
    expect(needs(shared)).toEqual([]);
    Template.fromStack(team).hasResourceProperties(INGRESS, { FromPort: 443, Description: 'HTTPS from tasks' });
    Template.fromStack(shared).resourceCountIs('AWS::EC2::VPCEndpoint', 4); // S3, ECR twice, logs
  });

  test('takes the key of the API', () => {
    const [shared, team] = twoStacks();
    const encryptionKey = new kms.Key(shared, 'Key');
    const api = new CloudMapHttpApi(shared, 'Api', { encryptionKey });
    new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api });
    expect(only(Template.fromStack(team), 'AWS::Logs::LogGroup').KmsKeyId).toBeDefined();
    expect(needs(shared)).toEqual([]);
  });

  test('in a nested stack', () => {
    const stack = regionStack();
    const { api } = apiOf({}, stack);
    const nested = new NestedStack(stack, 'Nested');
    new ApiGatewayCloudMapFargateService(nested, 'Orders', { ...SERVICE, api, path: '/orders' });
    Template.fromStack(nested).resourceCountIs(ROUTE, 2);
  });

  test('fails when it asks for a throttle of its own', () => {
    const [shared, team] = twoStacks();
    const api = new CloudMapHttpApi(shared, 'Api');
    expect(() => new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api, throttle: { rateLimit: 1, burstLimit: 1 } }))
      .toThrow(/`throttle` of a route is a setting of the stage, which is in another stack or imported; set `throttle` where the API is made/);
  });

  test('is called by one of the shared stack', () => {
    const [shared, team] = twoStacks();
    const users = new ApiGatewayCloudMapFargateService(shared, 'Users', { ...SERVICE, path: '/users' });
    const orders = new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api: users.api, path: '/orders' });
    orders.allowFromService(users);
    expect(() => App.of(team)!.synth()).not.toThrow();
    expect(needs(team)).toEqual(['Shared']);
  });

  test('calls one of the shared stack', () => {
    const [shared, team] = twoStacks();
    const users = new ApiGatewayCloudMapFargateService(shared, 'Users', { ...SERVICE, path: '/users' });
    const orders = new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api: users.api, path: '/orders' });
    users.allowFromService(orders);
    orders.addEnvironment('USERS_URL', users.discoveryUrl);
    expect(() => App.of(team)!.synth()).not.toThrow();
    expect(needs(shared)).toEqual([]);
  });
});

describe('ten services, half of them in other stacks', () => {
  const app = new App();
  const env = { region: 'eu-central-1' };
  const shared = new Stack(app, 'Shared', { env });
  const teams = [1, 2, 3, 4, 5].map((n) => new Stack(app, `Team${n}`, { env }));
  const api = new CloudMapHttpApi(shared, 'Api', { defaultAuthorizer: jwt() });
  [...Array(5).fill(shared), ...teams].forEach((stack: Stack, n) => {
    new ApiGatewayCloudMapFargateService(stack, `Service${n}`, { ...SERVICE, api, path: `/s${n}`, methods: [GET] });
  });

  test('synthesize without a cycle, one integration each', () => {
    const templates = [shared, ...teams].map((stack) => Template.fromStack(stack));
    const integrations = templates.flatMap((template) => Object.keys(template.findResources(INTEGRATION)));
    expect(integrations).toHaveLength(10);
    expect(templates.flatMap(routeKeys)).toHaveLength(20);
    teams.forEach((team) => expect(needs(team)).toEqual(['Shared']));
  });

  test('each adds what a service needs by hand, and nothing else', () => {
    const types = Object.values(Template.fromStack(teams[0]).toJSON().Resources).map((resource: any) => resource.Type).sort();
    expect(types).toEqual([
      ROUTE, ROUTE, INTEGRATION, EGRESS, INGRESS, 'AWS::EC2::SecurityGroup', 'AWS::ECS::Service', 'AWS::ECS::TaskDefinition', 'AWS::IAM::Policy',
      'AWS::IAM::Role', 'AWS::IAM::Role', 'AWS::Logs::LogGroup', 'AWS::ServiceDiscovery::Service',
    ].sort());
  });
});

describe('an imported API', () => {
  function importOf(attrs: Partial<CloudMapHttpApiAttributes> = {}) {
    const stack = regionStack();
    const vpc = existingVpc(stack);
    const api = CloudMapHttpApi.fromCloudMapHttpApiAttributes(stack, 'Api', {
      httpApiId: 'api1',
      vpcLinkId: 'link1',
      vpcLinkSecurityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'LinkGroup', 'sg-0123456789abcdef0', { allowAllOutbound: false }),
      cloudMapNamespace: cloudmap.PrivateDnsNamespace.fromPrivateDnsNamespaceAttributes(stack, 'Namespace', {
        namespaceId: 'ns-1', namespaceArn: 'arn:aws:servicediscovery:eu-central-1:111111111111:namespace/ns-1', namespaceName: 'shop.internal',
      }),
      cluster: ecs.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shop', vpc, securityGroups: [] }),
      ...attrs,
    });
    return { stack, api, template: () => Template.fromStack(stack) };
  }

  test('takes services: routes, one integration, the link and both rules', () => {
    const { stack, api, template } = importOf();
    const service = new ApiGatewayCloudMapFargateService(stack, 'Orders', { ...SERVICE, api, path: '/orders' });
    expect(routeOf(template(), 'ANY /orders')).toMatchObject({ ApiId: 'api1', AuthorizationType: 'AWS_IAM' });
    expect(only(template(), INTEGRATION)).toMatchObject({ ApiId: 'api1', ConnectionId: 'link1' });
    expect(only(template(), INGRESS)).toMatchObject({ SourceSecurityGroupId: 'sg-0123456789abcdef0', FromPort: 80 });
    expect(only(template(), EGRESS)).toMatchObject({ GroupId: 'sg-0123456789abcdef0', FromPort: 80 });
    expect(service.discoveryUrl).toBe('http://orders.shop.internal:80');
    template().resourceCountIs('AWS::ApiGatewayV2::Api', 0);
  });

  test('a group of the link that lets everything out gets no rule', () => {
    const stack = regionStack();
    const { api } = importOf({ vpcLinkSecurityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'LinkGroup', 'sg-0123456789abcdef1') });
    const [owner] = [Stack.of(api)];
    new ApiGatewayCloudMapFargateService(owner, 'Orders', { ...SERVICE, api });
    Template.fromStack(owner).resourceCountIs(EGRESS, 0);
  });

  test('url and stageName: the name of the stage never reaches the service', () => {
    const { stack, api, template } = importOf({ stageName: 'prod' });
    const service = new ApiGatewayCloudMapFargateService(stack, 'Orders', { ...SERVICE, api, path: '/orders' });
    expect(JSON.stringify(stack.resolve(service.url))).toContain('/prod/orders');
    expect(only(template(), INTEGRATION).RequestParameters).toEqual({ 'overwrite:path': '$request.path' });
    expect(importOf({ url: 'https://api.example.com' }).api.url).toBe('https://api.example.com');
  });

  test('the default endpoint is its URL', () => {
    const { stack, api } = importOf();
    expect(JSON.stringify(stack.resolve(api.url))).toMatch(/https:\/\/api1.execute-api.eu-central-1/);
  });

  test('defaultAuthorizer and defaultAuthorizationScopes', () => {
    const defaultAuthorizer = apigwv2.HttpAuthorizer.fromHttpAuthorizerAttributes(regionStack(), 'Jwt', { authorizerId: 'auth1', authorizerType: 'JWT' });
    const { stack, api, template } = importOf({ defaultAuthorizer, defaultAuthorizationScopes: ['shop/all'] });
    new ApiGatewayCloudMapFargateService(stack, 'Orders', { ...SERVICE, api });
    expect(routeOf(template(), 'ANY /')).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: 'auth1', AuthorizationScopes: ['shop/all'] });
  });

  test('network: where the tasks are placed', () => {
    const stack = regionStack();
    const vpc = existingVpc(stack);
    const { api } = importOf({ network: ServiceNetwork.fromVpc(vpc, { taskSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } }) });
    expect(api._shared.placement.taskSubnets).toEqual({ subnetType: ec2.SubnetType.PRIVATE_ISOLATED });
  });

  test.each([[true, ['$default', 'OPTIONS /{proxy+}', 'OPTIONS /']], [undefined, ['$default']]])('answersPreflight %s', (answersPreflight, keys) => {
    const { stack, api, template } = importOf({ answersPreflight });
    new ApiGatewayCloudMapFargateService(stack, 'Orders', { ...SERVICE, api, path: '$default' });
    expect(routeKeys(template())).toEqual(keys);
  });

  test('fails when a service asks for a throttle', () => {
    const { stack, api } = importOf();
    expect(() => new ApiGatewayCloudMapFargateService(stack, 'Orders', { ...SERVICE, api, throttle: { rateLimit: 1, burstLimit: 1 } }))
      .toThrow(/in another stack or imported/);
  });

  test('fails with a broken url or stage', () => {
    expect(() => importOf({ url: 'https://api.example.com/', stageName: 'a b' }))
      .toThrow(/has 2 conflicts:\n- `url` must not end with a slash, got 'https:\/\/api.example.com\/'.*\n- `stageName` must be \$default, or .*, got 'a b'/);
  });

  test('fails when its namespace is of the wrong kind', () => {
    const cloudMapNamespace = new cloudmap.HttpNamespace(regionStack(), 'Http', { name: 'http' });
    expect(() => importOf({ cloudMapNamespace })).toThrow(/is an HTTP namespace/);
  });
});
