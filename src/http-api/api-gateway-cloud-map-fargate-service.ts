import { Annotations, Duration } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import type { ApiGatewayCloudMapFargateServiceProps } from './api-gateway-cloud-map-fargate-service-props';
import { CloudMapHttpApi } from './cloud-map-http-api';
import type { ICloudMapHttpApi } from './i-cloud-map-http-api';
import { serviceAlarms } from './private/alarms';
import { authorizerConflicts } from './private/authorizer-scope';
import { discoveryService, DNS_TTL_SECONDS } from './private/discovery';
import { labelOf } from './private/names';
import { headerConflicts } from './private/request-mapping';
import { detailedMetricsConflicts, requestScalingConflicts, requestsPerTask, scaleOnRequests, sumOverRoutes, taskCountConflicts } from './private/requests';
import { CATCH_ALL, routeConflicts, scopeConflicts } from './private/route-rules';
import type { MountedRoute } from './private/route-table';
import { minCapacityConflicts, serviceConflicts } from './private/rules';
import { allowCalls } from './private/service-calls';
import { grantRoutes, routeAccess, ServiceRoutes } from './private/service-routes';
import { connectLink } from './private/vpc-link';
import { configureTasks, newApiProps, serviceWorkloadProps } from './private/workload';
import type { RequestScalingOptions } from './request-scaling-options';
import type { ServiceRouteOptions } from './service-route-options';
import { FargateWorkload } from '../fargate/fargate-workload';
import type { FargateWorkloadProps } from '../fargate/fargate-workload-props';
import type { ServiceAlarms } from '../fargate/service-alarms';
import { ServiceNetwork } from '../fargate/service-network';
import { throwOnConflicts } from '../private/prop-rules';

/**
 * A Fargate service behind an HTTP API, through a VPC link and Cloud Map and without a load balancer.
 *
 * Closed by default: callers sign their requests with IAM unless an authorizer says otherwise.
 *
 * @example
 * import { ApiGatewayCloudMapFargateService, HttpHealthCheck } from 'cdk-fargate-blueprints';
 *
 * const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29');
 * const healthCheck = HttpHealthCheck.curl('/');
 * const users = new ApiGatewayCloudMapFargateService(this, 'Users', { path: '/users', image, healthCheck });
 * new ApiGatewayCloudMapFargateService(this, 'Orders', { api: users.api, path: '/orders', image, healthCheck });
 */
export class ApiGatewayCloudMapFargateService extends Construct implements ec2.IConnectable, iam.IGrantable {
  /** The API: the given one, or a new one. Pass it to the next service. */
  public readonly api: ICloudMapHttpApi;

  /** The Fargate service with its task, container, logs, roles and security group. */
  public readonly workload: FargateWorkload;

  /** The entry of the service in the namespace. */
  public readonly cloudMapService: cloudmap.Service;

  /** The integration that the routes of the service share. */
  public readonly integration: apigwv2.HttpIntegration;

  /** The alarms of the service; undefined without `alarmActions`. */
  public readonly alarms?: ServiceAlarms;

  /** URL that clients call. */
  public readonly url: string;

  /** URL that other services in the VPC call, after `allowFromService`. */
  public readonly discoveryUrl: string;

  /** Network connections of the tasks. */
  public readonly connections: ec2.Connections;

  /** The task role, which grants go to. */
  public readonly grantPrincipal: iam.IPrincipal;

  private readonly routes: ServiceRoutes;
  private readonly workloadProps: FargateWorkloadProps;
  private scaling?: ecs.ScalableTaskCount;
  private readonly props: ApiGatewayCloudMapFargateServiceProps;

  /**
   * @throws when props exclude each other or have values that API Gateway, Cloud Map or Fargate refuse
   */
  constructor(scope: Construct, id: string, props: ApiGatewayCloudMapFargateServiceProps) {
    super(scope, id);
    const path = props.path ?? '/';
    const discoveryName = props.discoveryName ?? labelOf(id);
    this.props = props;
    this.workloadProps = serviceWorkloadProps(props);
    throwOnConflicts(this, serviceConflicts(this, props, path, discoveryName, this.workloadProps));

    this.api = props.api ?? new CloudMapHttpApi(this, 'Api', newApiProps(props));
    const { cluster, cloudMapNamespace, _shared: shared } = this.api;
    this.workload = new FargateWorkload(this, 'Workload', { ...this.workloadProps, cluster, network: ServiceNetwork._placed(shared.placement) });
    this.connections = this.workload.connections;
    this.grantPrincipal = this.workload.grantPrincipal;
    configureTasks(this.workload, props);

    this.cloudMapService = discoveryService(this, cloudMapNamespace, discoveryName, props.dnsTtl ?? Duration.seconds(DNS_TTL_SECONDS));
    this.workload.service.associateCloudMapService({ service: this.cloudMapService });
    connectLink(this, this.api, this.workload, this.workload.container.containerPort);

    this.routes = new ServiceRoutes(this, this.api, this.cloudMapService.serviceArn, { ...props, path });
    this.routes.mountService();
    this.integration = this.routes.first;

    this.alarms = props.alarmActions && serviceAlarms(this, this.api, this.workload, props.alarmActions);
    const scheme = props.secureServerName ? 'https' : 'http';
    this.url = `${this.api.url}${path === CATCH_ALL ? '/' : path.replace(/\/\{[^}]*\+\}$/, '/')}`;
    this.discoveryUrl = `${scheme}://${discoveryName}.${cloudMapNamespace.namespaceName}:${this.workload.container.containerPort}`;
    this.warnWithoutHealthCheck();
  }

  /**
   * Adds routes to the service: other paths, or paths under its own with other methods, callers or limits.
   *
   * Routes that treat a request alike share one integration; a `parameterMapping` of their own costs one more.
   *
   * @throws when a route is taken already, or has a value that API Gateway refuses
   */
  public addRoutes(options: ServiceRouteOptions): apigwv2.HttpRoute[] {
    const { authorizer, authorizationScopes } = routeAccess(this.api, this.props, options);
    throwOnConflicts(this,
      routeConflicts(this, this.api, [options.path], options),
      authorizerConflicts(this, this.api, authorizer),
      scopeConflicts(authorizer, authorizationScopes),
      headerConflicts({ ...this.props, parameterMapping: options.parameterMapping }),
    );
    return this.routes.mount(options);
  }

  /**
   * Lets someone call this service by signed requests: routes that IAM guards, all of them or those of a path.
   *
   * Permissions name paths: the one for a service at `/` or `$default` holds for every path of the API, also for those of other services.
   *
   * @throws when the path has no route, or no route that looks at signatures
   */
  public grantInvoke(grantee: iam.IGrantable, path?: string): iam.Grant {
    return grantRoutes(this, this.mounted, grantee, path);
  }

  /**
   * Lets another service call this one by `discoveryUrl`, past the API and its authorizer. Security groups that were given stay as they are.
   *
   * Two services that call each other have to be in one stack, or one of them in the stack of the API.
   */
  public allowFromService(other: ApiGatewayCloudMapFargateService): void {
    allowCalls(this, other);
  }

  /**
   * Adds a plain environment variable to the main container.
   */
  public addEnvironment(name: string, value: string): void {
    this.workload.addEnvironment(name, value);
  }

  /**
   * Adds an environment variable to the main container whose value is read from a secret when a task starts.
   */
  public addSecret(name: string, secret: ecs.Secret): void {
    this.workload.addSecret(name, secret);
  }

  /**
   * Adds a container to the task, see `FargateWorkload.addSidecar`.
   */
  public addSidecar(id: string, options: ecs.ContainerDefinitionOptions): ecs.ContainerDefinition {
    return this.workload.addSidecar(id, options);
  }

  /**
   * Lets the number of tasks follow metrics, see the methods of the result, and `scaleOnRequestsPerTask`.
   *
   * @default - at least the desired number of tasks
   * @throws when the smallest number of tasks could not be replaced in a deployment
   */
  public autoScaleTaskCount(props: appscaling.EnableScalingProps): ecs.ScalableTaskCount {
    const minCapacity = props.minCapacity ?? this.workloadProps.desiredCount;
    throwOnConflicts(this, minCapacityConflicts(this.workloadProps, minCapacity));
    this.scaling = this.workload.autoScaleTaskCount({ ...props, minCapacity });
    return this.scaling;
  }

  /**
   * Keeps the requests of a task near a number, within the bounds of `autoScaleTaskCount`, by the API's own metrics.
   *
   * Counts the routes that the service has by now. Needs `detailedMetricsEnabled` of the API, and Container Insights in the cluster.
   *
   * @throws when the API has no metrics per route, there is nothing to scale, or it was called before
   */
  public scaleOnRequestsPerTask(options: RequestScalingOptions): void {
    throwOnConflicts(this, requestScalingConflicts(this, this.api, this.mounted, this.scaling, options));
    scaleOnRequests(this, this.api, this.mounted, this.workload, this.scaling!, options);
  }

  /**
   * Requests that the routes of the service got. Needs `detailedMetricsEnabled` of the API.
   *
   * @default - over 5 minutes
   */
  public metricRequests(props?: cloudwatch.MetricOptions): cloudwatch.MathExpression {
    throwOnConflicts(this, detailedMetricsConflicts(this.api, 'metricRequests'));
    return sumOverRoutes(this.api, this.mounted, 'Count', 'SampleCount', props);
  }

  /**
   * Requests to the service that were answered with a status of 5xx. Needs `detailedMetricsEnabled` of the API.
   *
   * @default - over 5 minutes
   */
  public metricServerErrors(props?: cloudwatch.MetricOptions): cloudwatch.MathExpression {
    throwOnConflicts(this, detailedMetricsConflicts(this.api, 'metricServerErrors'));
    return sumOverRoutes(this.api, this.mounted, '5xx', 'Sum', props);
  }

  /**
   * Requests that each running task got. Needs `detailedMetricsEnabled` of the API, and Container Insights in the cluster.
   *
   * @default - over 5 minutes
   */
  public metricRequestsPerTask(props?: cloudwatch.MetricOptions): cloudwatch.MathExpression {
    throwOnConflicts(this, detailedMetricsConflicts(this.api, 'metricRequestsPerTask'), taskCountConflicts(this.api, 'metricRequestsPerTask'));
    return requestsPerTask(this.api, this.mounted, this.workload, props);
  }

  private get mounted(): MountedRoute[] {
    return this.api._shared.routes.of(this);
  }

  private warnWithoutHealthCheck(): void {
    if (this.props.healthCheck) return;
    Annotations.of(this).addWarningV2(
      'cdk-fargate-blueprints:serviceWithoutHealthCheck',
      '`healthCheck` is not set, so a task gets requests as soon as it runs; '
      + `pass a check that fits the image, such as HttpHealthCheck.curl('/', { port: ${this.workload.container.containerPort} })`,
    );
  }
}
