import { Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

interface Action {
  readonly type?: string;
}

/**
 * Fails synthesis when a listener or rule of the app leads to the server without sign-in.
 *
 * The server believes the identity that any load balancer signs: a way around the sign-in lets anybody be anybody.
 */
export function refuseForwardsWithoutSignIn(scope: Construct, targetGroup: elbv2.ApplicationTargetGroup): void {
  scope.node.addValidation({
    validate: () => scope.node.root.node.findAll().filter((node) => leadsAround(node as Construct, targetGroup)).map((node) =>
      `'${node.node.path}' forwards to the target group of the site without sign-in; put an action that authenticates before it, or choose DekartAuthentication.none(reason)`),
  });
}

function leadsAround(node: Construct, targetGroup: elbv2.ApplicationTargetGroup): boolean {
  const actions = actionsOf(node);
  const first = actions.findIndex((action) => JSON.stringify(action).includes(logicalIdOf(targetGroup)));
  return first >= 0 && !actions.slice(0, first).some((action) => action.type?.startsWith('authenticate-'));
}

function actionsOf(node: Construct): Action[] {
  if (node instanceof elbv2.CfnListenerRule) return Stack.of(node).resolve(node.actions);
  if (node instanceof elbv2.CfnListener) return Stack.of(node).resolve(node.defaultActions);
  return [];
}

function logicalIdOf(targetGroup: elbv2.ApplicationTargetGroup): string {
  const resource = targetGroup.node.defaultChild as elbv2.CfnTargetGroup;
  return Stack.of(resource).getLogicalId(resource);
}
