import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { FargateWorkload, FargateWorkloadProps } from '../../src';
import { containerOf, IMAGE, only, regionStack } from '../support/fixtures';

function workloadOf(props: Partial<FargateWorkloadProps> = {}, stack: Stack = regionStack()) {
  const workload = new FargateWorkload(stack, 'Workload', { image: IMAGE, ...props });
  return { stack, workload, template: () => Template.fromStack(stack) };
}

const givenGroup = (stack: Stack) => new ec2.SecurityGroup(stack, 'Given', {
  vpc: ec2.Vpc.fromVpcAttributes(stack, 'GivenVpc', { vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['eu-central-1a'] }), allowAllOutbound: false,
});

test('environment and secrets can be added', () => {
  const { stack, workload, template } = workloadOf();
  const secret = new secretsmanager.Secret(stack, 'Secret');
  workload.addEnvironment('A', '1');
  workload.addSecret('B', ecs.Secret.fromSecretsManager(secret, 'field'));
  expect(containerOf(template())).toMatchObject({
    Environment: [{ Name: 'A', Value: '1' }],
    Secrets: [{ Name: 'B', ValueFrom: { 'Fn::Join': ['', [stack.resolve(secret.secretArn), ':field::']] } }],
  });
});

describe('sidecars', () => {
  test('log beside the main container and take their memory from it', () => {
    const { stack, workload, template } = workloadOf({ memoryLimitMiB: 1024 });
    workload.addSidecar('proxy', { image: IMAGE, memoryLimitMiB: 256 });
    workload.addSidecar('agent', { image: IMAGE, memoryLimitMiB: 128 });
    workload.addSidecar('helper', { image: IMAGE });
    expect(containerOf(template()).Memory).toBe(640);
    expect(containerOf(template(), 'proxy')).toMatchObject({
      Memory: 256,
      LogConfiguration: { Options: { 'awslogs-stream-prefix': 'proxy', 'awslogs-group': stack.resolve(workload.logGroup!.logGroupName) } },
    });
  });

  test('bring their own log driver', () => {
    const { workload, template } = workloadOf();
    workload.addSidecar('router', { image: IMAGE, logging: ecs.LogDrivers.firelens({}) });
    expect(containerOf(template(), 'router').LogConfiguration.LogDriver).toBe('awsfirelens');
  });

  test('fails for what Fargate refuses, all at once', () => {
    const { workload } = workloadOf();
    expect(() => workload.addSidecar('bad', {
      image: IMAGE, logging: ecs.LogDrivers.syslog(), stopTimeout: Duration.minutes(5), memoryLimitMiB: 512,
    })).toThrow(/3 conflicts:\n- `logging of sidecar bad` .* SyslogLogDriver.*\n- `stopTimeout` .* got 5 minutes\n- `memoryLimitMiB` 512 leaves .* 512 MiB; raise it/);
  });
});

describe('EFS', () => {
  function mounted(readOnly?: boolean, props: Partial<FargateWorkloadProps> = {}, stack = regionStack()) {
    const made = workloadOf(props, stack);
    const fileSystem = new efs.FileSystem(stack, 'Files', { vpc: made.workload.vpc, allowAnonymousAccess: false });
    const accessPoint = fileSystem.addAccessPoint('Data', { path: '/data' });
    made.workload.mountEfs('data', { fileSystem, accessPoint, containerPath: '/var/data', readOnly });
    return { ...made, fileSystem, accessPoint };
  }

  test('is mounted encrypted, by the access point, as the task role', () => {
    const { stack, fileSystem, accessPoint, template } = mounted();
    expect(only(template(), 'AWS::ECS::TaskDefinition').Volumes).toEqual([{
      Name: 'data',
      EFSVolumeConfiguration: {
        FilesystemId: stack.resolve(fileSystem.fileSystemId),
        TransitEncryption: 'ENABLED',
        AuthorizationConfig: { AccessPointId: stack.resolve(accessPoint.accessPointId), IAM: 'ENABLED' },
      },
    }]);
    expect(containerOf(template()).MountPoints).toEqual([{ ContainerPath: '/var/data', SourceVolume: 'data', ReadOnly: false }]);
  });

  test.each([[undefined, ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite']], [true, 'elasticfilesystem:ClientMount']])(
    'read only %p grants %p', (readOnly, Action) => {
      const { stack, accessPoint, template } = mounted(readOnly);
      template().hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: {
          Statement: [Match.objectLike({ Action, Condition: { ArnEquals: { 'elasticfilesystem:AccessPointArn': stack.resolve(accessPoint.accessPointArn) } } })],
        },
      });
    });

  test('only the tasks reach it, on its port', () => {
    const { stack, workload, template } = mounted();
    template().resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    template().hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 2049, ToPort: 2049, SourceSecurityGroupId: stack.resolve(workload.securityGroup!.securityGroupId),
    });
  });

  test('lets given groups in without changing them', () => {
    const stack = regionStack();
    const group = givenGroup(stack);
    const { template } = mounted(false, { securityGroups: [group] }, stack);
    template().resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
    template().hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ FromPort: 2049, SourceSecurityGroupId: stack.resolve(group.securityGroupId) })],
    });
  });
});

describe('security groups', () => {
  test('given groups are the groups of the tasks, and none is made', () => {
    const stack = regionStack();
    const group = givenGroup(stack);
    const { workload, template } = workloadOf({ securityGroups: [group] }, stack);
    expect(workload.securityGroup).toBeUndefined();
    expect(workload.connections.securityGroups).toEqual([group]);
    template().resourceCountIs('AWS::EC2::SecurityGroup', 1);
  });

  test('another part of a blueprint reaches a new group', () => {
    const { stack, workload, template } = workloadOf();
    const front = new ec2.SecurityGroup(stack, 'Front', { vpc: workload.vpc, allowAllOutbound: false });
    workload._allowFrom(front, ec2.Port.tcp(80), 'from the front');
    template().hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 80, SourceSecurityGroupId: stack.resolve(front.securityGroupId) });
    template().hasResourceProperties('AWS::EC2::SecurityGroupEgress', { GroupId: stack.resolve(front.securityGroupId) });
  });

  test('another part of a blueprint may send to a given group, which is not changed', () => {
    const stack = regionStack();
    const group = givenGroup(stack);
    const { workload, template } = workloadOf({ securityGroups: [group] }, stack);
    const front = new ec2.SecurityGroup(stack, 'Front', { vpc: workload.vpc, allowAllOutbound: false });
    workload._allowFrom(front, ec2.Port.tcp(80), 'from the front');
    template().resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    template().hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [Match.objectLike({ FromPort: 80, DestinationSecurityGroupId: stack.resolve(group.securityGroupId) })],
    });
  });
});

test('it is a grantee', () => {
  const { stack, workload, template } = workloadOf();
  new s3.Bucket(stack, 'Bucket').grants.read(workload);
  template().hasResourceProperties('AWS::IAM::Policy', {
    Roles: [stack.resolve(workload.taskDefinition.taskRole.roleName)],
    PolicyDocument: { Statement: [Match.objectLike({ Action: Match.arrayWith(['s3:GetObject*']) })] },
  });
});

test('the number of tasks can follow a metric', () => {
  const { workload, template } = workloadOf();
  workload.autoScaleTaskCount({ minCapacity: 1, maxCapacity: 4 }).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
  template().hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 1, MaxCapacity: 4 });
  template().resourceCountIs('AWS::ApplicationAutoScaling::ScalingPolicy', 1);
});

test('metrics are those of the service', () => {
  const { stack, workload } = workloadOf();
  const period = Duration.minutes(1);
  const metrics = [workload.metricCpuUtilization({ period }), workload.metricMemoryUtilization({ period }), workload.metricRunningTaskCount({ period })];
  expect(metrics.map(({ namespace, metricName }) => `${namespace} ${metricName}`))
    .toEqual(['AWS/ECS CPUUtilization', 'AWS/ECS MemoryUtilization', 'ECS/ContainerInsights RunningTaskCount']);
  metrics.forEach((metric) => {
    expect(metric.period).toEqual(period);
    expect(stack.resolve(metric.dimensions)).toEqual(stack.resolve({ ClusterName: workload.cluster.clusterName, ServiceName: workload.service.serviceName }));
  });
});

test('the command that opens a shell is there when the shell is', () => {
  expect(workloadOf().workload.executeCommand).toBeUndefined();
  expect(workloadOf({ enableExecuteCommand: true, containerName: 'web' }).workload.executeCommand)
    .toMatch(/^aws ecs execute-command --cluster .* --task <task-id> --container web --interactive --command \/bin\/sh$/);
});

test('Tokens pass the rules', () => {
  const token = Lazy.number({ produce: () => 512 });
  expect(() => workloadOf({ memoryLimitMiB: token, desiredCount: token, containerPort: token }).workload.addSidecar('s', { image: IMAGE, memoryLimitMiB: 1 })).not.toThrow();
});
