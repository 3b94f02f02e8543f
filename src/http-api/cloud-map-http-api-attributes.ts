import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { ServiceNetwork } from '../fargate/service-network';

/**
 * An API that exists: one of another app, or one that was not made by this library.
 */
export interface CloudMapHttpApiAttributes {
  /**
   * Id of the HTTP API.
   */
  readonly httpApiId: string;

  /**
   * URL that clients call, without a slash at the end.
   *
   * @default - the endpoint that API Gateway gives, with the stage
   */
  readonly url?: string;

  /**
   * Stage that requests come through. The path that reaches a service never holds its name.
   *
   * @default '$default'
   */
  readonly stageName?: string;

  /**
   * Id of the VPC link.
   */
  readonly vpcLinkId: string;

  /**
   * Security group of the VPC link, which services let in on their port.
   *
   * Import it with `allowAllOutbound: false` when it needs a rule for each service, as the group of a `CloudMapHttpApi` does.
   */
  readonly vpcLinkSecurityGroup: ec2.ISecurityGroup;

  /**
   * Namespace that the services are found in.
   */
  readonly cloudMapNamespace: cloudmap.INamespace;

  /**
   * Cluster that the services run in.
   */
  readonly cluster: ecs.ICluster;

  /**
   * Where tasks are placed.
   *
   * @default - the VPC of `cluster`
   */
  readonly network?: ServiceNetwork;

  /**
   * Who may call routes that name no authorizer, such as `HttpAuthorizer.fromHttpAuthorizerAttributes(...)`.
   *
   * @default - IAM: callers sign their requests and need the permission `execute-api:Invoke`
   */
  readonly defaultAuthorizer?: apigwv2.IHttpRouteAuthorizer;

  /**
   * Scopes, one of which a token must have on routes that take the default authorizer.
   *
   * @default - none
   */
  readonly defaultAuthorizationScopes?: string[];

  /**
   * Whether the stage gathers metrics per route.
   *
   * @default false
   */
  readonly detailedMetricsEnabled?: boolean;

  /**
   * Whether the API answers preflight requests by itself, which it does when CORS is configured there.
   *
   * A service at `$default` with an authorizer then gets open `OPTIONS` routes, since the authorizer would refuse preflight requests.
   *
   * @default false
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
   */
  readonly answersPreflight?: boolean;
}
