import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { network } from './twin-network';

/** What someone who knows the CDK writes by hand for the same system. */
export function build(app: App): void {
  const stack = new Stack(app, 'Hello', { env: { region: 'eu-central-1' } });
  const vpc = network(stack);
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENABLED, enableFargateCapacityProviders: true });
  const namespace = new cloudmap.PrivateDnsNamespace(stack, 'Namespace', { name: 'hello.internal', vpc });
  (namespace.node.defaultChild as cloudmap.CfnPrivateDnsNamespace).properties = { dnsProperties: { soa: { ttl: 15 } } };
  const service = fargateService(stack, cluster, namespace);

  const linkGroup = new ec2.SecurityGroup(stack, 'VpcLinkSecurityGroup', { vpc, allowAllOutbound: false });
  const vpcLink = new apigwv2.VpcLink(stack, 'VpcLink', { vpc, subnets: { subnetType: ec2.SubnetType.PUBLIC }, securityGroups: [linkGroup] });
  service.connections.allowFrom(linkGroup, ec2.Port.tcp(80));
  const api = httpApi(stack);
  const integration = new integrations.HttpServiceDiscoveryIntegration('Integration', service.cloudMapService!, { vpcLink });
  for (const path of ['/', '/{proxy+}']) {
    api.addRoutes({ path, integration, authorizer: new authorizers.HttpIamAuthorizer() });
  }
}

function fargateService(stack: Stack, cluster: ecs.Cluster, cloudMapNamespace: cloudmap.PrivateDnsNamespace): ecs.FargateService {
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'TaskDefinition', {
    cpu: 256,
    memoryLimitMiB: 512,
    runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.X86_64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
  });
  taskDefinition.addContainer('app', {
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/httpd:2.4'),
    portMappings: [{ containerPort: 80 }],
    memoryLimitMiB: 512,
    readonlyRootFilesystem: false,
    linuxParameters: new ecs.LinuxParameters(stack, 'LinuxParameters', { initProcessEnabled: true }),
    healthCheck: {
      command: ['CMD', 'bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/80 && printf \'GET / HTTP/1.0\\r\\n\\r\\n\' >&3 && read -r _ status _ <&3 && [[ $status == [23]* ]]'],
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      startPeriod: Duration.seconds(15),
      retries: 3,
    },
    logging: ecs.LogDrivers.awsLogs({
      streamPrefix: 'app', logGroup: new logs.LogGroup(stack, 'LogGroup', { retention: logs.RetentionDays.ONE_YEAR }), mode: ecs.AwsLogDriverMode.NON_BLOCKING,
    }),
  });
  const securityGroup = new ec2.SecurityGroup(stack, 'SecurityGroup', { vpc: cluster.vpc, allowAllOutbound: false });
  securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443));
  const service = new ecs.FargateService(stack, 'Service', {
    cluster,
    taskDefinition,
    securityGroups: [securityGroup],
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    assignPublicIp: true,
    desiredCount: 2,
    minHealthyPercent: 100,
    maxHealthyPercent: 150,
    circuitBreaker: { rollback: true },
    enableExecuteCommand: false,
    propagateTags: ecs.PropagatedTagSource.SERVICE,
    enableECSManagedTags: true,
    cloudMapOptions: { name: 'service', cloudMapNamespace, dnsRecordType: cloudmap.DnsRecordType.SRV, dnsTtl: Duration.seconds(10), containerPort: 80 },
  });
  (service.cloudMapService!.node.defaultChild as cloudmap.CfnService).addPropertyOverride('DnsConfig.DnsRecords.1', { Type: 'A', TTL: 10 });
  return service;
}

function httpApi(stack: Stack): apigwv2.HttpApi {
  const api = new apigwv2.HttpApi(stack, 'HttpApi', { createDefaultStage: false, ipAddressType: apigwv2.IpAddressType.DUAL_STACK });
  const accessLog = new logs.LogGroup(stack, 'AccessLog', { logGroupName: '/aws/vendedlogs/hello', retention: logs.RetentionDays.ONE_YEAR });
  const fields = {
    requestId: '$context.requestId',
    ip: '$context.identity.sourceIp',
    requestTime: '$context.requestTime',
    httpMethod: '$context.httpMethod',
    routeKey: '$context.routeKey',
    path: '$context.path',
    status: '$context.status',
    protocol: '$context.protocol',
    responseLength: '$context.responseLength',
    errMsg: '$context.integrationErrorMessage',
    integrationStatus: '$context.integrationStatus',
    integrationLatency: '$context.integrationLatency',
    responseLatency: '$context.responseLatency',
    errorType: '$context.error.responseType',
    authorizerError: '$context.authorizer.error',
    userAgent: '$context.identity.userAgent',
  };
  new apigwv2.HttpStage(stack, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: 1000, burstLimit: 500 },
    accessLogSettings: { destination: new apigwv2.LogGroupLogDestination(accessLog), format: apigateway.AccessLogFormat.custom(JSON.stringify(fields)) },
  });
  return api;
}
