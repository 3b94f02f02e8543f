import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ECS_SERVICE, serviceOf } from './fixtures';
import { containerOf, only, regionStack } from '../support/fixtures';

describe('drainDelay', () => {
  test('a tiny container that depends on the app is stopped first and sleeps', () => {
    const { template } = serviceOf({ drainDelay: Duration.seconds(20) });
    const drain = containerOf(template(), 'drain');
    expect(drain).toMatchObject({
      Image: expect.stringMatching(/busybox:\d+\.\d+\.\d+$/),
      Essential: false,
      DependsOn: [{ ContainerName: 'app', Condition: 'START' }],
      StopTimeout: 30,
      Memory: 16,
      ReadonlyRootFilesystem: true,
      User: expect.not.stringMatching(/^0|root/),
    });
    expect(drain.Command[0]).toContain("trap 'sleep 20; exit 0' TERM");
    expect(containerOf(template()).Memory).toBe(512 - 16);
    expect(only(template(), ECS_SERVICE).ServiceRegistries[0].ContainerName).toBe('app');
  });

  test('drainImage', () => {
    const { template } = serviceOf({ drainDelay: Duration.seconds(20), drainImage: ecs.ContainerImage.fromRegistry('mirror.example.com/busybox') });
    expect(containerOf(template(), 'drain').Image).toBe('mirror.example.com/busybox');
  });
});

describe('rollback', () => {
  test('rollbackAlarms stop a deployment', () => {
    const stack = regionStack();
    const alarm = cloudwatch.Alarm.fromAlarmArn(stack, 'Alarm', 'arn:aws:cloudwatch:eu-central-1:111111111111:alarm:server-errors');
    const { template } = serviceOf({ rollbackAlarms: [alarm] }, {}, stack);
    expect(only(template(), ECS_SERVICE).DeploymentConfiguration.Alarms).toEqual({ AlarmNames: ['server-errors'], Enable: true, Rollback: true });
  });

  test('without rollbackAlarms no alarm stops a deployment', () => {
    expect(only(serviceOf().template(), ECS_SERVICE).DeploymentConfiguration.Alarms ?? { Enable: false }).toMatchObject({ Enable: false });
  });

  test.each([
    ['blue/green', (service: ecs.CfnService) => { service.deploymentConfiguration = { strategy: 'BLUE_GREEN' }; }, /`BLUE_GREEN` deployments need a load balancer/],
    ['linear', (service: ecs.CfnService) => { service.addPropertyOverride('DeploymentConfiguration.Strategy', 'LINEAR'); }, /`LINEAR` deployments need a load balancer/],
    ['an external controller', (service: ecs.CfnService) => { service.addPropertyOverride('DeploymentController', { Type: 'EXTERNAL' }); }, /`EXTERNAL` deployments/],
    ['CodeDeploy', (service: ecs.CfnService) => { service.deploymentController = { type: 'CODE_DEPLOY' }; }, /`CODE_DEPLOY` deployments need a load balancer/],
  ])('fails at synthesis when an override asks for %s', (_name, override, message) => {
    const { service, stack } = serviceOf();
    override(service.workload.service.node.findChild('Service') as ecs.CfnService);
    expect(() => Template.fromStack(stack)).toThrow(message);
  });
});

