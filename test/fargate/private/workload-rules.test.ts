import { Duration, Lazy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { FargateWorkload, FargateWorkloadProps, ServiceNetwork } from '../../../src';
import { workloadConflicts } from '../../../src/fargate/private/workload-rules';
import { existingVpc, IMAGE, regionStack } from '../../support/fixtures';

const TOKEN = Lazy.string({ produce: () => 'later' });

const rules = (props: Partial<FargateWorkloadProps>) => workloadConflicts({ image: IMAGE, ...props });

test.each<[string, Partial<FargateWorkloadProps>]>([
  ['nothing else', {}],
  ['bounds', { containerPort: 65535, ephemeralStorageGiB: 200, desiredCount: 0, stopTimeout: Duration.seconds(120), minHealthyPercent: 100, maxHealthyPercent: 101 }],
  ['one task replaced with a gap', { minHealthyPercent: 0, maxHealthyPercent: 100 }],
  ['the same port for another protocol', { additionalPortMappings: [{ containerPort: 80, protocol: ecs.Protocol.UDP }] }],
  ['a host port that equals its container port', { additionalPortMappings: [{ containerPort: 81, hostPort: 81 }] }],
  ['Fargate log drivers', { logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }) }],
  ['a shell beside a read-only root with room for its agent', {
    enableExecuteCommand: true, readonlyRootFilesystem: true, scratchPaths: ['/tmp', '/var/lib/amazon', '/var/log/amazon'],
  }],
  ['Spot with a base of Fargate', { capacityProviderStrategies: [{ capacityProvider: 'FARGATE', base: 1 }, { capacityProvider: 'FARGATE_SPOT', weight: 1 }] }],
  ['names that are Tokens', { containerName: TOKEN, scratchPaths: [TOKEN], capacityProviderStrategies: [{ capacityProvider: TOKEN }] }],
  ['Tokens', { stopTimeout: Duration.seconds(Lazy.number({ produce: () => 999 })) }],
])('passes with %s', (_name, props) => {
  expect(rules(props)).toEqual([]);
});

test.each<[string, Partial<FargateWorkloadProps>, RegExp]>([
  ['a pair that Fargate refuses', { cpu: 1024 }, /^`memoryLimitMiB` must fit `cpu` 1024: .* got 512$/],
  ['port 0', { containerPort: 0 }, /^`containerPort` must be a whole number from 1 to 65535, got 0$/],
  ['too little scratch space', { ephemeralStorageGiB: 20 }, /^`ephemeralStorageGiB` .* from 21 to 200 GiB, got 20$/],
  ['a negative count', { desiredCount: -1 }, /^`desiredCount` .* got -1$/],
  ['a minimum over 100', { minHealthyPercent: 150 }, /^`minHealthyPercent` .* got 150$/],
  ['a maximum under 100', { minHealthyPercent: 0, maxHealthyPercent: 50 }, /^`maxHealthyPercent` .* got 50$/],
  ['no room to replace a task', { maxHealthyPercent: 100 }, /^`minHealthyPercent` 100 and `maxHealthyPercent` 100 leave no room/],
  ['a maximum that rounds down to nothing', { maxHealthyPercent: 150 }, /^`maxHealthyPercent` 150 of 1 tasks, rounded down, leaves no room .* raise it to 200, or run more tasks$/],
  ['a long stop', { stopTimeout: Duration.minutes(3) }, /^`stopTimeout` must be at most 120 seconds on Fargate, got 3 minutes$/],
  ['a name twice', { environment: { A: '' }, secrets: { A: ecs.Secret.fromSecretsManager({} as never) } }, /^`environment` and `secrets` both set A/],
  ['a port twice', { additionalPortMappings: [{ containerPort: 80 }] }, /^`additionalPortMappings` names port 80\/tcp a second time/],
  ['another host port', { additionalPortMappings: [{ containerPort: 81, hostPort: 8081 }] }, /maps container port 81 to host port 8081; .* leave out `hostPort`$/],
  ['another port that is none', { additionalPortMappings: [{ containerPort: 70000 }] }, /^`additionalPortMappings.containerPort` .* got 70000$/],
  ['a name with a space', { containerName: 'my app' }, /^`containerName` must be up to 255 letters, .* got 'my app'$/],
  ['a relative scratch path', { scratchPaths: ['tmp'] }, /^`scratchPaths` must be absolute, got 'tmp'; start it with a slash$/],
  ['a scratch path twice', { scratchPaths: ['/tmp', '/tmp'] }, /^`scratchPaths` names \/tmp a second time/],
  ['a shell in a read-only root', { enableExecuteCommand: true, readonlyRootFilesystem: true, scratchPaths: ['/tmp'] }, /^`enableExecuteCommand` takes a root .* add \/var\/lib\/amazon/],
  ['no security group', { securityGroups: [] }, /^`securityGroups` must name 1 to 5 groups, got 0; leave it out for a new group$/],
  ['no capacity', { capacityProviderStrategies: [] }, /^`capacityProviderStrategies` is empty; leave it out for FARGATE$/],
  ['capacity of EC2', { capacityProviderStrategies: [{ capacityProvider: 'asg' }] }, /^`capacityProviderStrategies` must name FARGATE or FARGATE_SPOT, got 'asg'$/],
  ['a log driver of EC2', { logging: ecs.LogDrivers.gelf({ address: 'udp://127.0.0.1:1' }) }, /^`logging` must be awslogs, splunk or awsfirelens on Fargate, got GelfLogDriver; /],
])('fails for %s', (_name, props, message) => {
  expect(rules(props)).toEqual([expect.stringMatching(message)]);
});

test.each([
  ['a new network', () => ServiceNetwork.publicTasks()],
  ['another VPC', () => ServiceNetwork.fromVpc(new ec2.Vpc(regionStack('Other'), 'Vpc'))],
])('fails for a cluster with %s', (_name, network) => {
  const stack = regionStack();
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: existingVpc(stack) });
  expect(rules({ cluster, network: network() })).toEqual(['`network` is not in the VPC of `cluster`; leave it out, or take it from there: ServiceNetwork.fromVpc(cluster.vpc)']);
});

test('fails before anything is made, with every conflict', () => {
  const stack = regionStack();
  expect(() => new FargateWorkload(stack, 'Workload', { image: IMAGE, cpu: 1, containerPort: -1 })).toThrow(/^FargateWorkload 'Stack\/Workload' has 2 conflicts:\n- `cpu`.*\n- `containerPort`/);
  expect(stack.node.findChild('Workload').node.children).toEqual([]);
});
