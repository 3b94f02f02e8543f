import { Lazy } from 'aws-cdk-lib';
import { fargateSizeConflicts } from '../../src/private/fargate-size';

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
test.each([
  [256, 512], [256, 1024], [256, 2048],
  [512, 1024], [512, 4096],
  [1024, 2048], [1024, 8192],
  [2048, 4096], [2048, 16384],
  [4096, 8192], [4096, 30720],
  [8192, 16384], [8192, 20480], [8192, 61440],
  [16384, 32768], [16384, 40960], [16384, 122880],
])('%i CPU units take %i MiB', (cpu, memory) => {
  expect(fargateSizeConflicts(cpu, memory)).toEqual([]);
});

test.each([
  [256, 511], [256, 513], [256, 1536], [256, 3072], [512, 512], [512, 5120], [1024, 1024], [1024, 9216],
  [2048, 3072], [4096, 31744], [8192, 17408], [8192, 65536], [16384, 36864], [16384, 131072],
])('fails for %i CPU units with %i MiB', (cpu, memory) => {
  expect(fargateSizeConflicts(cpu, memory)).toEqual([expect.stringMatching(new RegExp(`^\`memoryLimitMiB\` must fit \`cpu\` ${cpu}: .* got ${memory}$`))]);
});

test('fails for CPU units that Fargate does not have', () => {
  expect(fargateSizeConflicts(300, 512)).toEqual(['`cpu` must be one of 256, 512, 1024, 2048, 4096, 8192, 16384 units, got 300']);
});

test('Tokens pass', () => {
  const token = Lazy.number({ produce: () => 1 });
  expect([...fargateSizeConflicts(token, 1), ...fargateSizeConflicts(256, token)]).toEqual([]);
});
