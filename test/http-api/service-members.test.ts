import { Aspects, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { apiOf, ECS_SERVICE, EGRESS, INGRESS, SERVICE, serviceOf } from './fixtures';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi, FargateWorkload } from '../../src';
import { containerOf, IMAGE, only, regionStack } from '../support/fixtures';

describe('members', () => {
  test('the url is that of the API with the path', () => {
    const { stack, service, api } = serviceOf({ path: '/users' });
    expect(stack.resolve(service.url)).toEqual({ 'Fn::Join': ['', [stack.resolve(api.url), '/users']] });
  });

  test.each([['/', '/'], ['/users/{proxy+}', '/users/'], ['$default', '/']])('the url of path %s ends with %s', (path, end) => {
    const { stack, service } = serviceOf({ path });
    expect(stack.resolve(service.url)['Fn::Join'][1][1]).toBe(end);
  });

  test('addEnvironment, addSecret and addSidecar', () => {
    const { service, template, stack } = serviceOf();
    service.addEnvironment('A', 'b');
    service.addSecret('TOKEN', ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Secret')));
    service.addSidecar('proxy', { image: IMAGE, memoryLimitMiB: 64 });
    expect(containerOf(template())).toMatchObject({ Environment: [{ Name: 'A', Value: 'b' }], Secrets: [{ Name: 'TOKEN' }], Memory: 448 });
    expect(containerOf(template(), 'proxy').Memory).toBe(64);
  });

  test('it is a grantee and has connections', () => {
    const { service, template, stack } = serviceOf();
    new s3.Bucket(stack, 'Bucket').grants.read(service);
    service.connections.allowTo(ec2.Peer.ipv4('10.1.0.0/16'), ec2.Port.tcp(5432));
    template().hasResourceProperties('AWS::IAM::Policy', { Roles: [stack.resolve((service.workload.taskDefinition.taskRole as iam.Role).roleName)] });
    template().hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupEgress: Match.arrayWith([Match.objectLike({ FromPort: 5432 })]) });
  });

  test('allowFromService opens the port to the tasks of the other service only', () => {
    const { service, stack, template } = serviceOf({ path: '/users', containerPort: 8080 });
    const orders = new ApiGatewayCloudMapFargateService(stack, 'Orders', { ...SERVICE, api: service.api, path: '/orders' });
    service.allowFromService(orders);
    template().hasResourceProperties(INGRESS, {
      GroupId: stack.resolve(service.workload.securityGroup!.securityGroupId),
      SourceSecurityGroupId: stack.resolve(orders.workload.securityGroup!.securityGroupId),
      FromPort: 8080,
    });
    template().hasResourceProperties(EGRESS, { GroupId: stack.resolve(orders.workload.securityGroup!.securityGroupId), FromPort: 8080 });
  });

  test('descriptions of groups and rules hold what EC2 takes, whatever the ids', () => {
    const stack = regionStack();
    new ApiGatewayCloudMapFargateService(stack, `Größe-${'x'.repeat(300)}`, SERVICE);
    const resources = Object.values<any>(Template.fromStack(stack).toJSON().Resources).filter(({ Type }) => Type.startsWith('AWS::EC2::SecurityGroup'));
    expect(resources).toHaveLength(4);
    resources.map(({ Properties }) => Properties.GroupDescription ?? Properties.Description)
      .forEach((description) => expect(description).toMatch(/^[\w ./:()#,@[\]+=&;{}!$*-]{1,255}$/));
  });

  test('names stay in their limits, whatever the ids', () => {
    const stack = regionStack();
    const { api } = apiOf({ detailedMetricsEnabled: true }, stack);
    const service = new ApiGatewayCloudMapFargateService(stack, `Users${'x'.repeat(300)}`, { ...SERVICE, api });
    service.autoScaleTaskCount({ maxCapacity: 4 });
    service.scaleOnRequestsPerTask({ requestsPerTask: 1 });
    new CloudMapHttpApi(stack, `Second${'x'.repeat(300)}`);
    const template = Template.fromStack(stack);
    expect(only(template, 'AWS::ApplicationAutoScaling::ScalingPolicy').PolicyName.length).toBeLessThanOrEqual(256);
    ['AWS::ApiGatewayV2::VpcLink', 'AWS::ApiGatewayV2::Api'].flatMap((type) => Object.values(template.findResources(type)))
      .forEach(({ Properties }) => expect(Properties.Name).toMatch(/^.{1,128}$/));
  });

  test('tags reach the tasks', () => {
    const { stack, template } = serviceOf();
    Tags.of(stack).add('team', 'shop');
    expect(only(template(), ECS_SERVICE)).toMatchObject({ PropagateTags: 'SERVICE', Tags: [{ Key: 'team', Value: 'shop' }] });
  });

  test('aspects may change the workload', () => {
    const { stack, template } = serviceOf();
    Aspects.of(stack).add({ visit: (node) => { if (node instanceof FargateWorkload) node.addEnvironment('FROM', 'aspect'); } });
    expect(containerOf(template()).Environment).toEqual([{ Name: 'FROM', Value: 'aspect' }]);
  });
});

