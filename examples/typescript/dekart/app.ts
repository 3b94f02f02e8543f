import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-ecs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Secret as StoredSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { DekartAuthentication, DekartDataSource, DekartOnFargate } from 'cdk-fargate-blueprints';

/** Maps on data in Athena, for people who sign in to a user pool of the site. */
class DekartStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    // `cdk deploy -c update=true` changes what a later release would: how long logs are kept, and a variable
    const updated = this.node.tryGetContext('update') === 'true';

    new DekartOnFargate(this, 'Maps', {
      domainName: 'maps.example.com',
      domainZone: HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' }),
      licenseKey: Secret.fromSecretsManager(StoredSecret.fromSecretNameV2(this, 'License', 'dekart/license')),
      authentication: DekartAuthentication.newUserPool(),
      dataSource: DekartDataSource.athena(),
      logRetention: updated ? RetentionDays.THREE_MONTHS : RetentionDays.ONE_MONTH,
      environment: updated ? { DEKART_UX_HOMEPAGE: 'https://www.example.com/' } : undefined,
    });
  }
}

new DekartStack(new App(), 'Dekart', { env: { region: 'eu-central-1' } });
