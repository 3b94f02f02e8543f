import { Match, Template } from 'aws-cdk-lib/assertions';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { attributeOf, ParityRow, refTo } from './parity';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi } from '../../src';
import { IMAGE, regionStack } from '../support/fixtures';

const NAMESPACE = 'AWS::ServiceDiscovery::PrivateDnsNamespace';
const DISCOVERY = 'AWS::ServiceDiscovery::Service';
const API = 'AWS::ApiGatewayV2::Api';
const STAGE = 'AWS::ApiGatewayV2::Stage';
const LINK = 'AWS::ApiGatewayV2::VpcLink';
const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
const AUTHORIZER = 'AWS::ApiGatewayV2::Authorizer';
const ROUTE = 'AWS::ApiGatewayV2::Route';
const VENDED = { LogGroupName: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('^/aws/vendedlogs/')])] } };

const LOG_FIELDS = {
  requestId: 'requestId',
  ip: 'identity.sourceIp',
  requestTime: 'requestTime',
  httpMethod: 'httpMethod',
  routeKey: 'routeKey',
  path: 'path',
  status: 'status',
  protocol: 'protocol',
  responseLength: 'responseLength',
  errMsg: 'integrationErrorMessage',
};

const has = (type: string, properties: object) => (template: Template) => template.hasResourceProperties(type, properties);
const cors = (properties: object) => has(API, { CorsConfiguration: Match.objectLike(properties) });
const api = refTo('ApiHttpApi');
const namespace = attributeOf('Namespace', 'Id');
const discovery = attributeOf('AppCloudMapService', 'Arn');
const linkGroup = attributeOf('ApiVpcLinkSecurityGroup', 'GroupId');
const subnets = ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'];

function rows(resource: string, list: Omit<ParityRow, 'resource'>[]): ParityRow[] {
  return list.map((row) => ({ resource, ...row }));
}

function logFormat(template: Template): void {
  const [stage] = Object.values(template.findResources(STAGE));
  expect(JSON.parse(stage.Properties.AccessLogSettings.Format))
    .toMatchObject(Object.fromEntries(Object.entries(LOG_FIELDS).map(([field, variable]) => [field, `$context.${variable}`])));
}

function routePerMethod(): void {
  const stack = regionStack('Methods');
  new ApiGatewayCloudMapFargateService(stack, 'App', { image: IMAGE, methods: [HttpMethod.GET, HttpMethod.POST] });
  const keys = Object.values(Template.fromStack(stack).findResources(ROUTE)).map((route) => route.Properties.RouteKey);
  expect(keys.sort()).toEqual(['GET /', 'GET /{proxy+}', 'POST /', 'POST /{proxy+}']);
}

function givenLinkGroup(): void {
  const stack = regionStack('Given');
  new CloudMapHttpApi(stack, 'Api', { vpcLinkSecurityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Default', 'sg-0123456789abcdef0') });
  Template.fromStack(stack).hasResourceProperties(LINK, { SecurityGroupIds: ['sg-0123456789abcdef0'] });
}

export const API_ROWS: ParityRow[] = [
  ...rows('aws_service_discovery_private_dns_namespace.this', [
    { argument: 'name', guide: 'local name', ours: 'mz-dev.internal, by `cloudMapNamespace`; unique by default', check: has(NAMESPACE, { Name: 'mz-dev.internal' }) },
    { argument: 'vpc', guide: 'input', ours: 'the VPC', check: has(NAMESPACE, { Vpc: 'vpc-0123456789abcdef0' }) },
  ]),
  ...rows('aws_service_discovery_service.mz_dev_app', [
    { argument: 'name', guide: 'app name', ours: 'mz-dev-app, by `discoveryName`', check: has(DISCOVERY, { Name: 'mz-dev-app' }) },
    { argument: 'namespace_id', guide: 'the namespace', ours: 'the namespace', check: has(DISCOVERY, { NamespaceId: namespace }) },
    { argument: 'dns_config.namespace_id', guide: 'the namespace', ours: 'the namespace', check: has(DISCOVERY, { DnsConfig: { NamespaceId: namespace } }) },
    { argument: 'dns_records.ttl', guide: '300', ours: '300, by `dnsTtl`; 10 by default', check: has(DISCOVERY, { DnsConfig: { DnsRecords: [Match.objectLike({ TTL: 300 }), Match.anyValue()] } }) },
    {
      argument: 'dns_records.type',
      guide: 'SRV',
      ours: 'SRV and A',
      why: 'clients that know the port find tasks by a plain name',
      check: has(DISCOVERY, { DnsConfig: { DnsRecords: [Match.objectLike({ Type: 'SRV' }), Match.objectLike({ Type: 'A' })] } }),
    },
    { argument: 'health_check_custom_config.failure_threshold', guide: '1', ours: '1', check: has(DISCOVERY, { HealthCheckCustomConfig: { FailureThreshold: 1 } }) },
  ]),
  ...rows('aws_apigatewayv2_api.this', [
    { argument: 'name', guide: 'prefix-api-gateway', ours: 'mz-dev-api-gateway, by `apiName`', check: has(API, { Name: 'mz-dev-api-gateway' }) },
    { argument: 'protocol_type', guide: 'HTTP', ours: 'HTTP', check: has(API, { ProtocolType: 'HTTP' }) },
    { argument: 'cors.allow_origins', guide: 'input', ours: '`corsPreflight.allowOrigins`', check: cors({ AllowOrigins: ['https://sss.example.com'] }) },
    {
      argument: 'cors.allow_headers',
      guide: 'five headers',
      ours: 'the same five, by `corsPreflight.allowHeaders`',
      check: cors({ AllowHeaders: ['authorization', 'origin', 'content-type', 'accept', 'x-requested-with'] }),
    },
    { argument: 'cors.allow_methods', guide: 'GET, POST, DELETE, PUT', ours: 'the same, by `corsPreflight.allowMethods`', check: cors({ AllowMethods: ['GET', 'POST', 'DELETE', 'PUT'] }) },
    { argument: 'cors.allow_credentials', guide: 'true', ours: 'true, by `corsPreflight.allowCredentials`', check: cors({ AllowCredentials: true }) },
    { argument: 'cors.max_age', guide: 'input', ours: '80000, by `corsPreflight.maxAge`', check: cors({ MaxAge: 80000 }) },
  ]),
  ...rows('aws_apigatewayv2_stage.this', [
    { argument: 'name', guide: '$default', ours: '$default', check: has(STAGE, { StageName: '$default' }) },
    { argument: 'api_id', guide: 'the API', ours: 'the API', check: has(STAGE, { ApiId: api }) },
    { argument: 'auto_deploy', guide: 'true', ours: 'true', check: has(STAGE, { AutoDeploy: true }) },
    { argument: 'access_log_settings.destination_arn', guide: 'the log group', ours: 'the log group', check: has(STAGE, { AccessLogSettings: { DestinationArn: attributeOf('ApiAccessLog', 'Arn') } }) },
    { argument: 'access_log_settings.format', guide: 'ten fields as JSON', ours: 'the ten and six more', why: 'the others tell a slow service from a slow client, and who was refused', check: logFormat },
  ]),
  ...rows('aws_cloudwatch_log_group.api_gateway', [
    { argument: 'name', guide: '/aws/api-gateway/mz-dev', ours: '/aws/vendedlogs/...', why: 'every other name takes room in the resource policy for logs', check: has('AWS::Logs::LogGroup', VENDED) },
    { argument: 'retention_in_days', guide: 'input', ours: '7, by `accessLogRetention`', check: has('AWS::Logs::LogGroup', { ...VENDED, RetentionInDays: 7 }) },
  ]),
  ...rows('aws_apigatewayv2_vpc_link.this', [
    { argument: 'name', guide: 'prefix-vpc-link', ours: 'generated', why: 'a link is replaced by a new one when it changes, and both exist for a while', check: has(LINK, { Name: Match.anyValue() }) },
    {
      argument: 'security_group_ids',
      guide: 'input: the default group',
      ours: 'a group of its own that reaches the port of the service',
      why: 'members of the default group reach each other on every port',
      check: (template) => {
        has(LINK, { SecurityGroupIds: [linkGroup] })(template);
        has('AWS::EC2::SecurityGroupEgress', { GroupId: linkGroup, DestinationSecurityGroupId: attributeOf('AppWorkloadSecurityGroup', 'GroupId'), FromPort: 80, ToPort: 80 })(template);
      },
    },
    { argument: 'subnet_ids', guide: 'input', ours: 'the subnets of the tasks, or `ingressSubnets`', check: has(LINK, { SubnetIds: subnets }) },
  ]),
  ...rows('aws_apigatewayv2_integration.mz_dev_app', [
    { argument: 'api_id', guide: 'the API', ours: 'the API', check: has(INTEGRATION, { ApiId: api }) },
    { argument: 'integration_type', guide: 'HTTP_PROXY', ours: 'HTTP_PROXY', check: has(INTEGRATION, { IntegrationType: 'HTTP_PROXY' }) },
    { argument: 'integration_uri', guide: 'the Cloud Map service', ours: 'the Cloud Map service', check: has(INTEGRATION, { IntegrationUri: discovery }) },
    { argument: 'integration_method', guide: 'ANY', ours: 'ANY', check: has(INTEGRATION, { IntegrationMethod: 'ANY' }) },
    { argument: 'connection_type', guide: 'VPC_LINK', ours: 'VPC_LINK', check: has(INTEGRATION, { ConnectionType: 'VPC_LINK' }) },
    { argument: 'connection_id', guide: 'the VPC link', ours: 'the VPC link', check: has(INTEGRATION, { ConnectionId: refTo('ApiVpcLink') }) },
  ]),
  ...rows('aws_apigatewayv2_authorizer.jwt_authorizer', [
    { argument: 'name', guide: 'prefix-jwt-authorizer', ours: 'mz-dev-jwt-authorizer, the id of `HttpJwtAuthorizer`', check: has(AUTHORIZER, { Name: 'mz-dev-jwt-authorizer' }) },
    { argument: 'api_id', guide: 'the API', ours: 'the API', check: has(AUTHORIZER, { ApiId: api }) },
    { argument: 'authorizer_type', guide: 'JWT', ours: 'JWT', check: has(AUTHORIZER, { AuthorizerType: 'JWT' }) },
    { argument: 'identity_sources', guide: '$request.header.Authorization', ours: '$request.header.Authorization', check: has(AUTHORIZER, { IdentitySource: ['$request.header.Authorization'] }) },
    { argument: 'jwt_configuration.audience', guide: 'input', ours: '`jwtAudience`', check: has(AUTHORIZER, { JwtConfiguration: { Audience: ['1example23456789'] } }) },
    {
      argument: 'jwt_configuration.issuer',
      guide: 'https:// and the input',
      ours: 'the issuer of `HttpJwtAuthorizer`',
      check: has(AUTHORIZER, { JwtConfiguration: { Issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_example12' } }),
    },
  ]),
  ...rows('aws_apigatewayv2_route.mz_dev_app', [
    { argument: 'for_each', guide: 'a route per method', ours: 'the same, by `methods`', check: routePerMethod },
    { argument: 'api_id', guide: 'the API', ours: 'the API', check: has(ROUTE, { ApiId: api }) },
    {
      argument: 'route_key',
      guide: 'GET /{proxy+}',
      ours: 'GET /{proxy+} and GET /',
      why: '/{proxy+} does not match the root',
      check: (template) => {
        ['GET /{proxy+}', 'GET /'].forEach((RouteKey) => template.resourcePropertiesCountIs(ROUTE, { RouteKey }, 1));
      },
    },
    { argument: 'target', guide: 'the integration', ours: 'the integration', check: has(ROUTE, { Target: { 'Fn::Join': ['', ['integrations/', refTo('AppIntegration')]] } }) },
    { argument: 'authorizer_id', guide: 'the authorizer', ours: 'the authorizer', check: has(ROUTE, { AuthorizerId: refTo('ApiHttpApimzdevjwtauthorizer') }) },
    { argument: 'authorization_type', guide: 'JWT', ours: 'JWT', check: (template) => template.allResourcesProperties(ROUTE, { AuthorizationType: 'JWT' }) },
  ]),
  ...rows('variable', [
    { argument: 'vpc_id', guide: 'input', ours: '`network`: ServiceNetwork.fromVpc(vpc)', check: has(NAMESPACE, { Vpc: 'vpc-0123456789abcdef0' }) },
    { argument: 'default_security_group_id', guide: 'input', ours: '`vpcLinkSecurityGroup`', why: 'a group of its own by default', check: givenLinkGroup },
    { argument: 'allow_origins', guide: 'input', ours: '`corsPreflight.allowOrigins`', check: cors({ AllowOrigins: ['https://sss.example.com'] }) },
    { argument: 'cors_max_age', guide: '80000', ours: '`corsPreflight.maxAge`', check: cors({ MaxAge: 80000 }) },
    { argument: 'log_retention_in_days', guide: '7', ours: '`accessLogRetention` and `logRetention`; a year by default', check: (template) => template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 }) },
    {
      argument: 'cognito_user_pool_endpoint',
      guide: 'input',
      ours: 'the issuer of `HttpJwtAuthorizer`, or `HttpUserPoolAuthorizer`',
      check: has(AUTHORIZER, { JwtConfiguration: { Issuer: Match.stringLikeRegexp('^https://cognito-idp') } }),
    },
    { argument: 'user_pool_client_ids', guide: 'input', ours: '`jwtAudience`', check: has(AUTHORIZER, { JwtConfiguration: { Audience: ['1example23456789'] } }) },
    { argument: 'ecs_task.memory', guide: '512', ours: '`memoryLimitMiB`, 512 by default', check: has('AWS::ECS::TaskDefinition', { Memory: '512' }) },
    { argument: 'ecs_task.cpu', guide: '256', ours: '`cpu`, 256 by default', check: has('AWS::ECS::TaskDefinition', { Cpu: '256' }) },
    { argument: 'ecs_service.desired_count', guide: '1', ours: '`desiredCount`', why: '2 by default: one task is a gap whenever it is lost', check: has('AWS::ECS::Service', { DesiredCount: 1 }) },
    { argument: 'ecs_service.http_methods', guide: 'GET', ours: '`methods`', why: 'all methods by default', check: has(ROUTE, { RouteKey: 'GET /' }) },
    { argument: 'private_subnet_ids', guide: 'input', ours: '`taskSubnets` and `ingressSubnets` of `network`', check: has(LINK, { SubnetIds: subnets }) },
  ]),
];
