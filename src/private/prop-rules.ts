import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** What a rule found: a message for each conflict, none when the props are fine. */
export type Conflicts = readonly string[];

/**
 * Throws one error that names every conflict, so that a user mends all of them in one go.
 *
 * Call it before the first child is made: then nothing is half built.
 */
export function throwOnConflicts(construct: Construct, ...rules: Conflicts[]): void {
  throwConflicts(`${construct.constructor.name} '${construct.node.path}'`, ...rules);
}

/** The same for a value that is not part of a construct yet, such as a choice. */
export function throwConflicts(subject: string, ...rules: Conflicts[]): void {
  const conflicts = rules.flat();
  if (conflicts.length === 0) return;
  throw new Error(
    conflicts.length === 1
      ? `${subject}: ${conflicts[0]}`
      : `${subject} has ${conflicts.length} conflicts:\n${conflicts.map((conflict) => `- ${conflict}`).join('\n')}`,
  );
}

/** Message when `broken`, else nothing. */
export function conflictIf(broken: boolean, message: string): Conflicts {
  return broken ? [message] : [];
}

/** Whether the value is there and known at synthesis, so that a rule can look at it. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}

/** Whether two values are surely not the same: a Token may turn out to be either. */
export function knownToDiffer(one: string | undefined, other: string | undefined): boolean {
  return isKnown(one) && isKnown(other) && one !== other;
}

/** A whole number in a range; Tokens and unset values pass. */
export function numberConflicts(prop: string, value: number | undefined, min: number, max: number, unit = ''): Conflicts {
  if (!isKnown(value) || (Number.isInteger(value) && value >= min && value <= max)) return [];
  return [`\`${prop}\` must be a whole number from ${min} to ${max}${unit && ` ${unit}`}, got ${value}`];
}

/** Names that are set in the plain environment and as a secret: the container would be refused. */
export function environmentConflicts(environment: { [name: string]: string } = {}, secrets: { [name: string]: unknown } = {}): Conflicts {
  return Object.keys(environment)
    .filter((name) => name in secrets)
    .map((name) => `\`environment\` and \`secrets\` both set ${name}; keep it in one of them`);
}
