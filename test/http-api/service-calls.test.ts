import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { EGRESS, INGRESS, SERVICE, twoStacks } from './fixtures';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi } from '../../src';

/** A service in the stack of the API, and one in another stack with a group of its own stack. */
function usersAndOrders() {
  const [shared, team] = twoStacks();
  const api = new CloudMapHttpApi(shared, 'Api');
  const users = new ApiGatewayCloudMapFargateService(shared, 'Users', { ...SERVICE, api, path: '/users' });
  const group = new ec2.SecurityGroup(team, 'Mine', { vpc: api.vpc, allowAllOutbound: false });
  const orders = new ApiGatewayCloudMapFargateService(team, 'Orders', { ...SERVICE, api, path: '/orders', containerPort: 8080, securityGroups: [group] });
  return { shared, team, users, orders };
}

/** Rules of a stack that are about calls. */
function calls(stack: Stack, type: string): object[] {
  return Object.values(Template.fromStack(stack).findResources(type)).map((rule) => rule.Properties).filter(({ Description }) => Description.startsWith('Calls from'));
}

test('a caller with a given group: only the group of the called service gets a rule, from the stack of the caller', () => {
  const { shared, team, users, orders } = usersAndOrders();
  users.allowFromService(orders);
  users.allowFromService(orders);
  expect(() => App.of(team)!.synth()).not.toThrow();
  expect(shared.dependencies).toEqual([]);
  expect(calls(team, INGRESS)).toEqual([expect.objectContaining({ FromPort: 80, SourceSecurityGroupId: { 'Fn::GetAtt': [expect.stringContaining('Mine'), 'GroupId'] } })]);
  expect(calls(team, EGRESS)).toEqual([]);
});

test('a called service with a given group: only the group of the caller gets a rule', () => {
  const { shared, team, users, orders } = usersAndOrders();
  orders.allowFromService(users);
  expect(() => App.of(team)!.synth()).not.toThrow();
  expect(shared.dependencies).toEqual([]);
  expect(calls(team, EGRESS)).toEqual([expect.objectContaining({ FromPort: 8080, DestinationSecurityGroupId: { 'Fn::GetAtt': [expect.stringContaining('Mine'), 'GroupId'] } })]);
  expect(calls(team, INGRESS)).toEqual([]);
});

test('a caller that lets everything out gets no rule', () => {
  const { team, users, orders } = usersAndOrders();
  const open = new ApiGatewayCloudMapFargateService(Stack.of(users), 'Open', { ...SERVICE, api: users.api, path: '/open', allowAllOutbound: true });
  orders.allowFromService(open);
  expect(calls(team, EGRESS)).toEqual([]);
});

test('services may call each other', () => {
  const { shared, team, users, orders } = usersAndOrders();
  users.allowFromService(orders);
  orders.allowFromService(users);
  expect([...calls(team, INGRESS), ...calls(team, EGRESS)]).toHaveLength(2);
  expect(shared.dependencies).toEqual([]);
});
