import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { CATCH_ALL } from './route-rules';
import { conflictIf, Conflicts, isKnown } from '../../private/prop-rules';

/** What API Gateway does to a request on its way: target to value. */
export type Mappings = { readonly [target: string]: string };

export interface RequestMappingOptions {
  readonly claimHeaders?: { [header: string]: string };
  /** Whether the authorizer of the route may bring claims. */
  readonly hasClaims: boolean;
  readonly requestIdHeader?: string;
  readonly parameterMapping?: apigwv2.ParameterMapping;
  /** Prefix that is taken off the path. */
  readonly strip?: string;
  /** The path of a request holds the name of the stage. */
  readonly namedStage: boolean;
}

/** Headers that a mapping may not touch. */
const RESERVED = new RegExp(`^(${[
  'access-control-.*', 'apigw-.*', 'authorization', 'connection', 'content-(encoding|length|location)', 'forwarded', 'host', 'keep-alive', 'origin',
  'proxy-(authenticate|authorization)', 'te', 'trailers?', 'transfer-encoding', 'upgrade', 'via', 'x-amz-.*', 'x-amzn-.*', 'x-forwarded-(for|host|proto)',
].join('|')})$`, 'i');

const HEADER = /^[\w!#$%&'*+.^`|~-]+$/;

/** Mappings for the requests of one path; equal ones share an integration. */
export function requestMappings(path: string, options: RequestMappingOptions): Mappings {
  return {
    ...pathMapping(path, options),
    ...(options.requestIdHeader === undefined ? {} : { [`overwrite:header.${options.requestIdHeader}`]: '$context.requestId' }),
    ...Object.fromEntries(Object.entries(options.claimHeaders ?? {}).map(([header, claim]) => (
      // what API Gateway makes of a claim that is not there is not documented: without a token the header goes
      options.hasClaims ? [`overwrite:header.${header}`, `$context.authorizer.claims.${claim}`] : [`remove:header.${header}`, '']
    ))),
    ...options.parameterMapping?.mappings,
  };
}

/** Headers that API Gateway would not set, or that two props set. */
export function headerConflicts(options: Omit<RequestMappingOptions, 'hasClaims' | 'strip' | 'namedStage'>): Conflicts {
  const { claimHeaders = {}, requestIdHeader, parameterMapping } = options;
  const headers = Object.keys(claimHeaders).map((header) => ['claimHeaders', header]);
  if (requestIdHeader !== undefined) headers.push(['requestIdHeader', requestIdHeader]);
  return [
    ...headers.flatMap(([prop, header], index) => [
      ...conflictIf(isKnown(header) && !HEADER.test(header), `\`${prop}\` names '${header}', which is no header name; use letters, digits and hyphens`),
      ...conflictIf(RESERVED.test(header), `\`${prop}\` names ${header}, which API Gateway keeps for itself; choose a name such as x-user-id`),
      ...conflictIf(
        headers.findIndex(([, other]) => other.toLowerCase() === header.toLowerCase()) < index,
        `\`${prop}\` names ${header}, which is set already; header names are the same in upper and lower case, so choose another`,
      ),
      ...conflictIf(
        mapsHeader(header, parameterMapping),
        `\`parameterMapping\` and \`${prop}\` both set the header ${header}; keep it in \`${prop}\``,
      ),
    ]),
    ...Object.entries(claimHeaders).flatMap(([header, claim]) => conflictIf(
      isKnown(claim) && !/^[\w:.-]+$/.test(claim),
      `\`claimHeaders\` gives ${header} the claim '${claim}'; name one claim of the token, such as sub`,
    )),
  ];
}

export function stripPathConflicts(path: string, stripPath: boolean): Conflicts {
  return conflictIf(
    stripPath && (path === '/' || path === CATCH_ALL || path.startsWith('/{')),
    `\`stripPath\` has nothing to take off \`path\` ${path}; leave it out, or mount the service at a path of its own`,
  );
}

function pathMapping(path: string, options: RequestMappingOptions): Mappings {
  if (options.strip && (path === options.strip || path.startsWith(`${options.strip}/`))) {
    return { 'overwrite:path': path.slice(options.strip.length).replace(/\{([^}+]+)\+?\}/g, '$request.path.$1') || '/' };
  }
  return options.namedStage ? { 'overwrite:path': '$request.path' } : {};
}

function mapsHeader(header: string, mapping?: apigwv2.ParameterMapping): boolean {
  return Object.keys(mapping?.mappings ?? {}).some((target) => target.toLowerCase().endsWith(`:header.${header.toLowerCase()}`));
}
