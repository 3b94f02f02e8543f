import { Token } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { responseMappingConflicts } from './response-mapping';
import { sameStack } from './route-table';
import { throttleConflicts } from './stage';
import { conflictIf, Conflicts } from '../../private/prop-rules';
import type { ICloudMapHttpApi } from '../i-cloud-map-http-api';
import type { ServiceRouteAccess } from '../service-route-options';

/** Takes what no other route of the API matches. */
export const CATCH_ALL = '$default';

const SEGMENT = /^([\w.~!$&'()*,;=:@%-]+|\{[\w.:-]+\+?\})$/;
const GREEDY = /\{[^}]*\+\}/;

/** Paths of the routes that a path stands for: itself, and everything under it. */
export function mountedPaths(path: string): string[] {
  if (path === CATCH_ALL || GREEDY.test(path)) return [path];
  return [path, path === '/' ? '/{proxy+}' : `${path}/{proxy+}`];
}

export function routeKey(method: apigwv2.HttpMethod, path: string): apigwv2.HttpRouteKey {
  return path === CATCH_ALL ? apigwv2.HttpRouteKey.DEFAULT : apigwv2.HttpRouteKey.with(path, method);
}

/** One key per method and path; the catch-all route has only one. */
export function routeKeys(paths: string[], methods: apigwv2.HttpMethod[]): apigwv2.HttpRouteKey[] {
  return paths.flatMap((path) => (path === CATCH_ALL ? [apigwv2.HttpRouteKey.DEFAULT] : methods.map((method) => routeKey(method, path))));
}

/** What is wrong with routes that are to be added to an API, of which a new one knows nothing yet. */
export function routeConflicts(service: Construct, api: ICloudMapHttpApi | undefined, paths: string[], options: ServiceRouteAccess): Conflicts {
  const [path] = paths;
  const wrongPath = [...pathConflicts(path), ...variableConflicts(paths)];
  const keys = wrongPath.length > 0 ? [] : routeKeys(paths, options.methods ?? [apigwv2.HttpMethod.ANY]).map(({ key }) => key);
  const stage = api?._shared.stage;
  return [
    ...wrongPath,
    ...methodConflicts(path, options.methods),
    ...throttleConflicts(options.throttle),
    ...responseMappingConflicts(options.responseMapping),
    ...(api?._shared.routes.conflicts(keys) ?? []),
    ...idConflicts(service, keys.filter((key) => !api?._shared.routes.has(key))),
    ...conflictIf(
      options.throttle !== undefined && api !== undefined && (stage === undefined || !sameStack(stage, service)),
      '`throttle` of a route is a setting of the stage, which is in another stack or imported; set `throttle` where the API is made, or move the service there',
    ),
  ];
}

/** Ids hold no slash, the CDK writes `--` for it: two routes of one service may come to the same. */
function idConflicts(service: Construct, keys: string[]): Conflicts {
  return keys.flatMap((key) => conflictIf(
    service.node.tryFindChild(key) !== undefined,
    `\`path\`: route '${key}' is the same as another one of this service where -- stands for a slash, so that their ids are equal; mount one of them by another service`,
  ));
}

function pathConflicts(path: string): Conflicts {
  if (Token.isUnresolved(path)) return ['`path` must be known at synthesis, got a Token; routes are told apart by it, so write it out'];
  if (path === CATCH_ALL || path === '/') return [];
  if (!path.startsWith('/')) return [`\`path\` must start with a slash, got '${path}'; write '/${path}'`];
  const segments = path.slice(1).split('/');
  const greedy = segments.findIndex((segment) => GREEDY.test(segment));
  return [
    ...conflictIf(path.endsWith('/'), `\`path\` must not end with a slash, got '${path}'; leave it out, what is under the path is mounted too`),
    ...conflictIf(
      !path.endsWith('/') && !segments.every((segment) => SEGMENT.test(segment)),
      `\`path\` must be segments of URL characters or variables such as {id}, got '${path}'; mend the segment`,
    ),
    ...conflictIf(
      greedy !== -1 && greedy < segments.length - 1,
      `\`path\` has the greedy variable ${segments[greedy]} before its end, got '${path}'; a greedy variable takes the rest of the path, move it there`,
    ),
  ];
}

/** Variables of a path have names of their own, also beside the one for everything under it. */
function variableConflicts(paths: string[]): Conflicts {
  return paths.flatMap((path) => {
    const names = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => name);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    return conflictIf(twice !== undefined, `\`path\` has the variable ${twice} twice in ${path}; give one another name`);
  });
}

function methodConflicts(path: string, methods: apigwv2.HttpMethod[] | undefined): Conflicts {
  if (methods === undefined) return [];
  return [
    ...conflictIf(methods.length === 0, '`methods` is empty, so nothing would reach the service; leave it out for all methods'),
    ...conflictIf(
      path === CATCH_ALL,
      `\`methods\` ${methods.join(', ')} cannot be told apart by the route $default; leave them out, or take the path '/'`,
    ),
  ];
}

/** Scopes, claims and the like that the authorizer knows nothing of. */
export function scopeConflicts(authorizer: apigwv2.IHttpRouteAuthorizer, scopes: string[]): Conflicts {
  return conflictIf(
    scopes.length > 0 && isWithoutToken(authorizer),
    `\`authorizationScopes\` ${scopes.join(', ')} need a JWT authorizer, got ${authorizer.constructor.name}; pass one, or leave the scopes out`,
  );
}

/** Kinds of authorizers that bring no claims: everyone, signed requests, a Lambda function's own decision. */
const WITHOUT_CLAIMS = ['NONE', 'AWS_IAM', 'CUSTOM'];

/** Whether the authorizer is known to see no token with claims. */
export function isWithoutToken(authorizer: apigwv2.IHttpRouteAuthorizer): boolean {
  // the second is how imported authorizers name it
  const { authorizationType, authorizerType } = authorizer as { authorizationType?: string; authorizerType?: string };
  const type = authorizationType ?? authorizerType;
  return type !== undefined && WITHOUT_CLAIMS.includes(type);
}
