import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ApplicationIngress, DekartAuthentication, DekartWebAcl, NewLoadBalancerOptions, ServiceNetwork } from '../../src';
import { dekartError, dekartIn, dekartTemplate, securityRules } from '../support/dekart';
import { existingVpc, regionStack, warnings } from '../support/fixtures';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

function certificateIn(stack: Stack): acm.ICertificate {
  return acm.Certificate.fromCertificateArn(stack, 'Given', 'arn:aws:acm:eu-central-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef');
}

function importedListener(stack: Stack, defaultPort = 443): elbv2.IApplicationListener {
  return elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Imported', {
    listenerArn: 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/shared/0123456789abcdef/0123456789abcdef',
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Theirs', 'sg-0123456789abcdef0', { allowAllOutbound: false }),
    defaultPort,
  });
}

describe('newLoadBalancer', () => {
  const of = (options: NewLoadBalancerOptions) => dekartTemplate({ ingress: ApplicationIngress.newLoadBalancer(options) });

  test('by default is on the internet, with TLS 1.3, logs and strict headers', () => {
    const template = of({});
    template.hasResourceProperties(BALANCER, {
      Scheme: 'internet-facing',
      LoadBalancerAttributes: Match.arrayWith([
        { Key: 'deletion_protection.enabled', Value: 'true' },
        { Key: 'idle_timeout.timeout_seconds', Value: '55' },
        { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
        { Key: 'access_logs.s3.enabled', Value: 'true' },
      ]),
    });
    template.hasResourceProperties(LISTENER, { Port: 443, Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' });
    template.hasResourceProperties(LISTENER, { Port: 80, DefaultActions: [Match.objectLike({ Type: 'redirect' })] });
  });

  test('the target group drains for as long as a poll lasts, and asks the version\'s path', () => {
    of({}).hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckPath: '/health',
      Matcher: { HttpCode: '200' },
      Port: 8080,
      Protocol: 'HTTP',
      TargetType: 'ip',
      TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '35' }]),
    });
  });

  test('publicLoadBalancer false: internal, and open to its VPC only', () => {
    const ingress = ApplicationIngress.newLoadBalancer({ publicLoadBalancer: false });
    const template = dekartTemplate((stack) => ({ network: ServiceNetwork.fromVpc(existingVpc(stack)), ingress }));
    template.hasResourceProperties(BALANCER, { Scheme: 'internal', Subnets: Match.arrayWith([Match.stringLikeRegexp('^subnet-b')]) });
    expect(securityRules(template, 'Ingress').filter((rule) => rule.group === 'LoadBalancerSecurityGroup').map((rule) => rule.peer)).toEqual(['10.0.0.0/16', '10.0.0.0/16']);
  });

  test('fails for an internal load balancer in a VPC that does not know its addresses', () => {
    const ids = ['0', '1'].map((end) => `subnet-0123456789abcde0${end}`);
    const changes = (options: NewLoadBalancerOptions) => dekartError((stack) => ({
      network: ServiceNetwork.fromVpc(ec2.Vpc.fromVpcAttributes(stack, 'Bare', {
        vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['eu-central-1a', 'eu-central-1b'], privateSubnetIds: ids,
      })),
      ingress: ApplicationIngress.newLoadBalancer({ publicLoadBalancer: false, ...options }),
    }));
    expect(changes({})).toMatch(/`allowedPeers` is not set, and the VPC of `network` does not know its addresses/);
    expect(changes({ allowedPeers: [ec2.Peer.ipv4('10.0.0.0/8')] })).toBe('');
  });

  test('allowedPeers', () => {
    const rules = securityRules(of({ allowedPeers: [ec2.Peer.ipv4('192.0.2.0/24')] }), 'Ingress');
    expect(rules.filter((rule) => rule.group === 'LoadBalancerSecurityGroup').map((rule) => rule.peer)).toEqual(['192.0.2.0/24', '192.0.2.0/24']);
  });

  test('redirectHttp false: port 80 is closed', () => {
    const template = of({ redirectHttp: false });
    template.resourceCountIs(LISTENER, 1);
    expect(securityRules(template, 'Ingress').filter((rule) => rule.from === 80)).toEqual([]);
  });

  test('deletionProtection and accessLogs off', () => {
    const template = of({ deletionProtection: false, accessLogs: false });
    template.hasResourceProperties(BALANCER, { LoadBalancerAttributes: Match.arrayWith([{ Key: 'deletion_protection.enabled', Value: 'false' }]) });
    expect(JSON.stringify(template.findResources(BALANCER))).not.toContain('access_logs');
    const stack = new Stack(new App(), 'Agnostic');
    dekartIn(stack, { ingress: ApplicationIngress.newLoadBalancer({ accessLogs: false }) });
    expect(warnings(stack)).toEqual([]);
  });

  test('a dual-stack network makes a dual-stack site', () => {
    const template = dekartTemplate({ network: ServiceNetwork.publicTasks({ ipProtocol: ec2.IpProtocol.DUAL_STACK }) });
    template.hasResourceProperties(BALANCER, { IpAddressType: 'dualstack' });
    template.hasResourceProperties('AWS::Route53::RecordSet', { Type: 'AAAA', Name: 'maps.example.com.' });
    expect(securityRules(template, 'Ingress').filter((rule) => rule.peer === '::/0').map((rule) => rule.from).sort()).toEqual([443, 80]);
    expect(securityRules(template, 'Egress')).toContainEqual({ group: 'LoadBalancerSecurityGroup', from: 443, to: 443, peer: '::/0' });
  });

  test('ipAddressType', () => {
    of({ ipAddressType: elbv2.IpAddressType.IPV4 }).hasResourceProperties(BALANCER, { IpAddressType: 'ipv4' });
  });

  test('a given certificate without a zone: no record, no new certificate', () => {
    const template = dekartTemplate((stack) => ({ domainZone: undefined, certificate: certificateIn(stack) }));
    template.resourceCountIs('AWS::Route53::RecordSet', 0);
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
  });
});

describe('existingLoadBalancer', () => {
  const shared = (stack: Stack) => new elbv2.ApplicationLoadBalancer(stack, 'Shared', { vpc: existingVpc(stack), internetFacing: true });

  test('gets a listener of the site, in its own VPC', () => {
    const template = dekartTemplate((stack) => ({ ingress: ApplicationIngress.existingLoadBalancer(shared(stack)) }));
    template.resourceCountIs(BALANCER, 1);
    template.resourceCountIs('AWS::EC2::VPC', 0);
    template.hasResourceProperties(LISTENER, { Port: 443, Protocol: 'HTTPS', DefaultActions: [Match.objectLike({ Type: 'fixed-response' })] });
    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'maps.example.com.' });
  });

  test('port is part of the address', () => {
    const stack = regionStack();
    const dekart = dekartIn(stack, { ingress: ApplicationIngress.existingLoadBalancer(shared(stack), { port: 8443 }) });
    expect(dekart.url).toBe('https://maps.example.com:8443');
    const template = Template.fromStack(stack);
    template.hasResourceProperties(LISTENER, { Port: 8443 });
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', { CallbackURLs: ['https://maps.example.com:8443/oauth2/idpresponse'] });
  });

  test('without sign-in and domain the address is the one of the load balancer', () => {
    const stack = regionStack();
    const dekart = dekartIn(stack, {
      domainName: undefined, domainZone: undefined, authentication: DekartAuthentication.none('a test'), ingress: ApplicationIngress.existingLoadBalancer(shared(stack)),
    });
    expect(stack.resolve(dekart.url)).toEqual({ 'Fn::Join': ['', ['http://', { 'Fn::GetAtt': [expect.stringMatching(/^Shared/), 'DNSName'] }]] });
  });

  test('fails for another VPC, and a wrong port', () => {
    expect(dekartError((stack) => ({ network: ServiceNetwork.publicTasks(), ingress: ApplicationIngress.existingLoadBalancer(shared(stack), { port: 0 }) })))
      .toMatch(/`port` must be .* got 0[\s\S]*`network` is not in the VPC of the load balancer/);
  });
});

describe('existingListener', () => {
  test('fails without a network, because an imported one does not know its VPC', () => {
    expect(dekartError((stack) => ({ domainZone: undefined, ingress: ApplicationIngress.existingListener(importedListener(stack), { priority: 5 }) })))
      .toMatch(/`ingress` does not know the VPC of its load balancer, and a new one would not reach it; set `network`: ServiceNetwork\.fromVpc\(vpc\)/);
  });

  test.each<[string, (stack: Stack) => ServiceNetwork]>([
    ['a new network', () => ServiceNetwork.publicTasks()],
    ['another VPC', (stack) => ServiceNetwork.fromVpc(new ec2.Vpc(stack, 'OtherVpc'))],
  ])('fails for %s beside the VPC of a load balancer of this app', (_name, network) => {
    expect(dekartError((stack) => ({
      network: network(stack),
      ingress: ApplicationIngress.existingLoadBalancer(new elbv2.ApplicationLoadBalancer(stack, 'Theirs', { vpc: new ec2.Vpc(stack, 'TheirVpc') })),
    }))).toMatch(/`network` is not in the VPC of the load balancer of `ingress`/);
  });

  test('gets two rules for the site\'s host, and keeps its own default', () => {
    const stack = regionStack();
    const ingress = ApplicationIngress.existingListener(importedListener(stack), { priority: 7 });
    const dekart = dekartIn(stack, { domainZone: undefined, network: ServiceNetwork.fromVpc(existingVpc(stack)), ingress });
    expect(dekart.loadBalancer).toBeUndefined();
    expect(dekart.url).toBe('https://maps.example.com');
    const template = Template.fromStack(stack);
    [BALANCER, LISTENER, 'AWS::CertificateManager::Certificate', 'AWS::Route53::RecordSet'].forEach((type) => template.resourceCountIs(type, 0));
    const host = { Field: 'host-header', HostHeaderConfig: { Values: ['maps.example.com'] } };
    [7, 8].forEach((Priority) => template.hasResourceProperties(RULE, { Priority, Conditions: Match.arrayWith([host]), Actions: [Match.objectLike({ Type: 'authenticate-cognito' }), Match.anyValue()] }));
    expect(securityRules(template, 'Egress').filter((rule) => rule.group.includes('sg-0123456789abcdef0')).map((rule) => rule.from).sort()).toEqual([443, 8080]);
  });

  test('hostHeaders and certificate', () => {
    const template = dekartTemplate((stack) => ({
      network: ServiceNetwork.fromVpc(existingVpc(stack)),
      certificate: certificateIn(stack),
      domainZone: undefined,
      ingress: ApplicationIngress.existingListener(importedListener(stack), { priority: 7, hostHeaders: ['maps.example.com', '*.maps.example.com'] }),
    }));
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerCertificate', { Certificates: [Match.anyValue()] });
    template.hasResourceProperties(RULE, { Conditions: Match.arrayWith([{ Field: 'host-header', HostHeaderConfig: { Values: ['maps.example.com', '*.maps.example.com'] } }]) });
  });

  test('hostHeaders may hold the domain in a pattern', () => {
    expect(dekartError((stack) => ({
      network: ServiceNetwork.fromVpc(existingVpc(stack)),
      domainZone: undefined,
      ingress: ApplicationIngress.existingListener(importedListener(stack), { priority: 7, hostHeaders: ['map?.Example.com'] }),
    }))).toBe('');
  });

  test('a listener of this app brings load balancer, VPC and record', () => {
    const stack = regionStack();
    const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Shared', { vpc: existingVpc(stack) });
    const listener = loadBalancer.addListener('Listener', { port: 443, certificates: [certificateIn(stack)], defaultAction: elbv2.ListenerAction.fixedResponse(404) });
    const dekart = dekartIn(stack, { ingress: ApplicationIngress.existingListener(listener, { priority: 1 }) });
    expect(dekart.loadBalancer).toBe(loadBalancer);
    Template.fromStack(stack).resourceCountIs('AWS::Route53::RecordSet', 1);
  });

  test.each<[string, (stack: Stack) => Parameters<typeof dekartError>[0], RegExp]>([
    ['a listener without TLS', (stack) => ({ ingress: ApplicationIngress.existingListener(importedListener(stack, 80), { priority: 1 }) }), /is not an HTTPS listener, which `authentication` with sign-in needs/],
    ['a listener of this app without TLS', (stack) => ({
      ingress: ApplicationIngress.existingListener(
        new elbv2.ApplicationLoadBalancer(stack, 'Shared', { vpc: existingVpc(stack) }).addListener('L', { port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, defaultAction: elbv2.ListenerAction.fixedResponse(404) }),
        { priority: 1 },
      ),
    }), /is not an HTTPS listener/],
    ['a certificate for a listener without TLS', (stack) => ({
      authentication: DekartAuthentication.none('test'),
      certificate: certificateIn(stack),
      ingress: ApplicationIngress.existingListener(importedListener(stack, 80), { priority: 1 }),
    }), /`certificate` has no use on the listener/],
    ['no name', (stack) => ({ domainName: undefined, domainZone: undefined, ingress: ApplicationIngress.existingListener(importedListener(stack), { priority: 1 }) }), /`domainName` is not set/],
    ['a wrong priority', (stack) => ({ ingress: ApplicationIngress.existingListener(importedListener(stack), { priority: 50_000 }) }), /`priority` must be a whole number from 1 to 49999, got 50000/],
    ['four hosts', (stack) => ({ ingress: ApplicationIngress.existingListener(importedListener(stack), { priority: 1, hostHeaders: ['a', 'b', 'c', 'd'] }) }), /`hostHeaders` must name 1 to 3 hosts, got 4/],
    ['no host', (stack) => ({ ingress: ApplicationIngress.existingListener(importedListener(stack), { priority: 1, hostHeaders: [] }) }), /`hostHeaders` must name 1 to 3 hosts, got 0/],
    ['hosts that the site is not reached by', (stack) => ({
      ingress: ApplicationIngress.existingListener(importedListener(stack), { priority: 1, hostHeaders: ['*.maps.example.com', 'maps.example.org'] }),
    }), /`hostHeaders` take no request for `domainName` maps\.example\.com, got \*\.maps\.example\.com, maps\.example\.org/],
    ['a zone without the load balancer', (stack) => ({ ingress: ApplicationIngress.existingListener(importedListener(stack), { priority: 1 }) }), /`domainZone` gets its record from the load balancer/],
    ['a bucket for logs that nobody writes', (stack) => ({
      domainZone: undefined,
      bucket: new s3.Bucket(stack, 'Data'),
      accessLogsBucket: new s3.Bucket(stack, 'Logs'),
      ingress: ApplicationIngress.existingListener(importedListener(stack), { priority: 1 }),
    }), /`accessLogsBucket` has no use/],
    ['a bucket for logs with a key', (stack) => ({ accessLogsBucket: new s3.Bucket(stack, 'Logs', { encryptionKey: new kms.Key(stack, 'Key') }) }), /`accessLogsBucket` has a customer managed key/],
    ['a web ACL without the load balancer', (stack) => ({ webAcl: DekartWebAcl.managed(), ingress: ApplicationIngress.existingListener(importedListener(stack), { priority: 1 }) }), /`webAcl` needs the load balancer/],
  ])('fails for %s', (_name, changes, expected) => {
    const stack = regionStack();
    expect(dekartError(changes(stack), stack)).toMatch(expected);
  });
});
