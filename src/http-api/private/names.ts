import { createHash } from 'crypto';
import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { conflictIf, Conflicts, isKnown } from '../../private/prop-rules';

const LABEL = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/i;
const NAME_MAX = 253;

/** One part of a DNS name, as RFC 1035 has it. */
export function dnsLabelConflicts(prop: string, label: string | undefined): Conflicts {
  return conflictIf(
    isKnown(label) && !LABEL.test(label),
    `\`${prop}\` must be a DNS label (a letter, then letters, digits and hyphens, 63 at most, no hyphen at the end), got '${label}'${underscoreHint(label)}`,
  );
}

/** A whole DNS name. Underscores are legal in some records and break the URL parsers of several languages. */
export function dnsNameConflicts(prop: string, name: string | undefined): Conflicts {
  return conflictIf(
    isKnown(name) && (name.length > NAME_MAX || !name.split('.').every((label) => LABEL.test(label))),
    `\`${prop}\` must be DNS labels (a letter, then letters, digits and hyphens) joined by dots, got '${name}'${underscoreHint(name)}`,
  );
}

/** The id of a construct as a DNS label. */
export function labelOf(id: string): string {
  const label = id
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return label === '' ? 'service' : label;
}

/**
 * A DNS name that no other namespace of the account and Region has: API Gateway finds instances by name, and of two namespaces with one name
 * only one answers.
 */
export function uniqueNamespaceName(scope: IConstruct): string {
  const { stackName } = outermost(Stack.of(scope));
  const hash = createHash('sha256').update(`${stackName}/${scope.node.addr}`).digest('hex').slice(0, 8);
  return `${labelOf(`${stackName}-${scope.node.id}`).slice(0, 54).replace(/-+$/, '')}-${hash}.internal`;
}

/** The name of a nested stack is known at deployment only, and its path is the same in every environment. */
function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

function underscoreHint(name?: string): string {
  return name?.includes('_') ? '; write a hyphen for each underscore' : '';
}
