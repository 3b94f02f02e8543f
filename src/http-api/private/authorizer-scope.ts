import { CfnResource, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct, IConstruct } from 'constructs';
import { conflictIf, Conflicts } from '../../private/prop-rules';
import type { ICloudMapHttpApi } from '../i-cloud-map-http-api';

/** How deep an authorizer is searched for what it is made of: itself, its props, lists in them. */
const DEPTH = 3;

/**
 * The authorizer, made in the stack of the service where it needs something of that stack.
 *
 * The CDK makes authorizers beside their API, whose stack would then need that of the service, which needs the API's.
 */
export function nearAuthorizer(service: Construct, api: ICloudMapHttpApi, authorizer: apigwv2.IHttpRouteAuthorizer): apigwv2.IHttpRouteAuthorizer {
  if (needed(service, api, authorizer) === undefined) return authorizer;
  return { bind: ({ route }) => authorizer.bind({ route, scope: service }) };
}

/** The authorizer of the whole API stays in its stack, where it cannot need that of a service. */
export function authorizerConflicts(service: Construct, api: ICloudMapHttpApi | undefined, authorizer: apigwv2.IHttpRouteAuthorizer): Conflicts {
  if (api === undefined || authorizer !== api.defaultAuthorizer) return [];
  const part = needed(service, api, authorizer);
  return conflictIf(
    part !== undefined,
    `\`defaultAuthorizer\` of ${api.node.path} needs ${part?.node.path}, which is in the stack of this service, and that stack needs the API; `
    + 'make it in the stack of the API or in one before it, or pass the authorizer as `authorizer` of the service alone',
  );
}

/** Something that the authorizer is made of and that lives in the service's stack while the API is in another. */
function needed(service: Construct, api: ICloudMapHttpApi, authorizer: apigwv2.IHttpRouteAuthorizer): IConstruct | undefined {
  const stack = Stack.of(service);
  if (Stack.of(api) === stack) return undefined;
  return constructsIn(authorizer, DEPTH).find((part) => Stack.of(part) === stack && isMadeHere(part));
}

/** Whatever is imported is known by its id, and no stack is needed for it. */
function isMadeHere(part: IConstruct): boolean {
  return part.node.findAll().some((child) => CfnResource.isCfnResource(child));
}

function constructsIn(value: unknown, depth: number): IConstruct[] {
  if (typeof value !== 'object' || value === null || depth < 0) return [];
  // parts of an authorizer that is one itself are of the CDK's making
  return Construct.isConstruct(value) ? [value] : Object.values(value).flatMap((member) => constructsIn(member, depth - 1));
}
