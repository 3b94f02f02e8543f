import { DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, StringConcat, Tokenization } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

const MARK = '<target group of the site>';

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
  const actions = actionsOf(node, new TargetMarker(targetGroup));
  const first = actions.findIndex((action) => JSON.stringify(action).includes(MARK));
  return first >= 0 && !actions.slice(0, first).some((action) => action.type?.startsWith('authenticate-'));
}

function actionsOf(scope: Construct, resolver: TargetMarker): Action[] {
  const actions = scope instanceof elbv2.CfnListenerRule ? scope.actions : scope instanceof elbv2.CfnListener ? scope.defaultActions : [];
  return Tokenization.resolve(actions, { scope, resolver, preparing: false });
}

/** Marks what refers to the target group. Its logical id would not tell: another stack may have a target group of the same one. */
class TargetMarker extends DefaultTokenResolver {
  constructor(private readonly targetGroup: elbv2.ApplicationTargetGroup) {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token) && token.target === this.targetGroup.node.defaultChild) return MARK;
    return super.resolveToken(token, context, postProcessor);
  }
}
