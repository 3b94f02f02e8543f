import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as actions from 'aws-cdk-lib/aws-elasticloadbalancingv2-actions';
import { Construct } from 'constructs';
import {
  CognitoAuthenticationOptions, DekartSignInOptions, DekartUserIdentity, LoadBalancerOidcOptions, NewUserPoolOptions,
} from './dekart-authentication-options';
import { oidcConflicts, userPoolConflicts, signInConflicts } from './private/authentication-rules';
import type { DekartFacts } from './private/facts';
import { siteUserPool, UserPoolSettings } from './private/user-pool';
import { conflictIf, Conflicts } from '../private/prop-rules';

/** Both are needed to learn who a user is. */
const SCOPE = 'openid email';

/**
 * Sign-in, ready for the listener.
 *
 * @internal
 */
export interface BoundAuthentication {
  readonly userPool?: cognito.IUserPool;
  readonly userPoolClient?: cognito.IUserPoolClient;
  /** The action that lets through who is signed in, and does as told with everybody else. */
  readonly protect: (next: elbv2.ListenerAction, unauthenticated: elbv2.UnauthenticatedAction) => elbv2.ListenerAction;
}

/**
 * Choice: who may use the site, and what the server learns of them.
 *
 * People sign in at the load balancer; nothing reaches the server before. Calls of the API without a session are answered with 401, pages
 * are sent to sign in.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 *
 * @example
 * import { DekartAuthentication, DekartUserIdentity } from 'cdk-fargate-blueprints';
 *
 * const authentication = DekartAuthentication.newUserPool({ userIdentity: DekartUserIdentity.SHARED });
 */
export abstract class DekartAuthentication {
  /**
   * Sign-in with a Cognito user pool that exists.
   */
  public static cognito(options: CognitoAuthenticationOptions): DekartAuthentication {
    return new GivenUserPool(options);
  }

  /**
   * Sign-in with a Cognito user pool that is made for the site. Only administrators add users.
   */
  public static newUserPool(options: NewUserPoolOptions = {}): DekartAuthentication {
    return new MadeUserPool(options);
  }

  /**
   * Sign-in with any OpenID Connect provider, such as Microsoft Entra ID, Okta or Google.
   */
  public static loadBalancerOidc(options: LoadBalancerOidcOptions): DekartAuthentication {
    return new LoadBalancerOidc(options);
  }

  /**
   * No sign-in: whoever reaches the site may see, change and query everything that the server may.
   *
   * @param reason Why that is fine here, such as 'internal, behind the VPN'.
   */
  public static none(reason: string): DekartAuthentication {
    return new NoSignIn(reason);
  }

  /**
   * Whether people sign in.
   *
   * @internal
   */
  public abstract readonly _signsIn: boolean;

  /**
   * Whether the server learns who they are.
   *
   * @internal
   */
  public abstract readonly _perUser: boolean;

  /**
   * What does not fit.
   *
   * @internal
   */
  public abstract _conflicts(facts: DekartFacts): Conflicts;

  /**
   * Makes what is to be made in `scope`.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, settings: UserPoolSettings): BoundAuthentication;
}

abstract class SignIn extends DekartAuthentication {
  public readonly _signsIn = true;

  constructor(protected readonly signIn: DekartSignInOptions) {
    super();
  }

  public get _perUser(): boolean {
    return (this.signIn.userIdentity ?? DekartUserIdentity.PER_USER) === DekartUserIdentity.PER_USER;
  }

  public _conflicts(facts: DekartFacts): Conflicts {
    return signInConflicts(this._perUser, this.signIn, facts);
  }

  public abstract _bind(scope: Construct, settings: UserPoolSettings): BoundAuthentication;

  protected withCognito(userPool: cognito.IUserPool, userPoolClient: cognito.IUserPoolClient, userPoolDomain: cognito.IUserPoolDomain): BoundAuthentication {
    return {
      userPool,
      userPoolClient,
      protect: (next, onUnauthenticatedRequest) => new actions.AuthenticateCognitoAction({
        next,
        userPool,
        userPoolClient,
        userPoolDomain,
        scope: SCOPE,
        sessionTimeout: this.signIn.sessionTimeout,
        onUnauthenticatedRequest,
        allowHttpsOutbound: false, // the front door opens it once, for both families of addresses
      }),
    };
  }
}

class GivenUserPool extends SignIn {
  constructor(private readonly options: CognitoAuthenticationOptions) {
    super(options);
  }

  public _bind(): BoundAuthentication {
    return this.withCognito(this.options.userPool, this.options.userPoolClient, this.options.userPoolDomain);
  }
}

class MadeUserPool extends SignIn {
  constructor(private readonly options: NewUserPoolOptions) {
    super(options);
  }

  public _conflicts(facts: DekartFacts): Conflicts {
    return [...super._conflicts(facts), ...userPoolConflicts(this.options)];
  }

  public _bind(scope: Construct, settings: UserPoolSettings): BoundAuthentication {
    const { userPool, userPoolClient, userPoolDomain } = siteUserPool(scope, this.options, settings);
    return this.withCognito(userPool, userPoolClient, userPoolDomain);
  }
}

class LoadBalancerOidc extends SignIn {
  constructor(private readonly options: LoadBalancerOidcOptions) {
    super(options);
  }

  public _conflicts(facts: DekartFacts): Conflicts {
    return [...super._conflicts(facts), ...oidcConflicts(this._perUser, this.options)];
  }

  public _bind(): BoundAuthentication {
    return {
      protect: (next, onUnauthenticatedRequest) => elbv2.ListenerAction.authenticateOidc({
        next,
        issuer: this.options.issuer,
        authorizationEndpoint: this.options.authorizationEndpoint,
        tokenEndpoint: this.options.tokenEndpoint,
        userInfoEndpoint: this.options.userInfoEndpoint,
        clientId: this.options.clientId,
        clientSecret: this.options.clientSecret,
        scope: this.options.scope ?? SCOPE,
        authenticationRequestExtraParams: this.options.authenticationRequestExtraParams,
        sessionTimeout: this.options.sessionTimeout,
        onUnauthenticatedRequest,
        allowHttpsOutbound: false, // as above
      }),
    };
  }
}

class NoSignIn extends DekartAuthentication {
  public readonly _signsIn = false;
  public readonly _perUser = false;

  constructor(private readonly reason: string) {
    super();
  }

  public _conflicts(): Conflicts {
    return conflictIf(this.reason.trim() === '', '`authentication` none needs a reason, got an empty one; say why nobody has to sign in');
  }

  public _bind(): BoundAuthentication {
    return { protect: (next) => next };
  }
}
