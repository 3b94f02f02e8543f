import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { FargateWorkload } from '../../src';
import { containerOf, IMAGE, regionStack } from '../support/fixtures';

test('environmentFiles: the container has them and the execution role may read exactly them', () => {
  const stack = regionStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'settings');
  new FargateWorkload(stack, 'Workload', { image: IMAGE, environmentFiles: [ecs.EnvironmentFile.fromBucket(bucket, 'shop/users.env')] });
  const template = Template.fromStack(stack);
  const arn = (path: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::settings${path}`]] });
  expect(containerOf(template).EnvironmentFiles).toEqual([{ Type: 's3', Value: arn('/shop/users.env') }]);
  const statements = Object.values<any>(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(statements).toContainEqual({ Effect: 'Allow', Action: 's3:GetObject', Resource: arn('/shop/users.env') });
  expect(statements).toContainEqual({ Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: arn('') });
});

test('without them there is neither', () => {
  const stack = regionStack();
  new FargateWorkload(stack, 'Workload', { image: IMAGE });
  expect(containerOf(Template.fromStack(stack))).not.toHaveProperty('EnvironmentFiles');
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).not.toContain('s3:GetObject');
});
