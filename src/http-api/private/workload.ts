import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { addDrainContainer } from './drain';
import { SERVICE_DEFAULTS } from './rules';
import type { FargateWorkload } from '../../fargate/fargate-workload';
import type { FargateWorkloadProps } from '../../fargate/fargate-workload-props';
import { isKnown } from '../../private/prop-rules';
import type { ApiGatewayCloudMapFargateServiceProps } from '../api-gateway-cloud-map-fargate-service-props';
import type { CloudMapHttpApiProps } from '../cloud-map-http-api-props';

/** The workload of a service, without its place, which the API knows. */
export function serviceWorkloadProps(props: ApiGatewayCloudMapFargateServiceProps): FargateWorkloadProps {
  const desiredCount = props.desiredCount ?? SERVICE_DEFAULTS.desiredCount;
  const single = isKnown(desiredCount) && desiredCount < 2;
  return {
    ...props,
    encryptionKey: props.encryptionKey ?? props.api?._shared?.encryptionKey,
    desiredCount,
    minHealthyPercent: props.minHealthyPercent ?? SERVICE_DEFAULTS.minHealthyPercent,
    maxHealthyPercent: props.maxHealthyPercent ?? (single ? 2 * SERVICE_DEFAULTS.minHealthyPercent : SERVICE_DEFAULTS.maxHealthyPercent),
  };
}

/** What a service hands on to the API that it makes for itself. */
export function newApiProps(props: ApiGatewayCloudMapFargateServiceProps): CloudMapHttpApiProps {
  const { encryptionKey, alarmActions, createDashboard, enableExecuteCommand, removalPolicy, logRetention } = props;
  return { encryptionKey, alarmActions, createDashboard, enableExecuteCommand, removalPolicy, accessLogRetention: logRetention };
}

/** What is added to the tasks of a plain workload. */
export function configureTasks(workload: FargateWorkload, props: ApiGatewayCloudMapFargateServiceProps): void {
  workload.node.addValidation({ validate: () => deploymentConflicts(workload.service) });
  addDrainContainer(workload, props);
  if (props.metricNamespace !== undefined) allowMetrics(workload, props.metricNamespace);
  if (props.rollbackAlarms !== undefined && props.rollbackAlarms.length > 0) {
    workload.service.enableDeploymentAlarms(props.rollbackAlarms.map((alarm) => alarm.alarmName));
  }
}

/** The action knows no resource; the namespace is what it can be narrowed to. */
function allowMetrics(workload: FargateWorkload, namespace: string): void {
  iam.Grant.addToPrincipal({
    grantee: workload,
    actions: ['cloudwatch:PutMetricData'],
    resourceArns: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': namespace } },
  });
  workload._reach(ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING);
}

interface RawOverrides {
  readonly Properties?: { readonly DeploymentConfiguration?: { readonly Strategy?: string }; readonly DeploymentController?: { readonly Type?: string } };
}

/** Deployments that shift traffic, which only an override can ask for. */
function deploymentConflicts(service: ecs.FargateService): string[] {
  const resource = service.node.findChild('Service') as ecs.CfnService;
  const { strategy } = (Stack.of(service).resolve(resource.deploymentConfiguration) ?? {}) as ecs.CfnService.DeploymentConfigurationProperty;
  const { type } = (Stack.of(service).resolve(resource.deploymentController) ?? {}) as ecs.CfnService.DeploymentControllerProperty;
  // what addPropertyOverride wrote is put over the properties later
  const { rawOverrides } = resource as unknown as { rawOverrides?: RawOverrides };
  const { DeploymentConfiguration, DeploymentController } = rawOverrides?.Properties ?? {};
  const refused = [DeploymentConfiguration?.Strategy ?? strategy, DeploymentController?.Type ?? type]
    .find((setting) => setting !== undefined && setting !== 'ROLLING' && setting !== 'ECS');
  return refused
    ? [`\`${refused}\` deployments need a load balancer or Service Connect and do not work with a service registry, which this API finds its tasks by; `
      + 'keep rolling deployments, and pass `rollbackAlarms` to undo a bad one']
    : [];
}
