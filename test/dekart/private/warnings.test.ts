import { DekartAuthentication, DekartMetadataStore } from '../../../src';
import { dekartIn } from '../../support/dekart';
import { regionStack, warnings } from '../../support/fixtures';

describe('warnings', () => {
  const sqlite = { metadataStore: DekartMetadataStore.sqliteOnEfs(), licenseKey: undefined, authentication: DekartAuthentication.none('test') };

  test('SQLite on Spot', () => {
    const stack = regionStack();
    dekartIn(stack, { ...sqlite, capacityProviderStrategies: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] });
    expect(warnings(stack)).toEqual([expect.stringContaining('SQLite on FARGATE_SPOT')]);
  });

  test('SQLite with copies names the risk', () => {
    const stack = regionStack();
    dekartIn(stack, { ...sqlite, metadataStore: DekartMetadataStore.sqliteWithBackups() });
    expect(warnings(stack)).toEqual([expect.stringContaining('can lose every map')]);
  });

  test('identities in GovCloud', () => {
    const stack = regionStack('Gov', { env: { region: 'us-gov-west-1' } });
    dekartIn(stack);
    expect(warnings(stack)).toEqual([expect.stringContaining('outside GovCloud')]);
  });
});
