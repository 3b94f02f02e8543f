import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';

/** An image that no test pulls. */
export const IMAGE = ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29');

/** A stack that knows its Region, as most are. */
export function regionStack(id = 'Stack', props: StackProps = {}): Stack {
  return new Stack(new App(), id, { env: { region: 'eu-central-1' }, ...props });
}

export interface VpcTiers {
  readonly public?: boolean;
  readonly private?: boolean;
  readonly isolated?: boolean;
}

/** A VPC that exists, with the subnet tiers that are asked for. */
export function existingVpc(stack: Stack, tiers: VpcTiers = { public: true, private: true, isolated: true }): ec2.IVpc {
  const ids = (tier: string) => [1, 2].map((n) => `subnet-${tier}${'0'.repeat(16 - tier.length)}${n}`);
  return ec2.Vpc.fromVpcAttributes(stack, 'ExistingVpc', {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    ...(tiers.public && { publicSubnetIds: ids('a') }),
    ...(tiers.private && { privateSubnetIds: ids('b') }),
    ...(tiers.isolated && { isolatedSubnetIds: ids('c') }),
  });
}

/** The text of every warning that synthesis gives. */
export function warnings(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map((entry) => String(entry.entry.data));
}

/** Properties of the only resource of a type. */
export function only(template: Template, type: string): any {
  const found = Object.values(template.findResources(type));
  expect(found).toHaveLength(1);
  return found[0].Properties;
}

/** The container of a name in the only task definition. */
export function containerOf(template: Template, name = 'app'): any {
  const container = only(template, 'AWS::ECS::TaskDefinition').ContainerDefinitions.find((each: any) => each.Name === name);
  expect(container).toBeDefined();
  return container;
}
