import { App, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ApiGatewayCloudMapFargateService, HttpHealthCheck } from '../../src';

export function build(app: App): void {
  const stack = new Stack(app, 'Hello', { env: { region: 'eu-central-1' } });
  new ApiGatewayCloudMapFargateService(stack, 'Service', {
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/httpd:2.4'),
    healthCheck: HttpHealthCheck.bashTcp('/'),
  });
}
