import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { conflictIf, Conflicts, isKnown } from '../../private/prop-rules';
import type { CloudMapHttpApiProps } from '../cloud-map-http-api-props';

/** Both numbers, always: a half that is left out may be taken for zero, and then every request gets 429. */
export const DEFAULT_THROTTLE = { rateLimit: 1000, burstLimit: 500 } as const;

/** One line of JSON per request. Every value is quoted, since a variable without a value prints a bare dash. */
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  requestTime: '$context.requestTime',
  httpMethod: '$context.httpMethod',
  routeKey: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  protocol: '$context.protocol',
  responseLength: '$context.responseLength',
  errMsg: '$context.integrationErrorMessage',
  integrationStatus: '$context.integrationStatus',
  integrationLatency: '$context.integrationLatency',
  responseLatency: '$context.responseLatency',
  errorType: '$context.error.responseType',
  authorizerError: '$context.authorizer.error',
  userAgent: '$context.identity.userAgent',
});

/**
 * The stage that answers at the root of the API. `HttpApi` makes one too, without access log and throttle.
 */
export function defaultStage(scope: Construct, httpApi: apigwv2.IHttpApi, accessLogGroup: logs.ILogGroup, props: CloudMapHttpApiProps): apigwv2.HttpStage {
  return new apigwv2.HttpStage(scope, 'Stage', {
    httpApi,
    stageName: '$default',
    autoDeploy: true,
    throttle: props.throttle ?? DEFAULT_THROTTLE,
    detailedMetricsEnabled: props.detailedMetricsEnabled,
    accessLogSettings: {
      destination: new apigwv2.LogGroupLogDestination(accessLogGroup),
      format: apigateway.AccessLogFormat.custom(ACCESS_LOG_FORMAT),
    },
  });
}

export function throttleConflicts(throttle?: apigwv2.ThrottleSettings): Conflicts {
  if (throttle === undefined) return [];
  const { rateLimit, burstLimit } = throttle;
  return [
    ...conflictIf(
      rateLimit === undefined || burstLimit === undefined,
      `\`throttle\` needs both numbers, got rateLimit ${rateLimit} and burstLimit ${burstLimit}; set requests per second and requests at once`,
    ),
    ...conflictIf(isKnown(rateLimit) && !(rateLimit >= 0), `\`throttle.rateLimit\` must not be negative, got ${rateLimit}; 0 refuses every request`),
    ...conflictIf(
      isKnown(burstLimit) && !(Number.isInteger(burstLimit) && burstLimit >= 0),
      `\`throttle.burstLimit\` must be a whole number that is not negative, got ${burstLimit}; 0 refuses every request`,
    ),
  ];
}
