import { Duration, SecretValue } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';

/**
 * What the server learns of the people who sign in.
 */
export enum DekartUserIdentity {
  /**
   * Each user is known by e-mail address and owns the maps that they make. It needs a licence key.
   *
   * With Athena as data source users cannot open each other's maps: the server shares maps on connections of other kinds only.
   */
  PER_USER = 'PER_USER',

  /** Sign-in only opens the door: behind it all users are one and share all maps. */
  SHARED = 'SHARED',
}

/**
 * What every way to sign in at the load balancer has in common.
 */
export interface DekartSignInOptions {
  /**
   * What the server learns of the people who sign in.
   *
   * @default DekartUserIdentity.PER_USER
   */
  readonly userIdentity?: DekartUserIdentity;

  /**
   * Time after which a user has to sign in again, seven days at most.
   *
   * @default Duration.days(7)
   */
  readonly sessionTimeout?: Duration;
}

/**
 * Sign-in with a Cognito user pool that exists.
 */
export interface CognitoAuthenticationOptions extends DekartSignInOptions {
  /**
   * The user pool. With `PER_USER` its users must not be able to sign up by themselves, nor to change their e-mail address unverified.
   */
  readonly userPool: cognito.IUserPool;

  /**
   * Client of the pool: with a secret, the code grant, the scopes `openid` and `email`, and the callback
   * `https://<domainName>/oauth2/idpresponse`.
   */
  readonly userPoolClient: cognito.IUserPoolClient;

  /**
   * Domain of the pool's sign-in pages.
   */
  readonly userPoolDomain: cognito.IUserPoolDomain;
}

/**
 * Sign-in with a Cognito user pool that is made for the site.
 */
export interface NewUserPoolOptions extends DekartSignInOptions {
  /**
   * Prefix of the domain of the sign-in pages, unique among all accounts of a Region: lower-case letters, digits and hyphens.
   *
   * @default - a unique one, which stays as long as the stack
   */
  readonly domainPrefix?: string;

  /**
   * Whether users need a second factor, an authenticator app.
   *
   * @default cognito.Mfa.REQUIRED
   */
  readonly mfa?: cognito.Mfa;

  /**
   * Feature plan of the pool. `PLUS` turns on threat protection and is billed by the active user.
   *
   * @default cognito.FeaturePlan.ESSENTIALS
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
   */
  readonly featurePlan?: cognito.FeaturePlan;
}

/**
 * Sign-in with any OpenID Connect provider, done by the load balancer.
 */
export interface LoadBalancerOidcOptions extends DekartSignInOptions {
  /**
   * Issuer of the tokens, an HTTPS address.
   */
  readonly issuer: string;

  /**
   * Endpoint that users are sent to, an HTTPS address.
   */
  readonly authorizationEndpoint: string;

  /**
   * Endpoint that hands out tokens, an HTTPS address that the load balancer can reach.
   */
  readonly tokenEndpoint: string;

  /**
   * Endpoint that tells about a user, an HTTPS address that the load balancer can reach.
   */
  readonly userInfoEndpoint: string;

  /**
   * Client that the provider knows the site by. Its callback is `https://<domainName>/oauth2/idpresponse`.
   */
  readonly clientId: string;

  /**
   * Secret of the client, such as `SecretValue.secretsManager('maps/oidc', { jsonField: 'clientSecret' })`.
   */
  readonly clientSecret: SecretValue;

  /**
   * Claims to ask for, separated by spaces. With `PER_USER` the server needs `openid` and `email`.
   *
   * @default 'openid email'
   */
  readonly scope?: string;

  /**
   * Parameters to add to the redirect to the provider, ten at most.
   *
   * @default - none
   */
  readonly authenticationRequestExtraParams?: { [name: string]: string };
}
