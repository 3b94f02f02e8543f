import { Fn, RemovalPolicy, Size, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ApplicationIngress, DekartAuthentication, DekartDataSource, DekartMetadataStore, DekartVersion, DekartWorkspaceRole, ServiceNetwork } from '../../../src';
import { dekartError, siteDomain } from '../../support/dekart';
import { existingVpc, regionStack } from '../../support/fixtures';

describe('conflicts', () => {
  test('fails with all of them at once, before anything is made', () => {
    const stack = regionStack();
    const message = dekartError({ licenseKey: undefined, cpu: 300, domainName: 'Maps.example.com', environment: { CI: '1' } }, stack);
    for (const part of ['5 conflicts', 'licenseKey', '`cpu`', '`domainName`', 'CI']) expect(message).toContain(part);
    expect(stack.node.findChild('Maps').node.children).toEqual([]);
  });

  test('fails without a licence key, and names every way out', () => {
    const message = dekartError({ licenseKey: undefined, authentication: DekartAuthentication.none('test') });
    for (const part of ['`licenseKey`', 'DekartMetadataStore.sqliteOnEfs()', 'DekartVersion.V0_22_1', 'SHARED']) expect(message).toContain(part);
  });

  test.each<[string, Parameters<typeof dekartError>[0], RegExp]>([
    ['ARM64 on 0.22.1', { version: DekartVersion.V0_22_1, cpuArchitecture: ecs.CpuArchitecture.ARM64 }, /`cpuArchitecture` ARM64 does not fit Dekart 0\.22\.1/],
    ['SQLite on 0.22.1', { version: DekartVersion.V0_22_1, metadataStore: DekartMetadataStore.sqliteOnEfs() }, /`metadataStore` SQLite is not safe on Dekart 0\.22\.1/],
    ['a role without an administrator', { defaultWorkspaceRole: DekartWorkspaceRole.VIEWER }, /`defaultWorkspaceRole` viewer has no effect without `workspaceAdmin`/],
    ['an administrator who is no address', { workspaceAdmin: 'ada' }, /`workspaceAdmin` must be an e-mail address, got 'ada'/],
    ['an upload size of nothing', { maxFileUploadSize: Size.bytes(0) }, /`maxFileUploadSize` must be at least one byte, got 0/],
    ['sizes that Fargate refuses', { cpu: 256, memoryLimitMiB: 4096 }, /`memoryLimitMiB` must fit `cpu` 256/],
    ['user connections with copies in the bucket', { dataSource: DekartDataSource.userConnections(), metadataStore: DekartMetadataStore.sqliteWithBackups() }, /sqliteWithBackups copies to the bucket/],
    ['a public image without the internet', { network: ServiceNetwork.isolatedTasks() }, /isolatedTasks leaves no way to the public image/],
    ['a domain without zone and certificate', { domainZone: undefined }, /`domainName` maps\.example\.com has neither `domainZone` nor `certificate`/],
    ['a zone that does not hold the domain', { domainName: 'maps.example.org' }, /`domainName` maps\.example\.org is not in `domainZone` example\.com/],
    ['an upper-case host', { domainName: 'Maps.example.com' }, /`domainName` must be a host name in lower case .* got 'Maps\.example\.com'/],
    ['a removal policy of databases only', { removalPolicy: RemovalPolicy.SNAPSHOT }, /`removalPolicy` SNAPSHOT does not fit buckets and logs/],
    ['sign-in without a domain', { domainName: undefined, domainZone: undefined }, /`authentication` with sign-in needs HTTPS/],
  ])('fails for %s', (_name, changes, expected) => {
    expect(dekartError(changes)).toMatch(expected);
  });

  test('fails for a VPC without the subnets that a public load balancer or a database needs', () => {
    expect(dekartError((stack) => ({ network: ServiceNetwork.fromVpc(existingVpc(stack, { private: true })) }))).toMatch(/`network` has no public subnets/);
    expect(dekartError((stack) => {
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Small', {
        vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['eu-central-1a'], publicSubnetIds: ['subnet-0123456789abcdef0'],
      });
      return { network: ServiceNetwork.fromVpc(vpc) };
    })).toMatch(/`network` has no subnets in two Availability Zones for the database/);
  });

  test('fails for a load balancer in one zone only', () => {
    expect(dekartError({ network: ServiceNetwork.publicTasks({ maxAzs: 1 }) })).toMatch(/`maxAzs` of `network` must be 2 at least for a load balancer, got 1/);
    const small = (stack: Stack) => ec2.Vpc.fromVpcAttributes(stack, 'Small', {
      vpcId: 'vpc-0123456789abcdef0',
      vpcCidrBlock: '10.0.0.0/16',
      availabilityZones: ['eu-central-1a'],
      publicSubnetIds: ['subnet-0123456789abcdef0'],
      privateSubnetIds: ['subnet-0123456789abcdef1'],
    });
    for (const publicLoadBalancer of [true, false]) {
      expect(dekartError((stack) => ({
        network: ServiceNetwork.fromVpc(small(stack)),
        ingress: ApplicationIngress.newLoadBalancer({ publicLoadBalancer }),
        metadataStore: DekartMetadataStore.sqliteOnEfs(),
      }))).toMatch(/`network` has no subnets in two Availability Zones for the load balancer/);
    }
  });

  test('zones that are not known pass', () => {
    expect(dekartError((stack) => {
      const subnets = ['0', '1'].map((end) => ec2.Subnet.fromSubnetId(stack, `Subnet${end}`, `subnet-0123456789abcde0${end}`));
      return { network: ServiceNetwork.fromVpc(existingVpc(stack), { ingressSubnets: { subnets }, databaseSubnets: { subnets } }) };
    })).toBe('');
    expect(dekartError((stack) => {
      const list = (name: string) => Fn.split(',', Fn.importValue(name));
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Listed', { vpcId: Fn.importValue('vpc'), availabilityZones: list('zones'), publicSubnetIds: list('public') });
      return { network: ServiceNetwork.fromVpc(vpc) };
    })).toBe('');
  });

  test('Tokens pass', () => {
    expect(dekartError((stack) => ({
      workspaceAdmin: Token.asString({ Ref: 'Admin' }),
      cpu: Token.asNumber({ Ref: 'Cpu' }),
      domainName: Token.asString({ Ref: 'Domain' }),
      environment: { DEKART_STREAM_TIMEOUT: Token.asString({ Ref: 'Timeout' }) },
      dataSource: DekartDataSource.athena({ databases: [Token.asString({ Ref: 'Database' })], resultPrefix: Token.asString({ Ref: 'Prefix' }) }),
      domainZone: siteDomain(new Stack(stack, 'Other')).domainZone,
    }))).toBe('');
  });
});
