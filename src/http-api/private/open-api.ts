import { Token } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type { MountedRoute } from './route-table';

/** What `ANY` stands for, in the words of OpenAPI. */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

const VARIABLE = /\{([^}+]+)(\+?)\}/g;

/** Kinds of authorization, as OpenAPI and the extensions of API Gateway name them. */
const SECURITY_SCHEMES: { readonly [type: string]: object } = {
  JWT: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  AWS_IAM: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
  CUSTOM: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'custom' },
};

export interface OpenApiOptions {
  readonly title: string;
  readonly url: string;
  readonly answersPreflight: boolean;
}

/** The routes as an OpenAPI 3.1 document. The catch-all route has no path, which is what OpenAPI tells operations apart by. */
export function openApiDocument(routes: MountedRoute[], options: OpenApiOptions): object {
  const paths: { [path: string]: { [member: string]: unknown } } = {};
  for (const route of routes.filter(({ path }) => path !== undefined)) {
    const path = (paths[openApiPath(route.path!)] ??= { parameters: parametersOf(route.path!) });
    for (const method of methodsOf(route, options.answersPreflight)) {
      // a route of one method goes before the one for all
      if (route.method !== apigwv2.HttpMethod.ANY || path[method] === undefined) path[method] = operation(route);
    }
  }
  nameOperations(paths);
  return {
    openapi: '3.1.0',
    info: { title: options.title, version: '1' },
    ...(Token.isUnresolved(options.url) ? {} : { servers: [{ url: options.url }] }),
    paths,
    components: { securitySchemes: schemesOf(routes) },
  };
}

function openApiPath(path: string): string {
  return path.replace(VARIABLE, '{$1}');
}

function parametersOf(path: string): object[] {
  return [...path.matchAll(VARIABLE)].map(([, name, greedy]) => ({
    name,
    in: 'path',
    required: true,
    ...(greedy ? { description: 'The rest of the path, with its slashes' } : {}),
    schema: { type: 'string' },
  }));
}

function methodsOf(route: MountedRoute, answersPreflight: boolean): string[] {
  if (route.method !== apigwv2.HttpMethod.ANY) return [route.method.toLowerCase()];
  return METHODS.filter((method) => method !== 'options' || !answersPreflight);
}

/** Ids that no other operation has, also where paths differ in other characters than letters. */
function nameOperations(paths: { [path: string]: { [member: string]: unknown } }): void {
  const taken = new Set<string>();
  for (const [path, members] of Object.entries(paths)) {
    for (const method of METHODS.filter((name) => name in members)) {
      const words = [method, ...path.split(/\W+/)].filter((word) => word !== '').join('_');
      let operationId = words;
      for (let n = 2; taken.has(operationId); n++) operationId = `${words}_${n}`;
      taken.add(operationId);
      members[method] = { operationId, ...members[method] as object };
    }
  }
}

function operation(route: MountedRoute): object {
  const { authorizationType, authorizationScopes } = authorizationOf(route);
  return {
    tags: [route.service.node.id],
    security: authorizationType in SECURITY_SCHEMES ? [{ [authorizationType]: authorizationScopes }] : [],
    responses: { default: { description: 'Answer of the service' } },
  };
}

function schemesOf(routes: MountedRoute[]): object {
  const types = new Set(routes.map((route) => authorizationOf(route).authorizationType));
  return Object.fromEntries(Object.entries(SECURITY_SCHEMES).filter(([type]) => types.has(type)));
}

function authorizationOf({ route }: MountedRoute): { authorizationType: string; authorizationScopes: string[] } {
  const { authorizationType = 'NONE', authorizationScopes = [] } = route.node.defaultChild as apigwv2.CfnRoute;
  return { authorizationType, authorizationScopes };
}
