import { Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { NewUserPoolOptions } from '../dekart-authentication-options';

export interface UserPoolSettings {
  /** Address of the site, in lower case as the load balancer writes it into the callback. */
  readonly url: string;
  readonly removalPolicy?: RemovalPolicy;
}

/** A user pool of the site alone. The server trusts the e-mail address that it is told, so no user may choose it. */
export function siteUserPool(scope: Construct, options: NewUserPoolOptions, settings: UserPoolSettings) {
  const plan = options.featurePlan ?? cognito.FeaturePlan.ESSENTIALS;
  const userPool = new cognito.UserPool(scope, 'UserPool', {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    standardAttributes: { email: { required: true, mutable: true } },
    accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
    mfa: options.mfa ?? cognito.Mfa.REQUIRED,
    mfaSecondFactor: { sms: false, otp: true },
    passwordPolicy: { minLength: 12, requireLowercase: true, requireUppercase: true, requireDigits: true, requireSymbols: true },
    featurePlan: plan,
    standardThreatProtectionMode: plan === cognito.FeaturePlan.PLUS ? cognito.StandardThreatProtectionMode.FULL_FUNCTION : undefined,
    deletionProtection: settings.removalPolicy !== RemovalPolicy.DESTROY,
    removalPolicy: settings.removalPolicy ?? RemovalPolicy.RETAIN,
  });
  const userPoolDomain = userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: options.domainPrefix ?? uniquePrefix(userPool) } });
  const userPoolClient = userPool.addClient('Client', {
    generateSecret: true,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL],
      callbackUrls: [`${settings.url}/oauth2/idpresponse`],
    },
    supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
    readAttributes: new cognito.ClientAttributes().withStandardAttributes({ email: true, emailVerified: true }),
    // an empty list would mean all attributes: one that nobody reads keeps the others closed
    writeAttributes: new cognito.ClientAttributes().withStandardAttributes({ locale: true }),
    preventUserExistenceErrors: true,
  });
  return { userPool, userPoolClient, userPoolDomain };
}

/** Domains are shared by all accounts of a Region: the stack's own id makes them differ, the address those of one stack. */
function uniquePrefix(userPool: cognito.UserPool): string {
  const stackUuid = Fn.select(2, Fn.split('/', Stack.of(userPool).stackId));
  return `dekart-${userPool.node.addr.slice(-8)}-${stackUuid}`;
}
