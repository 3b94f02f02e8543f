import { Match, Template } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { GENERATED_NAME, rowsOf } from './dekart-system';
import { attributeOf, refTo } from './parity';
import { ApplicationIngress } from '../../src';
import { dekartIn } from '../support/dekart';
import { existingVpc, regionStack } from '../support/fixtures';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const RECORD = 'AWS::Route53::RecordSet';
const CERTIFICATE = 'AWS::CertificateManager::Certificate';

function of(type: string) {
  return (argument: string, guide: string, ours: string, properties: object, why?: string) =>
    ({ argument, guide, ours, why, check: (t: Template) => t.hasResourceProperties(type, properties) });
}
const balancer = of(BALANCER);
const group = of(GROUP);
const record = of(RECORD);
const certificate = of(CERTIFICATE);
const listener = of(LISTENER);
const rule = of(RULE);

function redirect(properties: object) {
  return { Port: 80, DefaultActions: [{ Type: 'redirect', RedirectConfig: Match.objectLike(properties) }] };
}

function signIn(properties: object) {
  return { Priority: 11, Actions: Match.arrayWith([Match.objectLike({ Type: 'authenticate-cognito', AuthenticateCognitoConfig: Match.objectLike(properties) })]) };
}

/** Load balancer, DNS, certificate, sign-in. */
export const DOOR_ROWS = [
  ...rowsOf('aws_alb.dekart',
    balancer('name', '`<name>`', '`LoadBalancer.Name` absent', { Name: Match.absent() }, GENERATED_NAME),
    balancer('load_balancer_type', '`application`', '`Type` application', { Type: 'application' }),
    balancer('security_groups', 'the shared group and the one for the internet', '`SecurityGroups`: one of its own', {
      SecurityGroups: [attributeOf('MapsLoadBalancerSecurityGroup', 'GroupId')],
    }, 'see `aws_security_group.dekart_alb`'),
    balancer('subnets', 'the public subnets', '`Subnets`: the public subnets', { Subnets: [refTo('MapsVpcPublicSubnet1Subnet'), refTo('MapsVpcPublicSubnet2Subnet')] }),
    {
      argument: 'existing',
      guide: '"you may use already existing balancer"',
      ours: '`ApplicationIngress.existingLoadBalancer` or `existingListener`: no load balancer is made',
      check: () => {
        const stack = regionStack('Existing');
        const vpc = existingVpc(stack);
        const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Shared', { vpc });
        dekartIn(stack, { ingress: ApplicationIngress.existingLoadBalancer(loadBalancer) });
        Template.fromStack(stack).resourceCountIs(BALANCER, 1);
      },
    },
  ),
  ...rowsOf('aws_alb_target_group.dekart',
    group('name', '`<name>`', '`TargetGroup.Name` absent', { Name: Match.absent() }, GENERATED_NAME),
    group('port', '8080', '`Port` 8080, and `HealthCheckPath` /health', { Port: 8080, HealthCheckPath: '/health' }),
    group('protocol', '`HTTP`', '`Protocol` HTTP', { Protocol: 'HTTP' }),
    group('vpc_id', 'the VPC', '`VpcId`', { VpcId: refTo('MapsVpc') }),
    group('target_type', '`ip`', '`TargetType` ip', { TargetType: 'ip' }),
  ),
  ...rowsOf('data.aws_route53_zone.main', record('name', '`var.zone_name`', '`RecordSet.HostedZoneId`, from `domainZone`', { HostedZoneId: 'Z0123456789EXAMPLE' })),
  ...rowsOf('aws_route53_record.dekart',
    record('name', '`<name>.<zone>`', '`Name`, from `domainName`', { Name: 'dekart.example.com.' }),
    record('zone_id', 'the zone', '`HostedZoneId`', { HostedZoneId: 'Z0123456789EXAMPLE' }),
    record('type', '`A`', '`Type` A', { Type: 'A' }),
    record('alias.name', 'the load balancer', '`AliasTarget.DNSName`', {
      AliasTarget: Match.objectLike({ DNSName: { 'Fn::Join': ['', ['dualstack.', attributeOf('MapsLoadBalancer', 'DNSName')]] } }),
    }),
    record('alias.zone_id', 'the load balancer', '`AliasTarget.HostedZoneId`', { AliasTarget: Match.objectLike({ HostedZoneId: attributeOf('MapsLoadBalancer', 'CanonicalHostedZoneID') }) }),
    record('alias.evaluate_target_health', '`false`', '`AliasTarget.EvaluateTargetHealth` absent, which means false', {
      AliasTarget: Match.objectLike({ EvaluateTargetHealth: Match.absent() }),
    }),
  ),
  ...rowsOf('aws_acm_certificate.dekart',
    certificate('domain_name', 'the name of the record', '`DomainName`', { DomainName: 'dekart.example.com' }),
    certificate('validation_method', '`DNS`', '`ValidationMethod` DNS', { ValidationMethod: 'DNS' }),
    {
      argument: 'lifecycle',
      guide: '`create_before_destroy`',
      ours: 'nothing to set: CloudFormation replaces so',
      check: (t) => t.hasResource(CERTIFICATE, { UpdateReplacePolicy: Match.absent() }),
    },
  ),
  ...rowsOf('aws_route53_record.dekart_certificate_validation', ...['for_each', 'allow_overwrite', 'name', 'records', 'ttl', 'type', 'zone_id'].map((argument) =>
    certificate(argument, 'the record that proves the domain', '`DomainValidationOptions` of the certificate', {
      DomainValidationOptions: [{ DomainName: 'dekart.example.com', HostedZoneId: 'Z0123456789EXAMPLE' }],
    }, 'CloudFormation writes the record by itself'))),
  ...rowsOf('aws_acm_certificate_validation.dekart',
    listener('certificate_arn', 'the certificate', '`Listener.Certificates`: a certificate is created when it is valid', { Certificates: [{ CertificateArn: refTo('MapsCertificate') }] }),
    certificate('validation_record_fqdns', 'the records', '`DomainValidationOptions`', { DomainValidationOptions: [Match.objectLike({ HostedZoneId: 'Z0123456789EXAMPLE' })] },
      'CloudFormation waits for them by itself'),
  ),
  ...rowsOf('aws_alb_listener.dekart_http',
    listener('load_balancer_arn', 'the load balancer', '`LoadBalancerArn`', { Port: 80, LoadBalancerArn: refTo('MapsLoadBalancer') }),
    listener('port', '80', '`Port` 80', { Port: 80, Protocol: 'HTTP' }),
    listener('protocol', '`HTTP`', '`Protocol` HTTP', { Port: 80, Protocol: 'HTTP' }),
    listener('default_action.type', '`redirect`', '`DefaultActions`: redirect', redirect({})),
    listener('default_action.redirect.port', '443', '`RedirectConfig.Port` 443', redirect({ Port: '443' })),
    listener('default_action.redirect.protocol', '`HTTPS`', '`RedirectConfig.Protocol` HTTPS', redirect({ Protocol: 'HTTPS' })),
    listener('default_action.redirect.status_code', '`HTTP_301`', '`RedirectConfig.StatusCode` HTTP_301', redirect({ StatusCode: 'HTTP_301' })),
  ),
  ...rowsOf('aws_alb_listener.dekart_https',
    listener('load_balancer_arn', 'the load balancer', '`LoadBalancerArn`', { Port: 443, LoadBalancerArn: refTo('MapsLoadBalancer') }),
    listener('port', '443', '`Port` 443', { Port: 443, Protocol: 'HTTPS' }),
    listener('protocol', '`HTTPS`', '`Protocol` HTTPS', { Port: 443, Protocol: 'HTTPS' }),
    listener('ssl_policy', '`ELBSecurityPolicy-2016-08`', '`SslPolicy` ELBSecurityPolicy-TLS13-1-2-Res-2021-06', { Port: 443, SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' },
      'the policy of 2016 takes TLS 1.0'),
    listener('certificate_arn', 'the certificate', '`Certificates`', { Port: 443, Certificates: [{ CertificateArn: refTo('MapsCertificate') }] }),
    listener('default_action', 'forwards to the server', '`DefaultActions`: a fixed 404', {
      Port: 443, DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: Match.objectLike({ StatusCode: '404' }) }],
    }, 'what no rule takes must not reach the server without sign-in'),
  ),
  ...rowsOf('aws_alb_listener_rule.dekart_listener_rule',
    rule('listener_arn', 'the HTTPS listener', '`ListenerArn`', { Priority: 11, ListenerArn: refTo('MapsListener') }),
    rule('action authenticate-cognito.scope', '`email openid`', '`AuthenticateCognitoConfig.Scope` openid email', signIn({ Scope: 'openid email' })),
    rule('action authenticate-cognito.user_pool_arn', '`var.user_pool_arn`', '`UserPoolArn`, from `userPool`', signIn({
      UserPoolArn: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('userpool/eu-central-1_Example12$')])] },
    })),
    rule('action authenticate-cognito.user_pool_client_id', '`var.user_pool_client_id`', '`UserPoolClientId`, from `userPoolClient`', signIn({ UserPoolClientId: '1example23456789example01' })),
    rule('action authenticate-cognito.user_pool_domain', '`var.user_pool_domain`', '`UserPoolDomain`, from `userPoolDomain`', signIn({ UserPoolDomain: 'example-dekart' })),
    rule('action forward', 'the target group', '`Actions`: forward, after the sign-in', { Priority: 11, Actions: Match.arrayWith([{ Order: 2, Type: 'forward', TargetGroupArn: refTo('MapsTargetGroup') }]) }),
    rule('condition.path_pattern', '`/*`', '`Conditions`: /*; a rule before it answers calls of the API without a session with 401', {
      Priority: 11, Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
    }),
  ),
];
