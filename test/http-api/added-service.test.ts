import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpServiceDiscoveryIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { apiOf, HEALTH_CHECK, SERVICE } from './fixtures';
import { ApiGatewayCloudMapFargateService } from '../../src';
import { IMAGE, regionStack } from '../support/fixtures';

const N = 5;

/** What is in a template of an API with `N` services and not in one with none. */
function added(addService: (stack: Stack, api: ReturnType<typeof apiOf>['api'], n: number) => void): { types: string[]; bytes: number } {
  const [none, some] = [0, N].map((services) => {
    const stack = regionStack();
    const { api } = apiOf({}, stack);
    for (let n = 0; n < services; n++) addService(stack, api, n);
    return Template.fromStack(stack).toJSON();
  });
  const types = Object.entries<any>(some.Resources).filter(([id]) => !(id in none.Resources)).map(([, resource]) => resource.Type).sort();
  return { types, bytes: (JSON.stringify(some).length - JSON.stringify(none).length) / N };
}

/** The same service as someone who knows the CDK writes it by hand. */
function byHand(stack: Stack, api: ReturnType<typeof apiOf>['api'], n: number): void {
  const id = `Service${n}`;
  const taskDefinition = new ecs.FargateTaskDefinition(stack, `${id}Task`, {
    cpu: 256,
    memoryLimitMiB: 512,
    runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.X86_64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
  });
  taskDefinition.addContainer('app', {
    image: IMAGE,
    portMappings: [{ containerPort: 80 }],
    memoryLimitMiB: 512,
    healthCheck: HEALTH_CHECK,
    readonlyRootFilesystem: false,
    linuxParameters: new ecs.LinuxParameters(stack, `${id}Linux`, { initProcessEnabled: true }),
    logging: ecs.LogDrivers.awsLogs({
      streamPrefix: 'app', logGroup: new logs.LogGroup(stack, `${id}Logs`, { retention: logs.RetentionDays.ONE_YEAR }), mode: ecs.AwsLogDriverMode.NON_BLOCKING,
    }),
  });
  const group = new ec2.SecurityGroup(stack, `${id}Group`, { vpc: api.vpc, allowAllOutbound: false, description: `Tasks of ${id}` });
  group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'HTTPS to anywhere');
  const service = new ecs.FargateService(stack, id, {
    cluster: api.cluster,
    taskDefinition,
    securityGroups: [group],
    desiredCount: 2,
    minHealthyPercent: 100,
    maxHealthyPercent: 150,
    circuitBreaker: { rollback: true },
    enableExecuteCommand: false,
    enableECSManagedTags: true,
    propagateTags: ecs.PropagatedTagSource.SERVICE,
  });
  const discovery = service.enableCloudMap({
    cloudMapNamespace: api.cloudMapNamespace, name: id.toLowerCase(), dnsRecordType: cloudmap.DnsRecordType.SRV, dnsTtl: Duration.seconds(10),
  });
  (discovery.node.defaultChild as cloudmap.CfnService).addPropertyOverride('DnsConfig.DnsRecords.1', { Type: 'A', TTL: 10 });
  group.connections.allowFrom(api.vpcLinkSecurityGroup, ec2.Port.tcp(80), 'VPC link');
  const integration = new HttpServiceDiscoveryIntegration('Integration', discovery, { vpcLink: api.vpcLink });
  for (const path of [`/s${n}`, `/s${n}/{proxy+}`]) {
    new apigwv2.HttpRoute(stack, `${id}${path}`, { httpApi: api.httpApi, routeKey: apigwv2.HttpRouteKey.with(path), integration });
  }
}

describe('a service that joins an API', () => {
  const ours = added((stack, api, n) => new ApiGatewayCloudMapFargateService(stack, `Service${n}`, { ...SERVICE, api, path: `/s${n}` }));
  const twin = added(byHand);

  test('adds the resources that a hand-written one adds, and no other', () => {
    expect(ours.types).toEqual(twin.types);
    expect(ours.types).toHaveLength(13 * N);
  });

  test('adds about as many bytes: longer ids and descriptions are all that is more', () => {
    expect(ours.bytes / twin.bytes).toBeLessThan(1.1);
    expect(ours.bytes / twin.bytes).toBeGreaterThan(0.9);
  });
});
