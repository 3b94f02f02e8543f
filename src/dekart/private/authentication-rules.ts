import { Duration } from 'aws-cdk-lib';
import type { DekartFacts } from './facts';
import { conflictIf, Conflicts, isKnown } from '../../private/prop-rules';
import type { DekartSignInOptions, LoadBalancerOidcOptions, NewUserPoolOptions } from '../dekart-authentication-options';

const SESSION_MAX_DAYS = 7;
const RESERVED_WORDS = ['aws', 'amazon', 'cognito'];

/** What every way to sign in asks of the site. */
export function signInConflicts(perUser: boolean, options: DekartSignInOptions, facts: DekartFacts): Conflicts {
  return [
    ...conflictIf(
      !facts.https,
      '`authentication` with sign-in needs HTTPS; set `domainName` with `domainZone` or `certificate`, or choose DekartAuthentication.none(reason)',
    ),
    ...conflictIf(
      perUser && !facts.licensed,
      '`authentication` with user identity PER_USER needs `licenseKey`, which is not set; set it (keys are free, see https://dekart.xyz/docs/), '
      + 'choose `userIdentity` SHARED with DekartMetadataStore.sqliteOnEfs() or DekartVersion.V0_22_1, or DekartAuthentication.none(reason)',
    ),
    ...conflictIf(
      perUser && facts.region.startsWith('cn-'),
      `\`authentication\` with user identity PER_USER does not work in ${facts.region}: the server reads the keys of load balancers from outside China; choose \`userIdentity\` SHARED`,
    ),
    ...conflictIf(
      perUser && facts.offline,
      '`network` isolatedTasks leaves no way to the keys of load balancers on the internet that user identity PER_USER is verified with; '
      + 'choose `userIdentity` SHARED or another network',
    ),
    ...sessionConflicts(options.sessionTimeout),
  ];
}

export function userPoolConflicts(options: NewUserPoolOptions): Conflicts {
  const prefix = options.domainPrefix;
  if (!isKnown(prefix)) return [];
  return conflictIf(
    !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(prefix) || RESERVED_WORDS.some((word) => prefix.includes(word)),
    `\`domainPrefix\` must be 1 to 63 lower-case letters, digits and inner hyphens without ${RESERVED_WORDS.join(', ')}, got '${prefix}'`,
  );
}

export function oidcConflicts(perUser: boolean, options: LoadBalancerOidcOptions): Conflicts {
  const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint } = options;
  const addresses = { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint };
  const scope = options.scope;
  const parameters = Object.keys(options.authenticationRequestExtraParams ?? {}).length;
  return [
    ...Object.entries(addresses).flatMap(([prop, address]) => conflictIf(
      isKnown(address) && !/^https:\/\/[^\s]+$/.test(address),
      `\`${prop}\` must be an HTTPS address, got '${address}'`,
    )),
    ...conflictIf(
      perUser && isKnown(scope) && !['openid', 'email'].every((part) => scope.split(' ').includes(part)),
      `\`scope\` must hold openid and email for user identity PER_USER, got '${scope}'`,
    ),
    ...conflictIf(parameters > 10, `\`authenticationRequestExtraParams\` takes 10 parameters at most, got ${parameters}`),
  ];
}

function sessionConflicts(timeout?: Duration): Conflicts {
  if (timeout === undefined || timeout.isUnresolved()) return [];
  return conflictIf(
    timeout.toMilliseconds() < 1000 || timeout.toMilliseconds() > Duration.days(SESSION_MAX_DAYS).toMilliseconds(),
    `\`sessionTimeout\` must be from 1 second to 7 days, got ${timeout.toHumanString()}`,
  );
}
