import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { DekartAuthentication, DekartOnFargate } from '../../src';
import { dekartIn } from '../support/dekart';
import { regionStack } from '../support/fixtures';

const env = { region: 'eu-central-1' };

function openRule(scope: Construct, dekart: DekartOnFargate): void {
  new elbv2.CfnListenerRule(scope, 'Open', {
    listenerArn: dekart.listener.listenerArn,
    priority: 1,
    conditions: [{ field: 'path-pattern', values: ['/public/*'] }],
    actions: [{ type: 'forward', targetGroupArn: dekart.targetGroup.targetGroupArn }],
  });
}

test('fails for a rule of the app that forwards without it', () => {
  const stack = regionStack();
  const dekart = dekartIn(stack);
  new elbv2.ApplicationListenerRule(stack, 'Open', {
    listener: dekart.listener, priority: 1, conditions: [elbv2.ListenerCondition.pathPatterns(['/public/*'])], action: elbv2.ListenerAction.forward([dekart.targetGroup]),
  });
  expect(() => Template.fromStack(stack)).toThrow(/'Stack\/Open\/Resource' forwards to the target group of the site without sign-in/);
});

test('fails for a listener that forwards by default, and says nothing without sign-in', () => {
  const open = (authentication: DekartAuthentication) => {
    const stack = regionStack();
    const dekart = dekartIn(stack, { authentication });
    (dekart.loadBalancer as elbv2.ApplicationLoadBalancer).addListener('Open', {
      port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, open: false, defaultAction: elbv2.ListenerAction.forward([dekart.targetGroup]),
    });
    return () => Template.fromStack(stack);
  };
  expect(open(DekartAuthentication.newUserPool())).toThrow(/forwards to the target group of the site without sign-in/);
  expect(open(DekartAuthentication.none('a test'))).not.toThrow();
});

test.each<[string, (stack: Stack) => Construct]>([
  ['another stack', (stack) => new Stack(stack.node.root, 'Rules', { env })],
  ['a nested stack', (stack) => new NestedStack(stack, 'Rules')],
])('fails for a rule of %s', (_name, scopeOf) => {
  const stack = regionStack();
  openRule(scopeOf(stack), dekartIn(stack));
  expect(() => (stack.node.root as App).synth()).toThrow(/Rules\/Open' forwards to the target group of the site without sign-in/);
});

test('a site of the same id in another stack may do without', () => {
  const app = new App();
  dekartIn(new Stack(app, 'Closed', { env }));
  dekartIn(new Stack(app, 'Open', { env }), { authentication: DekartAuthentication.none('a test') });
  expect(() => app.synth()).not.toThrow();
});
