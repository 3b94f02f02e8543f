import { Aws, Fn } from 'aws-cdk-lib';

/**
 * Ends the name of something that is retained: it keeps its name when its stack goes, and the first part of the stack's id tells the next
 * stack of the same name apart.
 */
export function withStackSuffix(name: string): string {
  return `${name}-${Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))))}`;
}
