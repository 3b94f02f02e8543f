import { App, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { DekartAuthentication, DekartDataSource, DekartOnFargate } from '../../src';

export function build(app: App): void {
  const stack = new Stack(app, 'Maps', { env: { region: 'eu-central-1' } });
  new DekartOnFargate(stack, 'Dekart', {
    domainName: 'maps.example.com',
    domainZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' }),
    licenseKey: ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'LicenseKey', 'dekart/license-key')),
    authentication: DekartAuthentication.newUserPool(),
    dataSource: DekartDataSource.athena(),
  });
}
