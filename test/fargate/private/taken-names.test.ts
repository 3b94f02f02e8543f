import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { FargateWorkload } from '../../../src';
import { containerOf, IMAGE, regionStack } from '../../support/fixtures';

function workload() {
  const stack = regionStack();
  const secret = ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Secret'));
  const made = new FargateWorkload(stack, 'Workload', { image: IMAGE, environment: { PLAIN: '1' }, secrets: { SECRET: secret }, scratchPaths: ['/tmp'] });
  return { stack, secret, made };
}

test('a plain variable may be set again', () => {
  const { stack, made } = workload();
  made.addEnvironment('PLAIN', '2');
  expect(containerOf(Template.fromStack(stack)).Environment).toEqual([{ Name: 'PLAIN', Value: '2' }]);
});

test('fails for a plain variable that is a secret', () => {
  expect(() => workload().made.addEnvironment('SECRET', '1')).toThrow('`environment` cannot set SECRET, which is a secret already; keep it in one of them');
});

test('fails for a secret that is a plain variable, also one that came later', () => {
  const { made, secret } = workload();
  made.addEnvironment('LATER', '1');
  ['PLAIN', 'LATER'].forEach((name) => expect(() => made.addSecret(name, secret)).toThrow(`\`secrets\` cannot set ${name}, which is a plain variable already`));
});

test('fails for a secret that is set twice', () => {
  const { made, secret } = workload();
  expect(() => made.addSecret('SECRET', secret)).toThrow('`secrets` set SECRET already; name each secret once');
});

test.each(['data', 'scratch-0'])('fails for a second volume called %s', (name) => {
  const { stack, made } = workload();
  const fileSystem = new efs.FileSystem(stack, 'Files', { vpc: made.vpc });
  const options = { fileSystem, accessPoint: fileSystem.addAccessPoint('Data'), containerPath: '/data' };
  made.mountEfs('data', options);
  expect(() => made.mountEfs(name, options)).toThrow(`\`name\` ${name} belongs to another volume of the task; give this one another name`);
});
