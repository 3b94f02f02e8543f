import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import {
  ApiGatewayCloudMapFargateService, ApiGatewayCloudMapFargateServiceProps, CloudMapHttpApi, CloudMapHttpApiProps, HttpHealthCheck, ServiceNetwork,
} from '../../src';
import { existingVpc, IMAGE, regionStack } from '../support/fixtures';

export const API = 'AWS::ApiGatewayV2::Api';
export const STAGE = 'AWS::ApiGatewayV2::Stage';
export const ROUTE = 'AWS::ApiGatewayV2::Route';
export const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
export const AUTHORIZER = 'AWS::ApiGatewayV2::Authorizer';
export const VPC_LINK = 'AWS::ApiGatewayV2::VpcLink';
export const DISCOVERY = 'AWS::ServiceDiscovery::Service';
export const NAMESPACE = 'AWS::ServiceDiscovery::PrivateDnsNamespace';
export const ECS_SERVICE = 'AWS::ECS::Service';
export const TASK = 'AWS::ECS::TaskDefinition';
export const INGRESS = 'AWS::EC2::SecurityGroupIngress';
export const EGRESS = 'AWS::EC2::SecurityGroupEgress';

export const HEALTH_CHECK = HttpHealthCheck.curl('/');

/** Smallest props of a service that gives no warning. */
export const SERVICE = { image: IMAGE, healthCheck: HEALTH_CHECK };

export function jwt(id = 'Jwt'): HttpJwtAuthorizer {
  return new HttpJwtAuthorizer(id, 'https://issuer.example.com', { jwtAudience: ['shop'] });
}

/** An API in a VPC that exists, which keeps the template small. */
export function apiOf(props: CloudMapHttpApiProps = {}, stack: Stack = regionStack()) {
  const network = props.network ?? (props.cluster ? undefined : ServiceNetwork.fromVpc(existingVpc(stack)));
  const api = new CloudMapHttpApi(stack, 'Api', { ...props, network });
  return { stack, api, template: () => Template.fromStack(stack) };
}

/** A service on such an API. */
export function serviceOf(props: Partial<ApiGatewayCloudMapFargateServiceProps> = {}, apiProps: CloudMapHttpApiProps = {}, stack: Stack = regionStack()) {
  const api = props.api ?? apiOf(apiProps, stack).api;
  const service = new ApiGatewayCloudMapFargateService(stack, 'Users', { ...SERVICE, ...props, api });
  return { stack, api: api as CloudMapHttpApi, service, template: () => Template.fromStack(stack) };
}

/** Two stacks of one app. */
export function twoStacks(): [Stack, Stack] {
  const app = new App();
  const env = { region: 'eu-central-1' };
  return [new Stack(app, 'Shared', { env }), new Stack(app, 'Team', { env })];
}

/** Route keys in the order of the template. */
export function routeKeys(template: Template): string[] {
  return Object.values(template.findResources(ROUTE)).map((route) => route.Properties.RouteKey);
}

/** Properties of one route. */
export function routeOf(template: Template, key: string): any {
  const found = Object.values(template.findResources(ROUTE, { Properties: { RouteKey: key } }));
  expect(found).toHaveLength(1);
  return found[0].Properties;
}

export function expectProps(template: Template, type: string, properties: { [name: string]: unknown }): void {
  template.hasResourceProperties(type, Match.objectLike(properties));
}

export const { ANY, GET, POST, OPTIONS } = apigwv2.HttpMethod;
