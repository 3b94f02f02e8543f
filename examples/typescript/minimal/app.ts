import { App, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ApiGatewayCloudMapFargateService, DekartAuthentication, DekartDataSource, DekartOnFargate, HttpHealthCheck } from 'cdk-fargate-blueprints';

const app = new App();
const env = { region: 'eu-central-1' };

const maps = new Stack(app, 'Maps', { env });
new DekartOnFargate(maps, 'Dekart', {
  domainName: 'maps.example.com',
  domainZone: route53.HostedZone.fromHostedZoneAttributes(maps, 'Zone', { hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' }),
  licenseKey: ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(maps, 'LicenseKey', 'dekart/license-key')),
  authentication: DekartAuthentication.newUserPool(),
  dataSource: DekartDataSource.athena(),
});

const hello = new Stack(app, 'Hello', { env });
new ApiGatewayCloudMapFargateService(hello, 'Service', {
  image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/httpd:2.4'),
  healthCheck: HttpHealthCheck.bashTcp('/'),
});
