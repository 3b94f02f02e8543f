import { Duration } from 'aws-cdk-lib';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { authorizerConflicts } from './authorizer-scope';
import { customDomainConflicts } from './custom-domain';
import { discoveryConflicts, namespaceConflicts } from './discovery';
import { DRAIN_CONTAINER } from './drain';
import { dnsLabelConflicts, dnsNameConflicts } from './names';
import { apiRegionConflicts } from './regions';
import { headerConflicts, stripPathConflicts } from './request-mapping';
import { isWithoutToken, mountedPaths, routeConflicts, scopeConflicts } from './route-rules';
import { routeAccess } from './service-routes';
import { throttleConflicts } from './stage';
import { vpcLinkConflicts } from './vpc-link';
import type { FargateWorkloadProps } from '../../fargate/fargate-workload-props';
import { roundingConflicts, WORKLOAD_DEFAULTS, workloadConflicts } from '../../fargate/private/workload-rules';
import { conflictIf, Conflicts, isKnown } from '../../private/prop-rules';
import type { ApiGatewayCloudMapFargateServiceProps } from '../api-gateway-cloud-map-fargate-service-props';
import type { CloudMapHttpApiAttributes } from '../cloud-map-http-api-attributes';
import type { CloudMapHttpApiProps } from '../cloud-map-http-api-props';

const API_NAME_LENGTH = 128;

const CORS_MAX_AGE_DAYS = 1;

export function httpApiConflicts(props: CloudMapHttpApiProps): Conflicts {
  const vpc = props.cluster?.vpc ?? props.network?._existingVpc;
  const { defaultAuthorizer = new authorizers.HttpIamAuthorizer(), defaultAuthorizationScopes = [] } = props;
  return [
    ...conflictIf(
      isKnown(props.apiName) && (props.apiName.length === 0 || props.apiName.length > API_NAME_LENGTH),
      `\`apiName\` must have 1 to ${API_NAME_LENGTH} characters, got ${props.apiName?.length}`,
    ),
    ...vpcLinkConflicts(props),
    ...namespaceConflicts(props.cloudMapNamespace, vpc),
    ...dnsNameConflicts('cloudMapNamespace', props.cloudMapNamespace?.namespaceName),
    ...throttleConflicts(props.throttle),
    ...customDomainConflicts(props),
    ...corsConflicts(props),
    ...scopeConflicts(defaultAuthorizer, defaultAuthorizationScopes),
    ...clusterConflicts(props),
    ...conflictIf(
      props.containerInsights !== undefined && props.cluster !== undefined,
      `\`containerInsights\` ${props.containerInsights} cannot change a \`cluster\` that exists; set it there`,
    ),
    ...conflictIf(
      props.enableExecuteCommand === true && props.cluster !== undefined,
      '`enableExecuteCommand` cannot change a `cluster` that exists; set its `executeCommandConfiguration` where it is made',
    ),
    ...conflictIf(
      props.accessLogGroup !== undefined && props.accessLogRetention !== undefined,
      `\`accessLogRetention\` ${days(props.accessLogRetention)} cannot change an \`accessLogGroup\` that exists; set the retention there`,
    ),
  ];
}

export function importedHttpApiConflicts(attrs: CloudMapHttpApiAttributes): Conflicts {
  return [
    ...namespaceConflicts(attrs.cloudMapNamespace, attrs.cluster.vpc),
    ...dnsNameConflicts('cloudMapNamespace', attrs.cloudMapNamespace.namespaceName),
    ...clusterConflicts(attrs),
    ...conflictIf(isKnown(attrs.url) && attrs.url.endsWith('/'), `\`url\` must not end with a slash, got '${attrs.url}'; paths are put behind it`),
    ...conflictIf(
      isKnown(attrs.stageName) && !/^(\$default|[\w-]{1,128})$/.test(attrs.stageName),
      `\`stageName\` must be $default, or letters, digits, hyphens and underscores, got '${attrs.stageName}'`,
    ),
  ];
}

/** Everything that is known to be wrong before the first child is made; `workload` is what the task is made of. */
export function serviceConflicts(
  scope: Construct, props: ApiGatewayCloudMapFargateServiceProps, path: string, discoveryName: string, workload: FargateWorkloadProps,
): Conflicts {
  const { api } = props;
  if (api && !api._shared) {
    return ['`api` is not one of this library; pass a CloudMapHttpApi, or import an API with CloudMapHttpApi.fromCloudMapHttpApiAttributes'];
  }
  const access = routeAccess(api ?? { defaultAuthorizer: new authorizers.HttpIamAuthorizer(), defaultAuthorizationScopes: [] }, props);
  return [
    ...apiRegionConflicts(scope, api),
    ...routeConflicts(scope, api, mountedPaths(path), props),
    ...(api?._shared.routes.integrationConflicts(props.stripPath ? mountedPaths(path).length : 1) ?? []),
    ...stripPathConflicts(path, props.stripPath ?? false),
    ...authorizerConflicts(scope, api, access.authorizer),
    ...scopeConflicts(access.authorizer, access.authorizationScopes),
    ...headerConflicts(props),
    ...conflictIf(
      props.claimHeaders !== undefined && isWithoutToken(access.authorizer),
      `\`claimHeaders\` need a JWT authorizer, which verifies claims, got ${access.authorizer.constructor.name}; set \`authorizer\`, or leave the headers out`,
    ),
    ...dnsLabelConflicts('discoveryName', discoveryName),
    ...discoveryConflicts(api?.cloudMapNamespace, discoveryName),
    ...timeConflicts(props),
    ...conflictIf(
      props.drainImage !== undefined && props.drainDelay === undefined,
      '`drainImage` does nothing without `drainDelay`; set the time to wait',
    ),
    ...conflictIf(
      props.drainDelay !== undefined && props.drainImage === undefined && (api?._shared.placement.isolated ?? false),
      '`drainDelay` takes its image from a public registry, which tasks in an isolated network do not reach; pass `drainImage` with a copy in ECR',
    ),
    ...conflictIf(
      props.drainDelay !== undefined && props.containerName === DRAIN_CONTAINER,
      `\`containerName\` ${DRAIN_CONTAINER} is that of the container which \`drainDelay\` adds; choose another`,
    ),
    ...conflictIf(
      props.drainDelay?.isUnresolved() ?? false,
      '`drainDelay` must be known at synthesis, got a Token; it becomes part of a command',
    ),
    ...conflictIf(
      props.createDashboard === true && api !== undefined,
      '`createDashboard` makes the dashboard of a new API, and `api` is given; set it there, its dashboard shows all services',
    ),
    ...conflictIf(
      props.alarmActions !== undefined && props.desiredCount === 0,
      '`desiredCount` 0 sets off the alarm for no running task; leave out `alarmActions` until there is a task',
    ),
    ...workloadConflicts(workload),
  ];
}

function timeConflicts(props: ApiGatewayCloudMapFargateServiceProps): Conflicts {
  return [
    ...tokenUnitConflicts('integrationTimeout', props.integrationTimeout, 'millis'),
    ...tokenUnitConflicts('dnsTtl', props.dnsTtl, 'seconds'),
    ...durationConflicts('integrationTimeout', props.integrationTimeout, Duration.millis(50), Duration.seconds(30), 'an HTTP API waits no longer'),
    ...durationConflicts('drainDelay', props.drainDelay, Duration.seconds(1), Duration.seconds(110), 'Fargate stops a task after two minutes'),
    ...durationConflicts('dnsTtl', props.dnsTtl, Duration.seconds(0), Duration.days(1), 'clients would call tasks that are gone'),
  ];
}

/** A duration that is known at deployment only cannot be converted: it has to be in the unit of the resource. */
function tokenUnitConflicts(prop: string, value: Duration | undefined, unit: string): Conflicts {
  return conflictIf(
    value !== undefined && value.isUnresolved() && value.unitLabel() !== unit,
    `\`${prop}\` is a Token in ${value?.unitLabel()}, which cannot be converted; pass Duration.${unit}(...)`,
  );
}

function durationConflicts(prop: string, value: Duration | undefined, min: Duration, max: Duration, why: string): Conflicts {
  if (value === undefined || value.isUnresolved()) return [];
  const millis = value.toMilliseconds();
  return conflictIf(
    millis < min.toMilliseconds() || millis > max.toMilliseconds(),
    `\`${prop}\` must be from ${min.toHumanString()} to ${max.toHumanString()}, got ${value.toHumanString()}; ${why}`,
  );
}

/** A deployment of the fewest tasks that scaling may leave, which may never begin. */
export function minCapacityConflicts(workload: FargateWorkloadProps, minCapacity: number | undefined): Conflicts {
  return roundingConflicts({ ...workload, desiredCount: minCapacity }, 'raise `minCapacity`');
}

function corsConflicts({ corsPreflight: cors }: CloudMapHttpApiProps): Conflicts {
  return [
    ...conflictIf(
      (cors?.allowCredentials ?? false) && (cors?.allowOrigins?.includes('*') ?? false),
      '`corsPreflight` allows credentials to every origin (*), which browsers refuse; list the origins',
    ),
    ...durationConflicts('corsPreflight.maxAge', cors?.maxAge, Duration.seconds(0), Duration.days(CORS_MAX_AGE_DAYS), 'browsers keep the answer no longer'),
  ];
}

function clusterConflicts({ cluster, network }: Pick<CloudMapHttpApiProps, 'cluster' | 'network'>): Conflicts {
  return conflictIf(
    cluster !== undefined && network !== undefined && network._existingVpc?.vpcId !== cluster.vpc.vpcId,
    '`network` is not in the VPC of `cluster`; leave it out, or take it from there: ServiceNetwork.fromVpc(cluster.vpc)',
  );
}

function days(retention?: logs.RetentionDays): string {
  return `${retention} days`;
}

export const SERVICE_DEFAULTS = { ...WORKLOAD_DEFAULTS, desiredCount: 2, maxHealthyPercent: 150 } as const;
