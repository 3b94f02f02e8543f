import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { IConstruct } from 'constructs';
import type { SharedParts } from './private/shared-parts';

/**
 * An HTTP API that services of this and other stacks join.
 */
export interface ICloudMapHttpApi extends IConstruct {
  /** The HTTP API. */
  readonly httpApi: apigwv2.IHttpApi;

  /** The way from API Gateway into the VPC. */
  readonly vpcLink: apigwv2.IVpcLink;

  /** The security group of the VPC link. */
  readonly vpcLinkSecurityGroup: ec2.ISecurityGroup;

  /** The namespace that services are found in. */
  readonly cloudMapNamespace: cloudmap.INamespace;

  /** The cluster that services run in. */
  readonly cluster: ecs.ICluster;

  /** The VPC that services run in. */
  readonly vpc: ec2.IVpc;

  /** URL that clients call, without a slash at the end. */
  readonly url: string;

  /** Who may call routes that name no authorizer. */
  readonly defaultAuthorizer: apigwv2.IHttpRouteAuthorizer;

  /** Scopes, one of which a token must have on routes that take the default authorizer. */
  readonly defaultAuthorizationScopes: string[];

  /**
   * What services of this library need beside that.
   *
   * @internal
   */
  readonly _shared: SharedParts;
}
