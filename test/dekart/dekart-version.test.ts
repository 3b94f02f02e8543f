import { Lazy } from 'aws-cdk-lib';
import { DekartVersion } from '../../src';
import { dekartTemplate } from '../support/dekart';
import { containerOf } from '../support/fixtures';

test('the constants are releases that are proven', () => {
  expect([DekartVersion.V0_23_2.version, DekartVersion.V0_22_1.version]).toEqual(['0.23.2', '0.22.1']);
  expect(DekartVersion.V0_23_2.healthPath).toBe('/health');
  expect(DekartVersion.V0_23_2.containerPort).toBe(8080);
});

test.each([
  ['0.23.0', true],
  ['0.24.1', true],
  ['1.0.0', true],
  ['0.22.0', false],
  ['0.22.2-rc.1', false],
])('%s takes the rules of its line: SQLite, ARM64 and a key for PostgreSQL %s', (version, recent) => {
  expect(DekartVersion.of(version)._traits).toEqual({ arm64: recent, sqlite: recent, postgresNeedsLicense: recent, readonlyRootFilesystem: recent });
});

test.each(['latest', '0.23', 'v0.23.2', ''])('fails for the moving or wrong tag %p', (version) => {
  expect(() => DekartVersion.of(version)).toThrow(`\`version\` must be the full number of a release, such as '0.23.2', got '${version}'`);
});

test('fails for a release before 0.22', () => {
  expect(() => DekartVersion.of('0.21.3')).toThrow(/must be 0\.22\.0 or later, got '0\.21\.3'/);
});

test('a Token passes', () => {
  expect(DekartVersion.of(Lazy.string({ produce: () => '0.23.2' }))._traits.sqlite).toBe(true);
});

test('uploads of 0.22.1 need a writable file system', () => {
  expect(containerOf(dekartTemplate({ version: DekartVersion.V0_22_1 }), 'dekart').ReadonlyRootFilesystem).toBe(false);
});
