import { Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { DekartAuthentication, DekartUserIdentity, DekartVersion, LoadBalancerOidcOptions, ServiceNetwork } from '../../src';
import { dekartError, dekartIn, dekartTemplate, plainOf } from '../support/dekart';
import { IMAGE, regionStack } from '../support/fixtures';

const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const OIDC: LoadBalancerOidcOptions = {
  issuer: 'https://idp.example.com',
  authorizationEndpoint: 'https://idp.example.com/authorize',
  tokenEndpoint: 'https://idp.example.com/token',
  userInfoEndpoint: 'https://idp.example.com/userinfo',
  clientId: 'dekart',
  clientSecret: SecretValue.secretsManager('oidc', { jsonField: 'clientSecret' }),
};

function givenPool(stack: Stack, options: { userIdentity?: DekartUserIdentity; sessionTimeout?: Duration } = {}) {
  return DekartAuthentication.cognito({
    userPool: cognito.UserPool.fromUserPoolId(stack, 'Pool', 'eu-central-1_Example12'),
    userPoolClient: cognito.UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client'),
    userPoolDomain: cognito.UserPoolDomain.fromDomainName(stack, 'PoolDomain', 'example'),
    ...options,
  });
}

/** Type of the first action, and of the last, by what the rule does with people without a session. */
function rules(template: Template) {
  return Object.values(template.findResources(RULE)).map(({ Properties: rule }: any) => ({
    priority: rule.Priority,
    paths: rule.Conditions.find((condition: any) => condition.Field === 'path-pattern').PathPatternConfig.Values,
    actions: rule.Actions.map((action: any) => action.Type),
    unauthenticated: (rule.Actions[0].AuthenticateCognitoConfig ?? rule.Actions[0].AuthenticateOidcConfig)?.OnUnauthenticatedRequest,
  })).sort((a, b) => a.priority - b.priority);
}

describe.each<[string, (stack: Stack) => DekartAuthentication, string]>([
  ['cognito', givenPool, 'authenticate-cognito'],
  ['newUserPool', () => DekartAuthentication.newUserPool(), 'authenticate-cognito'],
  ['loadBalancerOidc', () => DekartAuthentication.loadBalancerOidc(OIDC), 'authenticate-oidc'],
])('%s', (_name, authentication, type) => {
  const template = dekartTemplate((stack) => ({ authentication: authentication(stack) }));

  test('answers calls of the API without a session with 401, and sends pages to sign in', () => {
    expect(rules(template)).toEqual([
      { priority: 10, paths: ['/api/*', '/Dekart/*'], actions: [type, 'forward'], unauthenticated: 'deny' },
      { priority: 11, paths: ['/*'], actions: [type, 'forward'], unauthenticated: 'authenticate' },
    ]);
  });

  test('forwards nothing by default', () => {
    const actions = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::Listener')).flatMap((each: any) => each.Properties.DefaultActions);
    expect(actions.map((action: any) => action.Type).sort()).toEqual(['fixed-response', 'redirect']);
  });

  test('tells the server who the users are', () => {
    expect(plainOf(template).DEKART_REQUIRE_AMAZON_OIDC).toBe('1');
  });
});

test('SHARED only opens the door', () => {
  const template = dekartTemplate((stack) => ({ authentication: givenPool(stack, { userIdentity: DekartUserIdentity.SHARED }) }));
  expect(Object.keys(plainOf(template)).filter((name) => name.startsWith('DEKART_REQUIRE'))).toEqual([]);
  expect(rules(template)).toHaveLength(2);
});

test('sessionTimeout reaches both rules', () => {
  const template = dekartTemplate((stack) => ({ authentication: givenPool(stack, { sessionTimeout: Duration.hours(8) }) }));
  template.resourcePropertiesCountIs(RULE, {
    Actions: Match.arrayWith([Match.objectLike({ AuthenticateCognitoConfig: Match.objectLike({ SessionTimeout: 28800 }) })]),
  }, 2);
});

test('none forwards at once, and needs neither key nor HTTPS', () => {
  const template = dekartTemplate({
    authentication: DekartAuthentication.none('a test'), version: DekartVersion.V0_22_1, licenseKey: undefined, domainName: undefined, domainZone: undefined,
  });
  expect(rules(template)).toEqual([{ priority: 10, paths: ['/*'], actions: ['forward'], unauthenticated: undefined }]);
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 80, Protocol: 'HTTP' });
  template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
  expect(plainOf(template).DEKART_REQUIRE_AMAZON_OIDC).toBeUndefined();
});

describe('the pool of newUserPool', () => {
  const template = dekartTemplate();

  test('has no sign-up, strong passwords and a second factor', () => {
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireLowercase: true, RequireNumbers: true, RequireSymbols: true, RequireUppercase: true } },
      UserPoolTier: 'ESSENTIALS',
    });
  });

  test('has a client with a secret and the code grant, that calls back here and leaves the e-mail address alone', () => {
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      GenerateSecret: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      CallbackURLs: ['https://maps.example.com/oauth2/idpresponse'],
      WriteAttributes: ['locale'],
    });
  });

  test('has a domain that no other stack has, and that stays', () => {
    const prefix = { 'Fn::Join': ['', [Match.stringLikeRegexp('^dekart-[0-9a-f]{8}-$'), { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }]] };
    template.hasResourceProperties('AWS::Cognito::UserPoolDomain', { Domain: prefix });
  });

  test('takes domainPrefix, mfa and featurePlan', () => {
    const chosen = dekartTemplate({
      authentication: DekartAuthentication.newUserPool({ domainPrefix: 'maps-example', mfa: cognito.Mfa.OPTIONAL, featurePlan: cognito.FeaturePlan.PLUS }),
    });
    chosen.hasResourceProperties('AWS::Cognito::UserPoolDomain', { Domain: 'maps-example' });
    chosen.hasResourceProperties('AWS::Cognito::UserPool', {
      MfaConfiguration: 'OPTIONAL', UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
    });
  });
});

test('loadBalancerOidc reaches the template, its secret as a reference', () => {
  const template = dekartTemplate({
    authentication: DekartAuthentication.loadBalancerOidc({ ...OIDC, scope: 'openid email profile', authenticationRequestExtraParams: { prompt: 'login' }, sessionTimeout: Duration.hours(1) }),
  });
  template.hasResourceProperties(RULE, {
    Actions: Match.arrayWith([Match.objectLike({
      AuthenticateOidcConfig: Match.objectLike({
        Issuer: OIDC.issuer,
        TokenEndpoint: OIDC.tokenEndpoint,
        UserInfoEndpoint: OIDC.userInfoEndpoint,
        AuthorizationEndpoint: OIDC.authorizationEndpoint,
        ClientId: 'dekart',
        ClientSecret: '{{resolve:secretsmanager:oidc:SecretString:clientSecret::}}',
        Scope: 'openid email profile',
        AuthenticationRequestExtraParams: { prompt: 'login' },
        SessionTimeout: 3600,
      }),
    })]),
  });
});

describe('conflicts', () => {
  test.each<[string, Parameters<typeof dekartError>[0], RegExp]>([
    ['PER_USER without a key, naming every way out', { licenseKey: undefined }, /PER_USER needs `licenseKey`.*SHARED.*sqliteOnEfs.*V0_22_1.*none\(reason\)/s],
    ['PER_USER on 0.22.1 without a key', { version: DekartVersion.V0_22_1, licenseKey: undefined }, /PER_USER needs `licenseKey`/],
    ['PER_USER in an isolated network', { network: ServiceNetwork.isolatedTasks(), image: IMAGE }, /isolatedTasks leaves no way to the keys of load balancers/],
    ['a session of eight days', { authentication: DekartAuthentication.newUserPool({ sessionTimeout: Duration.days(8) }) }, /`sessionTimeout` must be from 1 second to 7 days, got 8 days/],
    ['a reserved word in the prefix', { authentication: DekartAuthentication.newUserPool({ domainPrefix: 'my-cognito' }) }, /`domainPrefix` .* got 'my-cognito'/],
    ['an upper-case prefix', { authentication: DekartAuthentication.newUserPool({ domainPrefix: 'Maps' }) }, /`domainPrefix` .* got 'Maps'/],
    ['an endpoint without TLS', { authentication: DekartAuthentication.loadBalancerOidc({ ...OIDC, tokenEndpoint: 'http://idp' }) }, /`tokenEndpoint` must be an HTTPS address, got 'http:\/\/idp'/],
    ['a scope without e-mail', { authentication: DekartAuthentication.loadBalancerOidc({ ...OIDC, scope: 'openid' }) }, /`scope` must hold openid and email .* got 'openid'/],
    ['too many parameters', {
      authentication: DekartAuthentication.loadBalancerOidc({ ...OIDC, authenticationRequestExtraParams: Object.fromEntries([...Array(11).keys()].map((n) => [`p${n}`, 'v'])) }),
    }, /takes 10 parameters at most, got 11/],
    ['none without a reason', { authentication: DekartAuthentication.none(' ') }, /`authentication` none needs a reason/],
  ])('fails for %s', (_name, changes, expected) => {
    expect(dekartError(changes)).toMatch(expected);
  });

  test('fails for PER_USER in China', () => {
    expect(dekartError({}, regionStack('China', { env: { region: 'cn-north-1' } }))).toMatch(/PER_USER does not work in cn-north-1/);
  });

  test('SHARED works in China, and on 0.22.1 without a key', () => {
    const authentication = DekartAuthentication.newUserPool({ userIdentity: DekartUserIdentity.SHARED });
    expect(dekartError({ authentication }, regionStack('China', { env: { region: 'cn-north-1' } }))).toBe('');
    expect(dekartError({ authentication, version: DekartVersion.V0_22_1, licenseKey: undefined })).toBe('');
  });
});

test('a made pool and client are members; none has neither', () => {
  expect(dekartIn(regionStack()).userPool).toBeInstanceOf(cognito.UserPool);
  expect(dekartIn(regionStack(), { authentication: DekartAuthentication.none('test') }).userPool).toBeUndefined();
});
