import { CfnParameter, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { apiOf, DISCOVERY, GET, INTEGRATION, jwt, SERVICE, serviceOf } from './fixtures';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi, CloudMapHttpApiProps, ServiceNetwork } from '../../src';
import { existingVpc, IMAGE, only, regionStack } from '../support/fixtures';

type ServiceProps = Parameters<typeof serviceOf>[0];

const none = new apigwv2.HttpNoneAuthorizer();

describe('fails when a service', () => {
  test.each<[string, ServiceProps, RegExp]>([
    ['has a path without a leading slash', { path: 'users' }, /`path` must start with a slash, got 'users'; write '\/users'/],
    ['has a path with a trailing slash', { path: '/users/' }, /`path` must not end with a slash, got '\/users\/'/],
    ['has a path that is not known', { path: Lazy.string({ produce: () => '/users' }) }, /`path` must be known at synthesis, got a Token/],
    ['has an empty segment', { path: '/users//x' }, /`path` must be segments of URL characters or variables/],
    ['has a query in its path', { path: '/users?x=1' }, /`path` must be segments of URL characters/],
    ['has a greedy variable before the end', { path: '/{all+}/users' }, /greedy variable \{all\+\} before its end, got '\/\{all\+\}\/users'/],
    ['has no methods', { methods: [] }, /`methods` is empty/],
    ['names a method twice', { methods: [GET, GET] }, /`methods` name route 'GET \/' twice/],
    ['names methods of the catch-all route', { path: '$default', methods: [GET] }, /`methods` GET cannot be told apart by the route \$default/],
    ['strips nothing', { stripPath: true }, /`stripPath` has nothing to take off `path` \//],
    ['strips the catch-all route', { path: '$default', stripPath: true }, /`stripPath` has nothing to take off/],
    ['has half a throttle', { throttle: { rateLimit: 10 } }, /`throttle` needs both numbers, got rateLimit 10 and burstLimit undefined/],
    ['has a negative rate', { throttle: { rateLimit: -1, burstLimit: 1 } }, /`throttle.rateLimit` must not be negative, got -1/],
    ['has a broken burst', { throttle: { rateLimit: 1, burstLimit: 1.5 } }, /`throttle.burstLimit` must be a whole number that is not negative, got 1.5/],
    ['waits too short', { integrationTimeout: Duration.millis(49) }, /`integrationTimeout` must be from 50 millis to 30 seconds, got 49 millis/],
    ['waits too long', { integrationTimeout: Duration.seconds(31) }, /`integrationTimeout` must be from 50 millis to 30 seconds, got 31 seconds/],
    [
      'has a time that cannot be converted', { integrationTimeout: Duration.seconds(Token.asNumber({ Ref: 'Timeout' })) },
      /`integrationTimeout` is a Token in seconds, which cannot be converted; pass Duration.millis/,
    ],
    ['drains too long', { drainDelay: Duration.seconds(111) }, /`drainDelay` must be from 1 second to (110 seconds|1 minute 50 seconds), got/],
    ['drains not at all', { drainDelay: Duration.seconds(0) }, /`drainDelay` must be from 1 second/],
    ['drains for a time that is not known', { drainDelay: Duration.seconds(Lazy.number({ produce: () => 5 })) }, /`drainDelay` must be known at synthesis/],
    ['asks for a dashboard that is not its own', { createDashboard: true }, /`createDashboard` makes the dashboard of a new API, and `api` is given/],
    ['names a drain image for nothing', { drainImage: IMAGE }, /`drainImage` does nothing without `drainDelay`/],
    ['keeps names too long', { dnsTtl: Duration.days(2) }, /`dnsTtl` must be from 0 .* to 1 day, got 2 days/],
    ['has an underscore in its name', { discoveryName: 'user_service' }, /`discoveryName` must be a DNS label .*, got 'user_service'; write a hyphen for each underscore/],
    ['has a name that ends with a hyphen', { discoveryName: 'users-' }, /`discoveryName` must be a DNS label/],
    ['has a name that starts with a digit', { discoveryName: '1users' }, /`discoveryName` must be a DNS label/],
    ['has a name that is too long', { discoveryName: 'a'.repeat(64) }, /`discoveryName` must be a DNS label/],
    ['has scopes without tokens', { authorizationScopes: ['a'] }, /`authorizationScopes` a need a JWT authorizer, got HttpIamAuthorizer/],
    ['has claims without tokens', { claimHeaders: { 'x-user': 'sub' } }, /`claimHeaders` need a JWT authorizer, which verifies claims, got HttpIamAuthorizer/],
    ['sets a reserved header', { authorizer: jwt(), claimHeaders: { Authorization: 'sub' } }, /`claimHeaders` names Authorization, which API Gateway keeps for itself/],
    ['sets no header', { authorizer: jwt(), claimHeaders: { 'x user': 'sub' } }, /`claimHeaders` names 'x user', which is no header name/],
    ['names no claim', { authorizer: jwt(), claimHeaders: { 'x-user': 'a b' } }, /`claimHeaders` gives x-user the claim 'a b'; name one claim/],
    [
      'sets a header twice', { authorizer: jwt(), claimHeaders: { 'x-id': 'sub' }, requestIdHeader: 'X-Id' },
      /`requestIdHeader` names X-Id, which is set already/,
    ],
    [
      'maps the header of a claim', { authorizer: jwt(), claimHeaders: { 'x-user': 'sub' }, parameterMapping: new apigwv2.ParameterMapping().removeHeader('X-User') },
      /`parameterMapping` and `claimHeaders` both set the header x-user/,
    ],
    ['has alarms for no task', { desiredCount: 0, alarmActions: [] }, /`desiredCount` 0 sets off the alarm for no running task/],
    ['cannot replace its tasks', { desiredCount: 1, maxHealthyPercent: 150 }, /`maxHealthyPercent` 150 of 1 tasks, rounded down, leaves no room/],
    ['has an illegal size', { cpu: 256, memoryLimitMiB: 4096 }, /`memoryLimitMiB` must fit `cpu` 256/],
    ['has a log driver that Fargate refuses', { logging: new ecs.SyslogLogDriver() }, /`logging` must be awslogs, splunk or awsfirelens on Fargate, got SyslogLogDriver/],
    ['stops too slowly', { stopTimeout: Duration.seconds(121) }, /`stopTimeout` must be at most 120 seconds/],
  ])('%s', (_name, props, message) => {
    expect(() => serviceOf(props)).toThrow(message);
  });

  test('joins something else', () => {
    const api = Object.create(apiOf().api, { _shared: { value: undefined } });
    expect(() => serviceOf({ api })).toThrow(/`api` is not one of this library; pass a CloudMapHttpApi, or import an API/);
  });

  test('has the discovery name of another', () => {
    const { stack, api } = serviceOf({ path: '/users', discoveryName: 'people' });
    expect(() => new ApiGatewayCloudMapFargateService(stack, 'Orders', { ...SERVICE, api, path: '/orders', discoveryName: 'people' }))
      .toThrow(/`discoveryName` people belongs to Stack\/Users already; name this service differently/);
  });

  test('has the discovery name of one of another API in the same namespace', () => {
    const { stack, api } = serviceOf({ discoveryName: 'people' });
    const { cluster, cloudMapNamespace, vpcLink, vpcLinkSecurityGroup } = api;
    const second = new CloudMapHttpApi(stack, 'Second', { cluster, cloudMapNamespace, vpcLink, vpcLinkSecurityGroup });
    expect(() => new ApiGatewayCloudMapFargateService(stack, 'Orders', { ...SERVICE, api: second, discoveryName: 'people' }))
      .toThrow(/`discoveryName` people belongs to Stack\/Users already/);
  });

  test('drains by an image that an isolated network does not reach', () => {
    const network = ServiceNetwork.isolatedTasks();
    expect(() => serviceOf({ drainDelay: Duration.seconds(20) }, { network })).toThrow(/`drainDelay` takes its image from a public registry, .* pass `drainImage`/);
    expect(() => serviceOf({ drainDelay: Duration.seconds(20), drainImage: IMAGE }, { network })).not.toThrow();
  });

  test('would be the integration after the last that an API takes', () => {
    const { api, service, stack } = serviceOf({ path: '/users' });
    const orders = { ...SERVICE, api, path: '/orders' };
    for (let n = 1; n < 299; n++) api._shared.routes.addIntegration();
    expect(() => new ApiGatewayCloudMapFargateService(stack, 'Stripped', { ...orders, stripPath: true })).toThrow(/`api` has 299 integrations already/);
    expect(() => new ApiGatewayCloudMapFargateService(stack, 'Orders', orders)).not.toThrow();
    const parameterMapping = new apigwv2.ParameterMapping().removeHeader('x-debug');
    expect(() => service.addRoutes({ path: '/changed', parameterMapping })).toThrow(/`api` has 300 integrations already/);
    expect(service.addRoutes({ path: '/shares-one' })).toHaveLength(1);
  });

  test('scales below what a deployment can replace', () => {
    const { service } = serviceOf();
    expect(() => service.autoScaleTaskCount({ minCapacity: 1, maxCapacity: 4 })).toThrow(/leaves no room .* raise it to 200, or raise `minCapacity`/);
  });
});

describe('fails when an API', () => {
  const stack = regionStack();
  const vpc = existingVpc(stack);
  const link = apigwv2.VpcLink.fromVpcLinkAttributes(stack, 'Link', { vpcLinkId: 'link1', vpc });
  const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0');
  const mtls = { bucket: s3.Bucket.fromBucketName(stack, 'Trust', 'trust'), key: 'ca.pem' };
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:111111111111:certificate/1');
  const domain = apigwv2.DomainName.fromDomainNameAttributes(stack, 'Domain', { name: 'api.example.com', regionalDomainName: 'd', regionalHostedZoneId: 'z' });
  const cluster = ecs.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'c', vpc, securityGroups: [] });
  const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Logs', 'logs');

  test.each<[string, CloudMapHttpApiProps, RegExp]>([
    ['has no name', { apiName: '' }, /`apiName` must have 1 to 128 characters, got 0/],
    ['has a long name', { apiName: 'a'.repeat(129) }, /`apiName` must have 1 to 128 characters, got 129/],
    ['has a link without a group', { vpcLink: link }, /`vpcLink` is set without `vpcLinkSecurityGroup`/],
    [
      'excludes zones of a link that exists', { vpcLink: link, vpcLinkSecurityGroup: group, excludeAvailabilityZones: ['eu-central-1a'] },
      /`excludeAvailabilityZones` cannot change a `vpcLink` that exists/,
    ],
    ['has half a throttle', { throttle: { burstLimit: 5 } }, /`throttle` needs both numbers, got rateLimit undefined and burstLimit 5/],
    ['has scopes without tokens', { defaultAuthorizationScopes: ['a'] }, /`authorizationScopes` a need a JWT authorizer, got HttpIamAuthorizer/],
    ['has scopes and is open', { defaultAuthorizer: none, defaultAuthorizationScopes: ['a'] }, /need a JWT authorizer, got HttpNoneAuthorizer/],
    ['gives credentials to all', { corsPreflight: { allowOrigins: ['*'], allowCredentials: true } }, /`corsPreflight` allows credentials to every origin/],
    ['lets browsers remember too long', { corsPreflight: { maxAge: Duration.days(2) } }, /`corsPreflight.maxAge` must be from 0 .* to 1 day, got 2 days/],
    ['has a domain without zone and certificate', { domainName: 'api.example.com' }, /has neither `domainZone` nor `certificate`/],
    ['has a mapping key without a domain', { mappingKey: 'v1' }, /`mappingKey` v1 is a path of a domain, and there is none/],
    ['has a mapping key with a slash', { mappingKey: '/v1', customDomain: domain }, /`mappingKey` must be path segments without a slash at either end, got '\/v1'/],
    ['has mTLS without a domain', { mtls }, /`mtls` needs a domain/],
    ['has mTLS and an open endpoint', { mtls, domainName: 'api.example.com', certificate, disableExecuteApiEndpoint: false }, /`disableExecuteApiEndpoint` false goes around `mtls`/],
    ['has two domains', { customDomain: domain, domainName: 'api.example.com', certificate }, /`customDomain` exists already; leave out `domainName`/],
    ['has a network beside its cluster', { cluster, network: ServiceNetwork.publicTasks() }, /`network` is not in the VPC of `cluster`/],
    ['changes a cluster that exists', { cluster, containerInsights: ecs.ContainerInsights.DISABLED }, /`containerInsights` disabled cannot change a `cluster`/],
    ['records shells of a cluster that exists', { cluster, enableExecuteCommand: true }, /`enableExecuteCommand` cannot change a `cluster` that exists/],
    ['has a retention for a group that exists', { accessLogGroup: logGroup, accessLogRetention: 7 }, /`accessLogRetention` 7 days cannot change an `accessLogGroup`/],
  ])('%s', (_name, props, message) => {
    expect(() => new CloudMapHttpApi(regionStack(), 'Api', props)).toThrow(message);
  });

  test('has a namespace without DNS', () => {
    const scope = regionStack();
    const cloudMapNamespace = new cloudmap.HttpNamespace(scope, 'Namespace', { name: 'shop' });
    expect(() => apiOf({ cloudMapNamespace }, scope)).toThrow(/`cloudMapNamespace` shop is an HTTP namespace, which has no DNS names; pass a PrivateDnsNamespace/);
  });

  test('has a namespace with an underscore', () => {
    const scope = regionStack();
    const cloudMapNamespace = new cloudmap.PrivateDnsNamespace(scope, 'Namespace', { name: 'sales_support', vpc: existingVpc(scope) });
    expect(() => apiOf({ network: ServiceNetwork.fromVpc(cloudMapVpc(scope)), cloudMapNamespace }, scope))
      .toThrow(/`cloudMapNamespace` must be DNS labels .*, got 'sales_support'; write a hyphen for each underscore/);
  });

  test('has a namespace of another VPC, written out or made here', () => {
    const scope = regionStack();
    const inExisting = new cloudmap.PrivateDnsNamespace(scope, 'InExisting', { name: 'a.internal', vpc: existingVpc(scope) });
    expect(() => apiOf({ network: ServiceNetwork.fromVpc(cloudMapVpc(scope)), cloudMapNamespace: inExisting }, scope))
      .toThrow(/`cloudMapNamespace` a.internal is in another VPC than the services/);
    const made = [1, 2].map((n) => new ec2.Vpc(scope, `Vpc${n}`, { natGateways: 0 }));
    const inFirst = new cloudmap.PrivateDnsNamespace(scope, 'InFirst', { name: 'b.internal', vpc: made[0] });
    expect(() => new CloudMapHttpApi(scope, 'Second', { network: ServiceNetwork.fromVpc(made[1]), cloudMapNamespace: inFirst }))
      .toThrow(/in another VPC than the services \(Stack\/Vpc2\)/);
    expect(new CloudMapHttpApi(scope, 'First', { network: ServiceNetwork.fromVpc(made[0]), cloudMapNamespace: inFirst }).vpc).toBe(made[0]);
  });

  function cloudMapVpc(scope: Stack): ec2.IVpc {
    return ec2.Vpc.fromVpcAttributes(scope, 'OtherVpc', {
      vpcId: 'vpc-0123456789abcdef9', availabilityZones: ['eu-central-1a'], privateSubnetIds: ['subnet-0123456789abcdef0'],
    });
  }
});

test('all conflicts come in one error, those of the task too, before anything is made', () => {
  const stack = regionStack();
  const { api } = apiOf({}, stack);
  const before = stack.node.findAll().length;
  const build = () => new ApiGatewayCloudMapFargateService(stack, 'Users', {
    image: IMAGE, api, path: 'users', discoveryName: 'a_b', cpu: 300, throttle: { rateLimit: 1 }, containerPort: 0,
  });
  expect(build).toThrow(/ApiGatewayCloudMapFargateService 'Stack\/Users' has 5 conflicts:\n- `path`.*\n- `throttle`.*\n- `discoveryName`.*\n- `cpu`.*\n- `containerPort`/);
  expect(stack.node.findAll().length).toBe(before + 1);
});

test('Tokens pass', () => {
  const { template } = serviceOf({
    discoveryName: Lazy.string({ produce: () => 'users' }),
    integrationTimeout: Duration.millis(Lazy.number({ produce: () => 20000 })),
    cpu: Lazy.number({ produce: () => 512 }),
    memoryLimitMiB: Lazy.number({ produce: () => 1024 }),
    desiredCount: Lazy.number({ produce: () => 3 }),
    throttle: { rateLimit: Lazy.number({ produce: () => 10 }), burstLimit: Lazy.number({ produce: () => 5 }) },
    methods: [GET],
    authorizer: new HttpIamAuthorizer(),
  }, { throttle: { rateLimit: Token.asNumber({ Ref: 'Rate' }), burstLimit: Token.asNumber({ Ref: 'Burst' }) } });
  expect(only(template(), DISCOVERY).Name).toBe('users');
  expect(only(template(), INTEGRATION).TimeoutInMillis).toBe(20000);
  expect(Template.fromJSON(template().toJSON())).toBeDefined();
});

test('Tokens pass for headers, claims and mapping keys', () => {
  const stack = regionStack();
  const name = new CfnParameter(stack, 'Name').valueAsString;
  const customDomain = apigwv2.DomainName.fromDomainNameAttributes(stack, 'Domain', { name: 'api.example.com', regionalDomainName: 'd', regionalHostedZoneId: 'z' });
  const { template } = serviceOf({ requestIdHeader: Lazy.string({ produce: () => 'x-id' }), claimHeaders: { 'x-user': name }, authorizer: jwt() }, { customDomain, mappingKey: name }, stack);
  expect(only(template(), 'AWS::ApiGatewayV2::ApiMapping').ApiMappingKey).toEqual({ Ref: 'Name' });
  expect(only(template(), INTEGRATION).RequestParameters).toEqual({
    'overwrite:header.x-id': '$context.requestId',
    'overwrite:header.x-user': { 'Fn::Join': ['', ['$context.authorizer.claims.', { Ref: 'Name' }]] },
  });
});
