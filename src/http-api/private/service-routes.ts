import { Duration, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { nearAuthorizer } from './authorizer-scope';
import { Mappings, requestMappings } from './request-mapping';
import { ResponseParameters, responseParameters } from './response-mapping';
import { CATCH_ALL, isWithoutToken, mountedPaths, routeKey, routeKeys } from './route-rules';
import type { MountedRoute } from './route-table';
import { conflictIf, throwOnConflicts } from '../../private/prop-rules';
import type { ICloudMapHttpApi } from '../i-cloud-map-http-api';
import type { ServiceRouteAccess, ServiceRouteOptions } from '../service-route-options';

/** What all routes of one service have in common. */
export interface RouteTarget extends ServiceRouteAccess {
  readonly path: string;
  readonly stripPath?: boolean;
  readonly claimHeaders?: { [header: string]: string };
  readonly requestIdHeader?: string;
  readonly integrationTimeout?: Duration;
  readonly secureServerName?: string;
}

/** Mounts routes in the scope of their service, and makes one integration for all that treat a request alike. */
export class ServiceRoutes {
  private readonly integrations = new Map<string, apigwv2.HttpIntegration>();

  constructor(
    private readonly service: Construct,
    private readonly api: ICloudMapHttpApi,
    private readonly cloudMapServiceArn: string,
    private readonly target: RouteTarget,
  ) {}

  /** The path of the service with everything under it. */
  public mountService(): apigwv2.HttpRoute[] {
    const { throttle } = this.target;
    // what is under the path comes first: its integration is the one that stays when a prefix is stripped
    return mountedPaths(this.target.path).reverse().flatMap((path) => this.mount({ path, methods: this.target.methods, throttle }));
  }

  public mount(options: ServiceRouteOptions): apigwv2.HttpRoute[] {
    const { authorizer, authorizationScopes } = routeAccess(this.api, this.target, options);
    const routes = routeKeys([options.path], options.methods ?? [apigwv2.HttpMethod.ANY])
      .map((key) => this.addRoute(key, options, authorizer, authorizationScopes));
    if (options.path === CATCH_ALL && this.api._shared.answersPreflight && !(authorizer instanceof apigwv2.HttpNoneAuthorizer)) {
      return [...routes, ...this.mountPreflight(options)];
    }
    return routes;
  }

  public get first(): apigwv2.HttpIntegration {
    return [...this.integrations.values()][0];
  }

  /** The catch-all route takes preflight requests too, which carry no token: routes of their own let the API answer them. */
  private mountPreflight(options: ServiceRouteOptions): apigwv2.HttpRoute[] {
    return ['/{proxy+}', '/']
      .map((path) => routeKey(apigwv2.HttpMethod.OPTIONS, path))
      .filter((key) => !this.api._shared.routes.has(key.key))
      .map((key) => this.addRoute(key, { ...options, throttle: undefined }, new apigwv2.HttpNoneAuthorizer(), []));
  }

  private addRoute(
    key: apigwv2.HttpRouteKey, options: ServiceRouteOptions, authorizer: apigwv2.IHttpRouteAuthorizer, authorizationScopes: string[],
  ): apigwv2.HttpRoute {
    const { routes, stage } = this.api._shared;
    const route = new apigwv2.HttpRoute(this.service, `${key.method} ${key.path ?? CATCH_ALL}`, {
      httpApi: this.api.httpApi,
      routeKey: key,
      integration: new MadeIntegration(this.integrationFor(key, options, !isWithoutToken(authorizer))),
      authorizer: nearAuthorizer(this.service, this.api, authorizer),
      authorizationScopes,
    });
    routes.add({ key: key.key, path: key.path, method: key.method, service: this.service, route, throttle: options.throttle });
    if (options.throttle) stage?.node.addDependency(route);
    return route;
  }

  private integrationFor(key: apigwv2.HttpRouteKey, options: ServiceRouteOptions, hasClaims: boolean): apigwv2.HttpIntegration {
    const mappings = requestMappings(key.path ?? CATCH_ALL, {
      claimHeaders: this.target.claimHeaders,
      hasClaims,
      requestIdHeader: this.target.requestIdHeader,
      parameterMapping: options.parameterMapping ?? this.target.parameterMapping,
      strip: this.target.stripPath ? this.target.path.replace(/\/\{[^}]*\+\}$/, '') : undefined,
      namedStage: this.api._shared.stageName !== CATCH_ALL,
    });
    const responses = responseParameters(options.responseMapping ?? this.target.responseMapping);
    const identity = JSON.stringify([mappings, responses]);
    const integration = this.integrations.get(identity)
      ?? this.createIntegration(this.integrations.size === 0 ? '' : ` ${key.key}`, mappings, responses);
    this.integrations.set(identity, integration);
    return integration;
  }

  private createIntegration(idSuffix: string, mappings: Mappings, responses: ResponseParameters | undefined): apigwv2.HttpIntegration {
    throwOnConflicts(this.service, this.api._shared.routes.integrationConflicts());
    const integration = new apigwv2.HttpIntegration(this.service, `Integration${idSuffix}`, {
      httpApi: this.api.httpApi,
      integrationType: apigwv2.HttpIntegrationType.HTTP_PROXY,
      integrationUri: this.cloudMapServiceArn,
      method: apigwv2.HttpMethod.ANY,
      connectionType: apigwv2.HttpConnectionType.VPC_LINK,
      connectionId: this.api.vpcLink.vpcLinkId,
      payloadFormatVersion: apigwv2.PayloadFormatVersion.VERSION_1_0,
      secureServerName: this.target.secureServerName,
      parameterMapping: parameterMapping(mappings),
    });
    const resource = integration.node.defaultChild as apigwv2.CfnIntegration;
    // the L2 stops at 29 seconds, HTTP APIs take 30; and it knows no mapping of answers
    resource.timeoutInMillis = this.target.integrationTimeout?.toMilliseconds();
    resource.responseParameters = responses;
    this.api._shared.routes.addIntegration();
    return integration;
  }
}

function parameterMapping(mappings: Mappings): apigwv2.ParameterMapping | undefined {
  const targets = Object.entries(mappings);
  return targets.length === 0
    ? undefined
    : targets.reduce((mapping, [target, value]) => mapping.custom(target, value), new apigwv2.ParameterMapping());
}

/** Who may call, and with which scopes. */
export interface Access {
  readonly authorizer: apigwv2.IHttpRouteAuthorizer;
  readonly authorizationScopes: string[];
}

/** Access to a route. Scopes belong to the authorizer that they were written beside. */
export function routeAccess(api: Pick<ICloudMapHttpApi, 'defaultAuthorizer' | 'defaultAuthorizationScopes'>, ...levels: ServiceRouteAccess[]): Access {
  return levels.reduce<Access>(
    (outer, level) => ({
      authorizer: level.authorizer ?? outer.authorizer,
      authorizationScopes: level.authorizationScopes ?? (level.authorizer ? [] : outer.authorizationScopes),
    }),
    { authorizer: api.defaultAuthorizer, authorizationScopes: api.defaultAuthorizationScopes },
  );
}

/** Lets someone call the routes of a path, or all of the service, by signed requests. */
export function grantRoutes(service: Construct, routes: MountedRoute[], grantee: iam.IGrantable, path?: string): iam.Grant {
  const wanted = path === undefined ? routes : routes.filter((route) => mountedPaths(path).includes(route.path ?? CATCH_ALL));
  const signed = wanted.filter(({ route }) => (route.node.defaultChild as apigwv2.CfnRoute).authorizationType === 'AWS_IAM');
  throwOnConflicts(service,
    conflictIf(wanted.length === 0, `\`path\` ${path} has no route of this service; it has ${routes.map(({ key }) => key).join(', ')}`),
    conflictIf(
      wanted.length > 0 && signed.length === 0,
      `\`grantInvoke\` has no effect on ${wanted.map(({ key }) => key).join(', ')}, which look at no signature; mount them with HttpIamAuthorizer`,
    ),
  );
  return iam.Grant.addToPrincipal({ grantee, actions: ['execute-api:Invoke'], resourceArns: signed.map(routeArn) });
}

/** The L2 takes the catch-all route for the root. It stands for every path. */
function routeArn({ route, path }: MountedRoute): string {
  return path === undefined
    ? Stack.of(route).formatArn({ service: 'execute-api', resource: route.httpApi.apiId, resourceName: '*' })
    : route.routeArn;
}

/** Hands an integration to routes, which would each make one in their own scope. */
class MadeIntegration extends apigwv2.HttpRouteIntegration {
  constructor(private readonly made: apigwv2.HttpIntegration) {
    super('Integration');
  }

  public override _bindToRoute(): { readonly integrationId: string } {
    return { integrationId: this.made.integrationId };
  }

  public bind(): apigwv2.HttpRouteIntegrationConfig {
    throw new Error(`${this.made.node.path} is made already`);
  }
}
