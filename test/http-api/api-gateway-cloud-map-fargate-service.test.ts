import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { DISCOVERY, ECS_SERVICE, EGRESS, HEALTH_CHECK, INGRESS, INTEGRATION, jwt, routeKeys, SERVICE, serviceOf, TASK } from './fixtures';
import { ApiGatewayCloudMapFargateService } from '../../src';
import { containerOf, only, regionStack, warnings } from '../support/fixtures';

describe('defaults', () => {
  test('the smallest use makes an API of its own and gives no warning', () => {
    const stack = regionStack();
    const service = new ApiGatewayCloudMapFargateService(stack, 'Shop', SERVICE);
    expect(warnings(stack)).toEqual([]);
    expect(service.api.node.path).toBe('Stack/Shop/Api');
    ['AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage', 'AWS::ApiGatewayV2::VpcLink', INTEGRATION, DISCOVERY, ECS_SERVICE, TASK, 'AWS::ECS::Cluster']
      .forEach((type) => Template.fromStack(stack).resourceCountIs(type, 1));
  });

  test('the smallest use in a stack that knows neither account nor Region gives no warning either', () => {
    const stack = new Stack();
    new ApiGatewayCloudMapFargateService(stack, 'Shop', SERVICE);
    expect(warnings(stack)).toEqual([]);
    Template.fromStack(stack).resourceCountIs(ECS_SERVICE, 1);
  });

  test('two tasks, replaced half at a time without a gap, rolled back when they fail', () => {
    expect(only(serviceOf().template(), ECS_SERVICE)).toMatchObject({
      DesiredCount: 2,
      DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 150, DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
    });
  });

  test('a quarter of a CPU, half a GiB, port 80, no further permission', () => {
    const { template } = serviceOf();
    expect(only(template(), TASK)).toMatchObject({ Cpu: '256', Memory: '512' });
    expect(containerOf(template())).toMatchObject({ PortMappings: [{ ContainerPort: 80 }] });
    const policies = Object.values(template().findResources('AWS::IAM::Policy'));
    expect(policies).toHaveLength(1); // of the execution role
    expect(only(template(), TASK).ContainerDefinitions).toHaveLength(1);
  });

  test('registered with name and port, in SRV and A records that live ten seconds, with the health that ECS reports', () => {
    const { stack, service, template } = serviceOf();
    expect(only(template(), DISCOVERY)).toMatchObject({
      Name: 'users',
      DnsConfig: { RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ Type: 'SRV', TTL: 10 }, { Type: 'A', TTL: 10 }] },
      HealthCheckCustomConfig: { FailureThreshold: 1 },
    });
    expect(only(template(), ECS_SERVICE).ServiceRegistries).toEqual([
      { RegistryArn: stack.resolve(service.cloudMapService.serviceArn), ContainerName: 'app', ContainerPort: 80 },
    ]);
  });

  test('one integration, through the link to the entry in the namespace, as long as API Gateway waits by itself', () => {
    const { stack, service, api, template } = serviceOf();
    expect(only(template(), INTEGRATION)).toEqual({
      ApiId: stack.resolve(api.httpApi.apiId),
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      IntegrationUri: stack.resolve(service.cloudMapService.serviceArn),
      ConnectionType: 'VPC_LINK',
      ConnectionId: stack.resolve(api.vpcLink.vpcLinkId),
      PayloadFormatVersion: '1.0',
    });
    expect(service.integration.node.path).toBe('Stack/Users/Integration');
  });

  test('the link reaches the port of the tasks and nothing else, and nobody else reaches them', () => {
    const { stack, service, api, template } = serviceOf({ containerPort: 8080 });
    const link = stack.resolve(api.vpcLinkSecurityGroup.securityGroupId);
    const tasks = stack.resolve(service.workload.securityGroup!.securityGroupId);
    expect(only(template(), INGRESS)).toMatchObject({ GroupId: tasks, SourceSecurityGroupId: link, IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080 });
    expect(only(template(), EGRESS)).toMatchObject({ GroupId: link, DestinationSecurityGroupId: tasks, IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080 });
    Object.values(template().findResources('AWS::EC2::SecurityGroup'))
      .forEach((group) => expect(group.Properties).not.toHaveProperty('SecurityGroupIngress'));
  });

  test('a task without a health check gives a warning that names the mend', () => {
    const { stack } = serviceOf({ healthCheck: undefined, containerPort: 3000 });
    expect(warnings(stack)).toContainEqual(expect.stringMatching(/`healthCheck` is not set.*HttpHealthCheck.curl\('\/', \{ port: 3000 \}\)/));
  });
});

describe('props reach the template', () => {
  test.each<[string, Parameters<typeof serviceOf>[0], object]>([
    ['containerName', { containerName: 'web' }, { Name: 'web' }],
    ['containerPort', { containerPort: 8080 }, { PortMappings: [{ ContainerPort: 8080 }] }],
    ['additionalPortMappings', { additionalPortMappings: [{ containerPort: 9090 }] }, { PortMappings: [{ ContainerPort: 80 }, { ContainerPort: 9090 }] }],
    ['environment', { environment: { A: 'b' } }, { Environment: [{ Name: 'A', Value: 'b' }] }],
    ['command', { command: ['run'] }, { Command: ['run'] }],
    ['entryPoint', { entryPoint: ['sh'] }, { EntryPoint: ['sh'] }],
    ['healthCheck', { healthCheck: HEALTH_CHECK }, { HealthCheck: { Interval: 10 } }],
    ['stopTimeout', { stopTimeout: Duration.seconds(60) }, { StopTimeout: 60 }],
    ['user', { user: '1000' }, { User: '1000' }],
    ['readonlyRootFilesystem', { readonlyRootFilesystem: true }, { ReadonlyRootFilesystem: true }],
    ['scratchPaths', { scratchPaths: ['/tmp'] }, { MountPoints: [{ ContainerPath: '/tmp', SourceVolume: 'scratch-0', ReadOnly: false }] }],
    ['initProcessEnabled', { initProcessEnabled: false }, { LinuxParameters: { InitProcessEnabled: false } }],
  ])('%s: the container', (_name, props, expected) => {
    const { service, template } = serviceOf(props);
    expect(containerOf(template(), service.workload.container.containerName)).toMatchObject(expected);
  });

  test.each<[string, Parameters<typeof serviceOf>[0], object]>([
    ['cpu and memoryLimitMiB', { cpu: 512, memoryLimitMiB: 1024 }, { Cpu: '512', Memory: '1024' }],
    ['cpuArchitecture', { cpuArchitecture: ecs.CpuArchitecture.ARM64 }, { RuntimePlatform: { CpuArchitecture: 'ARM64' } }],
    ['ephemeralStorageGiB', { ephemeralStorageGiB: 40 }, { EphemeralStorage: { SizeInGiB: 40 } }],
  ])('%s: the task', (_name, props, expected) => {
    expect(only(serviceOf(props).template(), TASK)).toMatchObject(expected);
  });

  test.each<[string, Parameters<typeof serviceOf>[0], object]>([
    ['desiredCount', { desiredCount: 4 }, { DesiredCount: 4 }],
    ['desiredCount of one leaves room for a successor', { desiredCount: 1 }, { DesiredCount: 1, DeploymentConfiguration: { MaximumPercent: 200 } }],
    ['minHealthyPercent', { minHealthyPercent: 50 }, { DeploymentConfiguration: { MinimumHealthyPercent: 50 } }],
    ['maxHealthyPercent', { maxHealthyPercent: 200 }, { DeploymentConfiguration: { MaximumPercent: 200 } }],
    ['enableExecuteCommand', { enableExecuteCommand: true }, { EnableExecuteCommand: true }],
    [
      'capacityProviderStrategies', { capacityProviderStrategies: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] },
      { CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }] },
    ],
  ])('%s: the service', (_name, props, expected) => {
    expect(only(serviceOf(props).template(), ECS_SERVICE)).toMatchObject(expected);
  });

  test('logging', () => {
    const { service, template } = serviceOf({ logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'mine' }) });
    expect(containerOf(template()).LogConfiguration.Options['awslogs-stream-prefix']).toBe('mine');
    expect(service.workload.logGroup).toBeUndefined();
  });

  test('secrets come from ECS, never in plain text', () => {
    const stack = regionStack();
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const { template } = serviceOf({ secrets: { TOKEN: ecs.Secret.fromSecretsManager(secret) } }, {}, stack);
    expect(containerOf(template()).Secrets).toEqual([{ Name: 'TOKEN', ValueFrom: stack.resolve(secret.secretArn) }]);
    expect(JSON.stringify(template().toJSON())).not.toContain('{{resolve');
  });

  test('taskRole and executionRole', () => {
    const stack = regionStack();
    const principal = new iam.ServicePrincipal('ecs-tasks.amazonaws.com');
    const [taskRole, executionRole] = ['TaskRole', 'ExecutionRole'].map((id) => new iam.Role(stack, id, { assumedBy: principal }));
    const { service, template } = serviceOf({ taskRole, executionRole }, {}, stack);
    expect(only(template(), TASK)).toMatchObject({ TaskRoleArn: stack.resolve(taskRole.roleArn), ExecutionRoleArn: stack.resolve(executionRole.roleArn) });
    expect(service.grantPrincipal).toBe(taskRole);
  });

  test('securityGroups are used as they are; only the link gets a rule', () => {
    const stack = regionStack();
    const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Mine', 'sg-0123456789abcdef0');
    const { template, service } = serviceOf({ securityGroups: [group] }, {}, stack);
    template().resourceCountIs(INGRESS, 0);
    expect(only(template(), EGRESS)).toMatchObject({ DestinationSecurityGroupId: 'sg-0123456789abcdef0', FromPort: 80 });
    expect(service.workload.securityGroup).toBeUndefined();
  });

  test('allowAllOutbound', () => {
    serviceOf({ allowAllOutbound: true }).template().hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: Match.stringLikeRegexp('Tasks'), SecurityGroupEgress: [Match.objectLike({ CidrIp: '0.0.0.0/0', IpProtocol: '-1' })],
    });
  });

  test('discoveryName, dnsTtl and discoveryUrl', () => {
    const { stack, service, template, api } = serviceOf({ discoveryName: 'people', dnsTtl: Duration.minutes(5), containerPort: 8080 });
    expect(only(template(), DISCOVERY)).toMatchObject({ Name: 'people', DnsConfig: { DnsRecords: [{ Type: 'SRV', TTL: 300 }, { Type: 'A', TTL: 300 }] } });
    expect(stack.resolve(service.discoveryUrl)).toBe(`http://people.${api.cloudMapNamespace.namespaceName}:8080`);
  });

  test('integrationTimeout reaches the integration, also the 30 seconds that the L2 refuses', () => {
    expect(only(serviceOf({ integrationTimeout: Duration.seconds(5) }).template(), INTEGRATION).TimeoutInMillis).toBe(5000);
    expect(only(serviceOf({ integrationTimeout: Duration.seconds(30) }).template(), INTEGRATION).TimeoutInMillis).toBe(30000);
  });

  test('secureServerName: TLS to the tasks', () => {
    const { service, template } = serviceOf({ secureServerName: 'users.example.com' });
    expect(only(template(), INTEGRATION).TlsConfig).toEqual({ ServerNameToVerify: 'users.example.com' });
    expect(service.discoveryUrl).toMatch(/^https:/);
  });

  test('metricNamespace: metrics of that namespace and no other', () => {
    const { template } = serviceOf({ metricNamespace: 'shop' });
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [{
          Action: 'cloudwatch:PutMetricData', Effect: 'Allow', Resource: '*', Condition: { StringEquals: { 'cloudwatch:namespace': 'shop' } },
        }],
      },
    });
  });

  test('logRetention, encryptionKey and removalPolicy', () => {
    const stack = regionStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    const { template } = serviceOf({ logRetention: logs.RetentionDays.ONE_WEEK, encryptionKey, removalPolicy: RemovalPolicy.DESTROY }, {}, stack);
    template().hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Delete', Properties: { RetentionInDays: 7, KmsKeyId: stack.resolve(encryptionKey.keyArn), LogGroupName: Match.absent() },
    });
  });

  test('what an API of its own takes from the service', () => {
    const stack = regionStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    const service = new ApiGatewayCloudMapFargateService(stack, 'Shop', {
      ...SERVICE, encryptionKey, logRetention: logs.RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY, alarmActions: [], createDashboard: true,
    });
    const groups = Object.values(Template.fromStack(stack).findResources('AWS::Logs::LogGroup'));
    expect(groups).toHaveLength(3); // flow log, access log, task
    groups.forEach((group) => expect(group).toMatchObject({
      DeletionPolicy: 'Delete', Properties: { RetentionInDays: 7, KmsKeyId: stack.resolve(encryptionKey.keyArn) },
    }));
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 6);
    expect(service.alarms!.alarms).toHaveLength(3);
  });
});

test('the largest use: everything at once, and still one integration', () => {
  const { service, template } = serviceOf({
    path: '/users',
    methods: [apigwv2.HttpMethod.GET, apigwv2.HttpMethod.POST],
    authorizer: jwt(),
    authorizationScopes: ['users/read'],
    throttle: { rateLimit: 100, burstLimit: 50 },
    claimHeaders: { 'x-user-id': 'sub' },
    requestIdHeader: 'x-request-id',
    integrationTimeout: Duration.seconds(10),
    drainDelay: Duration.seconds(20),
    alarmActions: [],
    metricNamespace: 'shop',
    enableExecuteCommand: true,
    capacityProviderStrategies: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
  }, { detailedMetricsEnabled: true, createDashboard: true, alarmActions: [] });
  service.autoScaleTaskCount({ maxCapacity: 10 });
  service.scaleOnRequestsPerTask({ requestsPerTask: 600 });
  expect(routeKeys(template()).sort()).toEqual(['GET /users', 'GET /users/{proxy+}', 'POST /users', 'POST /users/{proxy+}']);
  template().resourceCountIs(INTEGRATION, 1);
});
