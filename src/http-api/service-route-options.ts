import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';

/**
 * Who may send which requests to a service, and how many.
 */
export interface ServiceRouteAccess {
  /**
   * Methods that are passed on. The service answers to no other.
   *
   * @default - all: [HttpMethod.ANY]
   */
  readonly methods?: apigwv2.HttpMethod[];

  /**
   * Who may call. To open a route to everyone say so: `new HttpNoneAuthorizer()`.
   *
   * The authorizer becomes part of the API's stack, so it must not refer to a stack that needs the API.
   *
   * @default - the authorizer of the service, else the one of the API
   */
  readonly authorizer?: apigwv2.IHttpRouteAuthorizer;

  /**
   * Scopes, one of which a token must have. Only JWT authorizers know scopes.
   *
   * @default - those that belong to the authorizer: of the service, else of the API; none when `authorizer` is set
   */
  readonly authorizationScopes?: string[];

  /**
   * Requests per second and at once that each route takes. Both numbers are needed, and API and service have to be in one stack.
   *
   * @default - the throttle of the API, over all routes
   */
  readonly throttle?: apigwv2.ThrottleSettings;

  /**
   * What is changed in a request before it reaches the service.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
   */
  readonly parameterMapping?: apigwv2.ParameterMapping;

  /**
   * What is changed in an answer before it reaches the client, by the status of the service: headers, and the status itself by
   * `custom('overwrite:statuscode', '404')`.
   *
   * @default - none
   */
  readonly responseMapping?: { [status: string]: apigwv2.ParameterMapping };
}

/**
 * Routes that are added to a service.
 */
export interface ServiceRouteOptions extends ServiceRouteAccess {
  /**
   * Path of the routes, taken as it is: `/admin` matches that path only, `/admin/{proxy+}` what is under it, and `$default` what no other
   * route of the API matches.
   */
  readonly path: string;
}
