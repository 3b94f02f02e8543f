import { Annotations, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { DekartSettings } from './settings';

const ID = 'cdk-fargate-blueprints';

/** What works, but may end badly. */
export function warnOfRisks(scope: Construct, { props, metadataStore }: DekartSettings): void {
  const warn = (name: string, message: string) => Annotations.of(scope).addWarningV2(`${ID}:${name}`, message);
  if (metadataStore._copiesToBucket) {
    warn('sqliteCopies', '`metadataStore` sqliteWithBackups can lose every map: a server that cannot list the bucket when it starts '
      + 'begins with an empty database and copies that; choose DekartMetadataStore.sqliteOnEfs(), or make sure that the bucket keeps old versions');
  }
  if (metadataStore._sqlite && props.capacityProviderStrategies?.some((strategy) => strategy.capacityProvider === 'FARGATE_SPOT')) {
    warn('sqliteOnSpot', '`capacityProviderStrategies` puts SQLite on FARGATE_SPOT, where a task may be taken away while it writes; choose FARGATE, or PostgreSQL');
  }
  if (props.authentication._perUser && Stack.of(scope).region.startsWith('us-gov-')) {
    warn('govCloudKeys', '`authentication` with user identity PER_USER makes the server read the keys of load balancers from an address outside GovCloud; '
      + 'test that the task reaches it, or choose `userIdentity` SHARED');
  }
}
