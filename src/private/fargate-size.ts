import { Conflicts, isKnown } from './prop-rules';

const GIB = 1024;

/**
 * Memory in MiB that Fargate takes with each number of CPU units.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
const MEMORY: { readonly [cpu: number]: { readonly min: number; readonly max: number; readonly step: number } } = {
  256: { min: GIB / 2, max: 2 * GIB, step: GIB },
  512: { min: GIB, max: 4 * GIB, step: GIB },
  1024: { min: 2 * GIB, max: 8 * GIB, step: GIB },
  2048: { min: 4 * GIB, max: 16 * GIB, step: GIB },
  4096: { min: 8 * GIB, max: 30 * GIB, step: GIB },
  8192: { min: 16 * GIB, max: 60 * GIB, step: 4 * GIB },
  16384: { min: 32 * GIB, max: 120 * GIB, step: 8 * GIB },
};

/** Pairs of `cpu` and `memoryLimitMiB` that Fargate refuses. */
export function fargateSizeConflicts(cpu: number, memoryLimitMiB: number): Conflicts {
  if (!isKnown(cpu)) return [];
  const memory = MEMORY[cpu];
  if (memory === undefined) {
    return [`\`cpu\` must be one of ${Object.keys(MEMORY).join(', ')} units, got ${cpu}`];
  }
  if (!isKnown(memoryLimitMiB) || memoryLimitMiB === memory.min) return [];
  const { min, max, step } = memory;
  if (memoryLimitMiB > min && memoryLimitMiB <= max && memoryLimitMiB % step === 0) return [];
  return [
    `\`memoryLimitMiB\` must fit \`cpu\` ${cpu}: ${min}, or a multiple of ${step} up to ${max}, got ${memoryLimitMiB}`,
  ];
}
