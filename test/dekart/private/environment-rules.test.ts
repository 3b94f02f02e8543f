import { Lazy } from 'aws-cdk-lib';
import { variableConflicts } from '../../../src/dekart/private/environment-rules';
import { secretOf } from '../../support/dekart';
import { KNOWN_NAMES } from '../../support/dekart-known-names';
import { regionStack } from '../../support/fixtures';

test('variables that the server reads and nobody else decides pass', () => {
  expect(variableConflicts({
    DEKART_UX_HOMEPAGE: 'https://example.com', DEKART_LOG_DEBUG: '1', DEKART_STREAM_TIMEOUT: '30', DEKART_HTTP_WRITE_TIMEOUT_SECONDS: '70', TZ: 'UTC', PGAPPNAME: 'maps', GOMEMLIMIT: '900MiB',
  })).toEqual([]);
  expect(variableConflicts()).toEqual([]);
});

test.each([
  'DEKART_DEV_CLAIMS', 'DEKART_DEV_CLAIMS_EMAIL', 'DEKART_DEV_REFRESH_TOKEN', 'DEKART_CLOUD', 'DEKART_CLOUD_UX_CONFIG_JSON', 'STRIPE_SECRET_KEY', 'CI', 'CYPRESS_CI',
  'DEKART_DATA_ENCRYPTION_KEY', 'PGSERVICE', 'PGSERVICEFILE', 'PGHOSTADDR', 'PGPASSFILE',
])('fails for %s, which must never be set', (name) => {
  expect(variableConflicts({ [name]: '1' })).toEqual([`\`environment\` sets ${name}, which must never be set on a server for users; leave it out`]);
  expect(variableConflicts({}, { [name]: secretOf(regionStack(), 'secret') })).toEqual([`\`secrets\` sets ${name}, which must never be set on a server for users; leave it out`]);
});

test.each(['DEKART_RESEND_API_KEY', 'DEKART_BROWSERLESS_TOKEN', 'DEKART_GOOGLE_OAUTH_SECRET', 'DEKART_DEVICE_AUTH_PRIVATE_KEY', 'AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'])(
  'fails for the secret %s in plain', (name) => {
    expect(variableConflicts({ [name]: 'value' })).toEqual([expect.stringContaining(`\`environment\` sets ${name}, which is a secret`)]);
    expect(variableConflicts({}, { [name]: secretOf(regionStack(), 'secret') })).toEqual([]);
  });

test.each([
  ['DEKART_POSTGRES_PASSWORD', '`metadataStore`'], ['DEKART_POSTGRES_HOST', '`metadataStore`'], ['PGPASSWORD', '`metadataStore`'], ['DEKART_CORS_ORIGIN', '`domainName`'],
  ['DEKART_CLOUD_STORAGE_BUCKET', '`bucket`'], ['DEKART_LICENSE_KEY', '`licenseKey`'], ['DEKART_REQUIRE_AMAZON_OIDC', '`authentication`'], ['DEKART_REQUIRE_IAP', '`authentication`'],
  ['DEKART_DEFAULT_WORKSPACE_ROLE', '`defaultWorkspaceRole`'], ['DEKART_MAX_FILE_UPLOAD_SIZE', '`maxFileUploadSize`'], ['DEKART_ATHENA_S3_OUTPUT_LOCATION', '`resultPrefix` of `dataSource`'],
])('fails for %s, which follows from %s', (name, prop) => {
  expect(variableConflicts({ [name]: 's3://x' })).toEqual([`\`environment\` sets ${name}, which the construct sets itself; it follows from ${prop}`]);
});

test.each([
  ['DEKART_DISABLE_USAGE_STATS', 'true', /sets DEKART_DISABLE_USAGE_STATS to 'true'; the server is sure of 1 for on and an empty value for off only: set one of them/],
  ['DEKART_ALLOW_FILE_UPLOAD', 'yes', /is sure of 1 for on/],
  ['DEKART_ALLOW_FILE_UPLOAD', '0', /is sure of 1 for on/],
  ['DEKART_STREAM_TIMEOUT', '30s', /sets DEKART_STREAM_TIMEOUT to '30s'; the server ends at a value that is not a whole number/],
  ['DEKART_STREAM_TIMEOUT', '', /sets DEKART_STREAM_TIMEOUT to ''/],
  ['DEKART_SNAPSHOT_TIMEOUT_SECONDS', '-1', /not a whole number/],
])('fails for %s set to %p', (name, value, expected) => {
  expect(variableConflicts({ [name]: value })).toEqual([expect.stringMatching(expected)]);
});

test('fails for a name in both maps', () => {
  expect(variableConflicts({ TZ: 'UTC' }, { TZ: secretOf(regionStack(), 'secret') })).toEqual(['`environment` and `secrets` both set TZ; keep it in one of them']);
});

test('what is on or off by default can be turned', () => {
  expect(variableConflicts({ DEKART_ALLOW_FILE_UPLOAD: '', DEKART_DISABLE_USAGE_STATS: '', DEKART_UX_DISABLE_VERSION_CHECK: '1' })).toEqual([]);
});

test('Tokens pass', () => {
  expect(variableConflicts({ DEKART_STREAM_TIMEOUT: Lazy.string({ produce: () => '30' }) })).toEqual([]);
});

test('no variable of libpq that the server survives is refused for ever', () => {
  expect(variableConflicts(Object.fromEntries(KNOWN_NAMES.libpq.map((name) => [name, '1']))).filter((conflict) => conflict.includes('never'))).toEqual([]);
});
