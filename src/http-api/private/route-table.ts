import { Lazy, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { IConstruct } from 'constructs';
import { conflictIf, Conflicts } from '../../private/prop-rules';

const VARIABLE = /\{[^}+]+(\+?)\}/g;

/** Integrations that one HTTP API takes; this quota cannot be raised. */
const MAX_INTEGRATIONS = 300;

export interface MountedRoute {
  /** As API Gateway knows it, such as `GET /users`. */
  readonly key: string;
  /** Undefined: the catch-all route. */
  readonly path?: string;
  readonly method: apigwv2.HttpMethod;
  readonly service: IConstruct;
  readonly route: apigwv2.HttpRoute;
  readonly throttle?: apigwv2.ThrottleSettings;
}

/** The routes of one API, over all services and stacks of the app. */
export class RouteTable {
  private readonly mounted = new Map<string, MountedRoute>();
  private integrations = 0;

  /** In the order in which they were mounted. */
  public get routes(): MountedRoute[] {
    return [...this.mounted.values()];
  }

  public of(service: IConstruct): MountedRoute[] {
    return this.routes.filter((route) => route.service === service);
  }

  public has(key: string): boolean {
    return this.mounted.has(key);
  }

  /** Keys that are taken already, or twice in the list. */
  public conflicts(keys: string[]): Conflicts {
    return keys.flatMap((key, index) => {
      const taken = this.mounted.get(key);
      return [
        ...conflictIf(taken !== undefined, `\`path\`: route '${key}' belongs to ${taken?.service.node.path} already; give this one another path or other methods`),
        ...this.variableConflicts(key),
        ...conflictIf(keys.indexOf(key) < index, `\`methods\` name route '${key}' twice; name each method once`),
      ];
    });
  }

  /** Paths that match the same requests with variables of other names: OpenAPI knows one of them only, and callers cannot tell which one they get. */
  private variableConflicts(key: string): Conflicts {
    const [, path] = key.split(' ');
    const same = this.routes.find((route) => path !== undefined && route.path !== path && route.path?.replace(VARIABLE, '{$1}') === path.replace(VARIABLE, '{$1}'));
    return conflictIf(
      same !== undefined,
      `\`path\`: route '${key}' matches the same paths as '${same?.key}' of ${same?.service.node.path}; name its variables as they are named there`,
    );
  }

  /** @param wanted How many are about to be made. */
  public integrationConflicts(wanted = 1): Conflicts {
    return conflictIf(
      this.integrations + wanted > MAX_INTEGRATIONS,
      `\`api\` has ${this.integrations} integrations already, and ${MAX_INTEGRATIONS} is all that an HTTP API takes; start another CloudMapHttpApi`,
    );
  }

  public addIntegration(): void {
    this.integrations += 1;
  }

  public add(route: MountedRoute): void {
    this.mounted.set(route.key, route);
  }

  /** Puts the throttles of the routes on their stage, which API Gateway refuses as long as a route it names does not exist. */
  public renderThrottles(stage: apigwv2.HttpStage, detailedMetricsEnabled: boolean): void {
    const resource = stage.node.defaultChild as apigwv2.CfnStage;
    resource.routeSettings = Lazy.any({
      produce: () => {
        const throttled = this.routes.filter((route) => route.throttle);
        if (throttled.length === 0) return undefined;
        return Object.fromEntries(throttled.map(({ key, throttle }) => [key, {
          ThrottlingRateLimit: throttle!.rateLimit,
          ThrottlingBurstLimit: throttle!.burstLimit,
          // settings of a route stand in for those of the stage as a whole
          ...(detailedMetricsEnabled ? { DetailedMetricsEnabled: true } : {}),
        }]));
      },
    });
  }
}

/** Whether the stage can wait for the route, as its throttle needs. */
export function sameStack(stage: IConstruct, service: IConstruct): boolean {
  return Stack.of(stage) === Stack.of(service);
}
