import { Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { FargateWorkload, FargateWorkloadProps, HttpHealthCheck, ServiceNetwork } from '../../src';
import { containerOf, existingVpc, IMAGE, only, regionStack, warnings } from '../support/fixtures';

function workloadOf(props: Partial<FargateWorkloadProps> = {}, stack: Stack = regionStack()) {
  const workload = new FargateWorkload(stack, 'Workload', { image: IMAGE, ...props });
  return { stack, workload, template: () => Template.fromStack(stack) };
}

const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';

describe('defaults', () => {
  test('the smallest use is complete and gives no warning', () => {
    const { stack, template } = workloadOf();
    expect(warnings(stack)).toEqual([]);
    template().hasResourceProperties(TASK, {
      Cpu: '256',
      Memory: '512',
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      RuntimePlatform: { CpuArchitecture: 'X86_64', OperatingSystemFamily: 'LINUX' },
      EphemeralStorage: Match.absent(),
    });
    expect(containerOf(template())).toMatchObject({
      Image: 'public.ecr.aws/nginx/nginx:1.29',
      Memory: 512,
      PortMappings: [{ ContainerPort: 80, Protocol: 'tcp' }],
      ReadonlyRootFilesystem: false,
      LinuxParameters: { InitProcessEnabled: true },
      LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-stream-prefix': 'app', 'mode': 'non-blocking' } },
    });
    ['Environment', 'Secrets', 'Command', 'EntryPoint', 'HealthCheck', 'StopTimeout', 'User', 'MountPoints']
      .forEach((name) => expect(containerOf(template())).not.toHaveProperty(name));
  });

  test('one task, replaced without a gap, rolled back when it fails', () => {
    workloadOf().template().hasResourceProperties(SERVICE, {
      DesiredCount: 1,
      LaunchType: 'FARGATE',
      EnableExecuteCommand: false,
      PropagateTags: 'SERVICE',
      DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200, DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
      HealthCheckGracePeriodSeconds: Match.absent(),
      CapacityProviderStrategy: Match.absent(),
    });
  });

  test('a cluster with Container Insights and both capacity providers', () => {
    const { template } = workloadOf();
    template().hasResourceProperties('AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] });
    template().hasResourceProperties('AWS::ECS::ClusterCapacityProviderAssociations', { CapacityProviders: ['FARGATE', 'FARGATE_SPOT'] });
  });

  test('nothing may enter, only HTTPS may leave', () => {
    const group = only(workloadOf().template(), 'AWS::EC2::SecurityGroup');
    expect(group.SecurityGroupIngress).toBeUndefined();
    expect(group.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' })]);
  });

  test('the task role may do nothing, the execution role writes its logs only', () => {
    const { stack, workload, template } = workloadOf({ network: ServiceNetwork.publicTasks({ flowLogs: false }) });
    expect(only(template(), 'AWS::IAM::Policy')).toMatchObject({
      Roles: [stack.resolve((workload.taskDefinition.executionRole as iam.Role).roleName)],
      PolicyDocument: { Statement: [{ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: stack.resolve(workload.logGroup!.logGroupArn) }] },
    });
  });
});

describe('props of the task reach the template', () => {
  const secretOf = (stack: Stack) => new secretsmanager.Secret(stack, 'Secret');

  test.each<[string, Partial<FargateWorkloadProps>, object]>([
    ['cpu and memoryLimitMiB', { cpu: 512, memoryLimitMiB: 2048 }, { Cpu: '512', Memory: '2048' }],
    ['cpuArchitecture', { cpuArchitecture: ecs.CpuArchitecture.ARM64 }, { RuntimePlatform: { CpuArchitecture: 'ARM64' } }],
    ['ephemeralStorageGiB', { ephemeralStorageGiB: 50 }, { EphemeralStorage: { SizeInGiB: 50 } }],
  ])('%s', (_name, props, expected) => {
    workloadOf(props).template().hasResourceProperties(TASK, expected);
  });

  test.each<[string, Partial<FargateWorkloadProps>, object]>([
    ['containerPort', { containerPort: 8080 }, { PortMappings: [{ ContainerPort: 8080 }] }],
    ['additionalPortMappings', { additionalPortMappings: [{ containerPort: 9000 }] }, { PortMappings: [{ ContainerPort: 80 }, { ContainerPort: 9000 }] }],
    ['memoryLimitMiB', { memoryLimitMiB: 1024 }, { Memory: 1024 }],
    ['environment', { environment: { A: '1' } }, { Environment: [{ Name: 'A', Value: '1' }] }],
    ['command', { command: ['serve'] }, { Command: ['serve'] }],
    ['entryPoint', { entryPoint: ['sh', '-c'] }, { EntryPoint: ['sh', '-c'] }],
    ['healthCheck', { healthCheck: HttpHealthCheck.curl('/ok') }, { HealthCheck: { Command: ['CMD-SHELL', expect.stringContaining('/ok')], Interval: 10 } }],
    ['stopTimeout', { stopTimeout: Duration.seconds(120) }, { StopTimeout: 120 }],
    ['user', { user: '1000:1000' }, { User: '1000:1000' }],
    ['readonlyRootFilesystem', { readonlyRootFilesystem: true }, { ReadonlyRootFilesystem: true }],
    ['initProcessEnabled', { initProcessEnabled: false }, { LinuxParameters: { InitProcessEnabled: false } }],
    ['scratchPaths', { scratchPaths: ['/tmp'] }, { MountPoints: [{ ContainerPath: '/tmp', SourceVolume: 'scratch-0', ReadOnly: false }] }],
  ])('%s', (_name, props, expected) => {
    expect(containerOf(workloadOf(props).template())).toMatchObject(expected);
  });

  test('scratchPaths are volumes of the task', () => {
    workloadOf({ scratchPaths: ['/tmp', '/run'] }).template().hasResourceProperties(TASK, { Volumes: [{ Name: 'scratch-0' }, { Name: 'scratch-1' }] });
  });

  test('containerName names container and log stream', () => {
    expect(containerOf(workloadOf({ containerName: 'web' }).template(), 'web').LogConfiguration.Options['awslogs-stream-prefix']).toBe('web');
  });

  test('secrets are references, which the execution role may read', () => {
    const stack = regionStack();
    const secret = secretOf(stack);
    const { template } = workloadOf({ secrets: { TOKEN: ecs.Secret.fromSecretsManager(secret) } }, stack);
    expect(containerOf(template()).Secrets).toEqual([{ Name: 'TOKEN', ValueFrom: stack.resolve(secret.secretArn) }]);
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'] })]) },
    });
  });

  test('logging replaces the log group', () => {
    const stack = regionStack();
    const secretToken = ecs.Secret.fromSecretsManager(secretOf(stack));
    const { workload, template } = workloadOf({
      logging: ecs.LogDrivers.splunk({ url: 'https://splunk.example.com', secretToken }), network: ServiceNetwork.publicTasks({ flowLogs: false }),
    }, stack);
    expect(workload.logGroup).toBeUndefined();
    template().resourceCountIs('AWS::Logs::LogGroup', 0);
    expect(containerOf(template()).LogConfiguration.LogDriver).toBe('splunk');
  });

  test('roles are taken', () => {
    const stack = regionStack();
    const [taskRole, executionRole] = ['Task', 'Execution'].map((id) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }));
    const { workload, template } = workloadOf({ taskRole, executionRole }, stack);
    expect(workload.grantPrincipal).toBe(taskRole);
    template().hasResourceProperties(TASK, { TaskRoleArn: stack.resolve(taskRole.roleArn), ExecutionRoleArn: stack.resolve(executionRole.roleArn) });
  });
});

describe('props of the service reach the template', () => {
  test.each<[string, Partial<FargateWorkloadProps>, object]>([
    ['desiredCount', { desiredCount: 3 }, { DesiredCount: 3 }],
    ['desiredCount of none', { desiredCount: 0 }, { DesiredCount: 0 }],
    ['percentages', { minHealthyPercent: 0, maxHealthyPercent: 100 }, { DeploymentConfiguration: { MinimumHealthyPercent: 0, MaximumPercent: 100 } }],
    ['healthCheckGracePeriod', { healthCheckGracePeriod: Duration.minutes(2) }, { HealthCheckGracePeriodSeconds: 120 }],
    ['capacityProviderStrategies', { capacityProviderStrategies: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] },
      { CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }], LaunchType: Match.absent() }],
    ['enableExecuteCommand', { enableExecuteCommand: true }, { EnableExecuteCommand: true }],
  ])('%s', (_name, props, expected) => {
    workloadOf(props).template().hasResourceProperties(SERVICE, expected);
  });

  test('shell sessions are recorded with the other logs, and tasks may write nowhere else', () => {
    const { stack, workload, template } = workloadOf({ enableExecuteCommand: true });
    template().hasResourceProperties('AWS::ECS::Cluster', {
      Configuration: { ExecuteCommandConfiguration: { Logging: 'OVERRIDE', LogConfiguration: { CloudWatchLogGroupName: stack.resolve(workload.logGroup!.logGroupName) } } },
    });
    template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [stack.resolve(workload.taskDefinition.taskRole.roleName)],
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: Match.arrayWith(['ssmmessages:OpenDataChannel']), Resource: '*' }),
          Match.objectLike({ Action: 'logs:DescribeLogGroups', Resource: '*' }),
          Match.objectLike({ Action: Match.arrayWith(['logs:PutLogEvents']), Resource: Match.not('*') }),
        ],
      },
    });
  });

  test('shell sessions are not recorded where the workload logs elsewhere', () => {
    const stack = regionStack();
    const secretToken = ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Token'));
    workloadOf({ enableExecuteCommand: true, logging: ecs.LogDrivers.splunk({ url: 'https://splunk.example.com', secretToken }) }, stack).template()
      .hasResourceProperties('AWS::ECS::Cluster', { Configuration: { ExecuteCommandConfiguration: { Logging: 'NONE' } } });
  });

  test('containerInsights', () => {
    workloadOf({ containerInsights: ecs.ContainerInsights.ENHANCED }).template()
      .hasResourceProperties('AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }] });
  });

  test('allowAllOutbound', () => {
    workloadOf({ allowAllOutbound: true }).template()
      .hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupEgress: [Match.objectLike({ CidrIp: '0.0.0.0/0', IpProtocol: '-1' })] });
  });

  test('logRetention, encryptionKey and removalPolicy', () => {
    const stack = regionStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    workloadOf({ logRetention: logs.RetentionDays.ONE_WEEK, encryptionKey, removalPolicy: RemovalPolicy.DESTROY }, stack).template()
      .allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete', Properties: { RetentionInDays: 7, KmsKeyId: stack.resolve(encryptionKey.keyArn) } });
  });

  test('a cluster is used, in its own VPC', () => {
    const stack = regionStack();
    const cluster = new ecs.Cluster(stack, 'Given', { vpc: existingVpc(stack) });
    const { workload, template } = workloadOf({ cluster }, stack);
    expect([workload.cluster, workload.vpc]).toEqual([cluster, cluster.vpc]);
    template().resourceCountIs('AWS::ECS::Cluster', 1);
    template().resourceCountIs('AWS::EC2::VPC', 0);
  });

  test('a cluster with a network in its VPC', () => {
    const stack = regionStack();
    const vpc = existingVpc(stack);
    const { template } = workloadOf({
      cluster: new ecs.Cluster(stack, 'Given', { vpc }), network: ServiceNetwork.fromVpc(vpc, { taskSubnets: { subnetType: ec2.SubnetType.PUBLIC } }),
    }, stack);
    expect(only(template(), SERVICE).NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp).toBe('ENABLED');
  });

  test('tags reach the tasks', () => {
    const { stack, template } = workloadOf();
    Tags.of(stack).add('team', 'maps');
    template().hasResourceProperties(SERVICE, { PropagateTags: 'SERVICE', EnableECSManagedTags: true, Tags: [{ Key: 'team', Value: 'maps' }] });
  });
});
