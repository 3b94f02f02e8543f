import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { knownToDiffer } from './prop-rules';
import { withStackSuffix } from './stack-suffix';

export interface ServiceLogGroupProps {
  readonly retention?: logs.RetentionDays;
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Puts the name under the prefix that AWS services deliver to without a statement of their own in the account's resource policy for logs,
   * which holds 5,120 characters.
   */
  readonly vended?: boolean;
  /** Beginning of a name that the writing service asks for; the id of the stack is put behind it. */
  readonly name?: string;
}

/** A log group with a retention, which its key admits. */
export function serviceLogGroup(scope: Construct, id: string, props: ServiceLogGroupProps): logs.LogGroup {
  if (props.encryptionKey) admitLogs(scope, props.encryptionKey);
  return new logs.LogGroup(scope, id, {
    logGroupName: nameOf(scope, id, props),
    retention: props.retention ?? logs.RetentionDays.ONE_YEAR,
    encryptionKey: props.encryptionKey,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
  });
}

function nameOf(scope: Construct, id: string, props: ServiceLogGroupProps): string | undefined {
  const name = props.vended ? `/aws/vendedlogs/${uniqueName(scope)}-${id}` : props.name;
  return name === undefined ? undefined : withStackSuffix(name);
}

function uniqueName(scope: Construct): string {
  return Names.uniqueResourceName(scope, { maxLength: 200, separator: '-', allowedSpecialCharacters: '-' });
}

/** The L2 log group leaves this to the user; without it the deployment fails. A key that was imported is not changed. */
function admitLogs(scope: Construct, key: kms.IKey): void {
  const stack = Stack.of(scope);
  const { region } = key.env;
  if (knownToDiffer(region, stack.region)) {
    throw new Error(`\`encryptionKey\` of ${scope.node.path} is in ${region}, and log groups take keys of their own Region only; pass a key of ${stack.region}`);
  }
  const principals = [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)];
  key.addToResourcePolicy(new iam.PolicyStatement({
    principals,
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
    resources: ['*'],
    conditions: { StringLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: '*' }) } },
  }));
  // knows no encryption context: under the condition it would never be allowed
  key.addToResourcePolicy(new iam.PolicyStatement({ principals, actions: ['kms:DescribeKey'], resources: ['*'] }));
}
