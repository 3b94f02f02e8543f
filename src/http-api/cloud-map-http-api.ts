import { Names } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import type { CloudMapHttpApiAttributes } from './cloud-map-http-api-attributes';
import type { CloudMapHttpApiProps } from './cloud-map-http-api-props';
import type { ICloudMapHttpApi } from './i-cloud-map-http-api';
import { apiAlarms } from './private/alarms';
import { closesDefaultEndpoint, customDomain } from './private/custom-domain';
import { apiDashboard } from './private/dashboard';
import { privateNamespace } from './private/discovery';
import { importHttpApi } from './private/imported-http-api';
import { openApiDocument } from './private/open-api';
import { certificateRegionConflicts } from './private/regions';
import { RouteTable } from './private/route-table';
import { httpApiConflicts } from './private/rules';
import type { SharedParts } from './private/shared-parts';
import { shellSessions } from './private/shell-sessions';
import { defaultStage } from './private/stage';
import { isLinkGroup, vpcLink } from './private/vpc-link';
import { fargateCluster, workloadNetwork } from '../fargate/private/workload-parts';
import { serviceLogGroup } from '../private/log-group';
import { throwOnConflicts } from '../private/prop-rules';

/**
 * An HTTP API with all that its services share: stage, access log, VPC link, namespace and cluster.
 *
 * @example
 * import { ApiGatewayCloudMapFargateService, CloudMapHttpApi, HttpHealthCheck } from 'cdk-fargate-blueprints';
 * import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
 *
 * const api = new CloudMapHttpApi(this, 'Api', {
 *   defaultAuthorizer: new HttpJwtAuthorizer('Jwt', 'https://issuer.example.com', { jwtAudience: ['shop'] }),
 * });
 * for (const name of ['Users', 'Orders']) {
 *   new ApiGatewayCloudMapFargateService(this, name, {
 *     api,
 *     path: `/${name.toLowerCase()}`,
 *     image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29'),
 *     healthCheck: HttpHealthCheck.curl('/'),
 *   });
 * }
 */
export class CloudMapHttpApi extends Construct implements ICloudMapHttpApi {
  /**
   * An API of another app, or one that was not made by this library.
   *
   * An API of another stack of the same app needs no import: pass the construct itself.
   */
  public static fromCloudMapHttpApiAttributes(scope: Construct, id: string, attrs: CloudMapHttpApiAttributes): ICloudMapHttpApi {
    return importHttpApi(scope, id, attrs);
  }

  /** The HTTP API. */
  public readonly httpApi: apigwv2.IHttpApi;

  /** The stage `$default`, which deploys each change by itself. */
  public readonly stage: apigwv2.HttpStage;

  /** The way from API Gateway into the VPC. */
  public readonly vpcLink: apigwv2.IVpcLink;

  /** The security group of the VPC link. */
  public readonly vpcLinkSecurityGroup: ec2.ISecurityGroup;

  /** The namespace that services are found in. */
  public readonly cloudMapNamespace: cloudmap.INamespace;

  /** The cluster that services run in. */
  public readonly cluster: ecs.ICluster;

  /** The VPC that services run in. */
  public readonly vpc: ec2.IVpc;

  /** URL that clients call, without a slash at the end. */
  public readonly url: string;

  /** The log group of the access log. */
  public readonly accessLogGroup: logs.ILogGroup;

  /** The domain that the API is mapped to; undefined when it has only its own endpoint. */
  public readonly domain?: apigwv2.IDomainName;

  /** The alarms of the API; none without `alarmActions`. */
  public readonly alarms: cloudwatch.Alarm[];

  /** The dashboard; undefined without `createDashboard`. */
  public readonly dashboard?: cloudwatch.Dashboard;

  /** Who may call routes that name no authorizer. */
  public readonly defaultAuthorizer: apigwv2.IHttpRouteAuthorizer;

  /** Scopes, one of which a token must have on routes that take the default authorizer. */
  public readonly defaultAuthorizationScopes: string[];

  /**
   * @internal
   */
  public readonly _shared: SharedParts;

  /**
   * @throws when props exclude each other or have values that API Gateway or Cloud Map refuse
   */
  constructor(scope: Construct, id: string, props?: CloudMapHttpApiProps) {
    super(scope, id);
    props ??= {};
    throwOnConflicts(this, httpApiConflicts(props), certificateRegionConflicts(this, props.certificate));
    this.defaultAuthorizer = props.defaultAuthorizer ?? new authorizers.HttpIamAuthorizer();
    this.defaultAuthorizationScopes = props.defaultAuthorizationScopes ?? [];

    const placement = workloadNetwork(props)._bind(this, { ...props, logRetention: props.accessLogRetention });
    this.vpc = placement.vpc;
    this.cluster = fargateCluster(this, placement, props, shellSessions(this, props));
    this.cloudMapNamespace = props.cloudMapNamespace ?? privateNamespace(this, placement.vpc);
    const link = vpcLink(this, placement, props);
    this.vpcLink = link.vpcLink;
    this.vpcLinkSecurityGroup = link.securityGroup;

    this.httpApi = this.createHttpApi(props);
    this.accessLogGroup = props.accessLogGroup ?? serviceLogGroup(this, 'AccessLog', { ...props, retention: props.accessLogRetention, vended: true });
    this.stage = defaultStage(this, this.httpApi, this.accessLogGroup, props);
    this.domain = customDomain(this, this.stage, props);
    this.url = this.publicUrl(props);

    this._shared = {
      placement,
      routes: new RouteTable(),
      stage: this.stage,
      stageName: this.stage.stageName,
      encryptionKey: props.encryptionKey,
      detailedMetricsEnabled: props.detailedMetricsEnabled ?? false,
      withoutTaskCount: props.containerInsights === ecs.ContainerInsights.DISABLED,
      answersPreflight: props.corsPreflight !== undefined,
      changesLinkGroup: isLinkGroup(link.securityGroup),
    };
    this._shared.routes.renderThrottles(this.stage, this._shared.detailedMetricsEnabled);
    this.alarms = props.alarmActions ? apiAlarms(this, this, props.alarmActions) : [];
    this.dashboard = props.createDashboard ? apiDashboard(this, this) : undefined;
  }

  /**
   * Requests that the API got.
   *
   * @default - sample count over 5 minutes
   */
  public metricCount(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stage.metricCount(props);
  }

  /**
   * Requests that were answered with a status of 4xx.
   *
   * @default - sum over 5 minutes
   */
  public metricClientError(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stage.metricClientError(props);
  }

  /**
   * Requests that were answered with a status of 5xx.
   *
   * @default - sum over 5 minutes
   */
  public metricServerError(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stage.metricServerError(props);
  }

  /**
   * Milliseconds from the arrival of a request to its answer.
   *
   * @default - average over 5 minutes
   */
  public metricLatency(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stage.metricLatency(props);
  }

  /**
   * Milliseconds that API Gateway waited for the services.
   *
   * @default - average over 5 minutes
   */
  public metricIntegrationLatency(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stage.metricIntegrationLatency(props);
  }

  /**
   * The routes that services have mounted by now, as an OpenAPI 3.1 document in JSON: paths, methods and who may call.
   *
   * Routes know nothing of bodies, so neither does the document. A `$default` route has no path and is left out.
   */
  public openApiDocument(): string {
    const { name } = this.httpApi.node.defaultChild as apigwv2.CfnApi;
    return JSON.stringify(openApiDocument(this._shared.routes.routes, {
      title: name!, url: this.url, answersPreflight: this._shared.answersPreflight,
    }), undefined, 2);
  }

  private publicUrl({ domainName, mappingKey }: CloudMapHttpApiProps): string {
    // of the L1: the L2 refuses to tell an endpoint that is closed
    if (!this.domain) return (this.httpApi.node.defaultChild as apigwv2.CfnApi).attrApiEndpoint;
    const root = `https://${domainName ?? this.domain.name}`;
    return mappingKey === undefined ? root : `${root}/${mappingKey}`;
  }

  private createHttpApi(props: CloudMapHttpApiProps): apigwv2.HttpApi {
    return new apigwv2.HttpApi(this, 'HttpApi', {
      apiName: props.apiName ?? Names.uniqueResourceName(this, { maxLength: 128, separator: '-' }),
      createDefaultStage: false,
      corsPreflight: props.corsPreflight,
      disableExecuteApiEndpoint: closesDefaultEndpoint(props),
      ipAddressType: props.ipAddressType ?? apigwv2.IpAddressType.DUAL_STACK,
      defaultAuthorizer: this.defaultAuthorizer,
      defaultAuthorizationScopes: this.defaultAuthorizationScopes,
    });
  }
}
