import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { containerOf, regionStack } from './fixtures';
import { DekartAuthentication, DekartDataSource, DekartOnFargate, DekartOnFargateProps } from '../../src';

/** A secret that exists, by its name. */
export function secretOf(stack: Stack, name: string): ecs.Secret {
  const stored = stack.node.tryFindChild(name) as secretsmanager.ISecret | undefined;
  return ecs.Secret.fromSecretsManager(stored ?? secretsmanager.Secret.fromSecretNameV2(stack, name, name));
}

/** Domain and zone of the site in the tests. */
export function siteDomain(stack: Stack) {
  return {
    domainName: 'maps.example.com',
    domainZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' }),
  };
}

/** The smallest use, and what a test changes of it. */
export function dekartIn(stack: Stack, changes: Partial<DekartOnFargateProps> = {}): DekartOnFargate {
  return new DekartOnFargate(stack, 'Maps', {
    ...siteDomain(stack),
    licenseKey: secretOf(stack, 'license'),
    authentication: DekartAuthentication.newUserPool(),
    dataSource: DekartDataSource.athena(),
    ...changes,
  });
}

/** The template of the smallest use with changes. */
export function dekartTemplate(changes: Partial<DekartOnFargateProps> | ((stack: Stack) => Partial<DekartOnFargateProps>) = {}, stack = regionStack()): Template {
  dekartIn(stack, typeof changes === 'function' ? changes(stack) : changes);
  return Template.fromStack(stack);
}

/** What keeps these changes from being built. */
export function dekartError(changes: Partial<DekartOnFargateProps> | ((stack: Stack) => Partial<DekartOnFargateProps>), stack = regionStack()): string {
  try {
    dekartIn(stack, typeof changes === 'function' ? changes(stack) : changes);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

/** Plain variables of the server. */
export function plainOf(template: Template): { [name: string]: any } {
  return Object.fromEntries(containerOf(template, 'dekart').Environment.map((entry: any) => [entry.Name, entry.Value]));
}

/** Names of the secret variables of the server. */
export function secretNamesOf(template: Template): string[] {
  return (containerOf(template, 'dekart').Secrets ?? []).map((entry: any) => entry.Name).sort();
}

/** Statements of the task role. */
export function taskStatements(template: Template): any[] {
  return Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.includes('TaskRole'))
    .flatMap(([, policy]: [string, any]) => policy.Properties.PolicyDocument.Statement);
}

/** Every way that a security group opens to a range of addresses, or to another group. */
export function securityRules(template: Template, kind: 'Ingress' | 'Egress'): { group: string; from: number; to: number; peer: string }[] {
  const name = (ref: any) => (ref?.['Fn::GetAtt']?.[0] ?? JSON.stringify(ref)).replace(/^Maps|[0-9A-F]{8}$/g, '');
  const inline = Object.entries(template.findResources('AWS::EC2::SecurityGroup')).flatMap(([id, group]: [string, any]) =>
    (group.Properties[`SecurityGroup${kind}`] ?? []).filter((rule: any) => rule.IpProtocol !== 'icmp').map((rule: any) => ({
      group: name({ 'Fn::GetAtt': [id] }),
      from: rule.FromPort,
      to: rule.ToPort,
      peer: rule.CidrIp ?? rule.CidrIpv6 ?? name(rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId),
    })));
  const separate = Object.values(template.findResources(`AWS::EC2::SecurityGroup${kind}`)).map(({ Properties: rule }: any) => ({
    group: name(rule.GroupId), from: rule.FromPort, to: rule.ToPort, peer: rule.CidrIp ?? name(rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId),
  }));
  return [...inline, ...separate].sort((a, b) => `${a.group}${a.from}${a.peer}`.localeCompare(`${b.group}${b.from}${b.peer}`));
}
