import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { apiOf, EGRESS, NAMESPACE, SERVICE, serviceOf, VPC_LINK } from './fixtures';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi, ServiceNetwork } from '../../src';
import { existingVpc, only, regionStack } from '../support/fixtures';

describe('the name of the namespace', () => {
  const nameIn = (id: string, stackName?: string) => {
    const stack = regionStack(id, { stackName });
    new CloudMapHttpApi(stack, 'Api', { network: ServiceNetwork.fromVpc(existingVpc(stack)) });
    return only(Template.fromStack(stack), NAMESPACE).Name as string;
  };

  test('tells stacks apart, also those of one id with different names', () => {
    const names = [nameIn('Shop'), nameIn('ShopStaging'), nameIn('Shop', 'shop-prod'), nameIn('Shop', 'shop-test')];
    expect(new Set(names).size).toBe(4);
    names.forEach((name) => expect(name).toMatch(/^[a-z][a-z0-9-]{0,62}\.internal$/));
  });

  test('is the same every time, and legal when stack names are long', () => {
    expect(nameIn('Shop')).toBe(nameIn('Shop'));
    expect(nameIn('Shop', 'S'.repeat(120))).toMatch(/^[a-z][a-z0-9-]{0,62}\.internal$/);
  });
});

test('metrics have the dimensions of API and stage', () => {
  const { api, stack } = apiOf();
  const dimensions = { ApiId: stack.resolve(api.httpApi.apiId), Stage: '$default' };
  [
    [api.metricCount(), 'Count', 'SampleCount'], [api.metricClientError(), '4xx', 'Sum'], [api.metricServerError(), '5xx', 'Sum'],
    [api.metricLatency(), 'Latency', 'Average'], [api.metricIntegrationLatency(), 'IntegrationLatency', 'Average'],
  ].forEach(([metric, metricName, statistic]) => {
    expect(stack.resolve(metric)).toMatchObject({ namespace: 'AWS/ApiGateway', metricName, statistic, dimensions });
  });
});

test('two APIs share a link: the group of the first gets the rules for the services of both', () => {
  const stack = regionStack();
  const first = apiOf({}, stack).api;
  const second = new CloudMapHttpApi(stack, 'Second', {
    cluster: first.cluster, cloudMapNamespace: first.cloudMapNamespace, vpcLink: first.vpcLink, vpcLinkSecurityGroup: first.vpcLinkSecurityGroup,
  });
  serviceOf({ api: second }, {}, stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs(VPC_LINK, 1);
  template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { GroupId: stack.resolve(first.vpcLinkSecurityGroup.securityGroupId), FromPort: 80 });
});

test('the URL in a stack without a Region holds no concrete one', () => {
  const stack = new Stack();
  const api = new CloudMapHttpApi(stack, 'Api');
  expect(stack.resolve(api.url)).toEqual({ 'Fn::GetAtt': [expect.any(String), 'ApiEndpoint'] });
});

test('services that share a group and a port open the link to it once', () => {
  const { stack, api } = apiOf();
  const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Mine', 'sg-0123456789abcdef0');
  [['Users', 80], ['Orders', 80], ['Carts', 8080]].forEach(([id, containerPort]) => {
    new ApiGatewayCloudMapFargateService(stack, `${id}`, { ...SERVICE, api, path: `/${id}`, containerPort: Number(containerPort), securityGroups: [group] });
  });
  const ports = Object.values(Template.fromStack(stack).findResources(EGRESS)).map((rule) => rule.Properties.FromPort);
  expect(ports).toEqual([80, 8080]);
});
