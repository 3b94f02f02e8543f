import { RemovalPolicy, Size } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DekartVersion, DekartWorkspaceRole, ServiceNetwork } from '../../src';
import { dekartIn, dekartTemplate, plainOf, secretNamesOf, secretOf, securityRules, taskStatements } from '../support/dekart';
import { containerOf, existingVpc, IMAGE, regionStack } from '../support/fixtures';

const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';

describe('each prop reaches the template', () => {
  test('version and image', () => {
    expect(containerOf(dekartTemplate({ version: DekartVersion.of('0.23.1') }), 'dekart').Image).toBe('dekartxyz/dekart:0.23.1');
    expect(containerOf(dekartTemplate({ image: IMAGE }), 'dekart').Image).toBe('public.ecr.aws/nginx/nginx:1.29');
  });

  test('mapboxToken is a secret variable, and absent without', () => {
    expect(secretNamesOf(dekartTemplate((stack) => ({ mapboxToken: secretOf(stack, 'mapbox') })))).toContain('DEKART_MAPBOX_TOKEN');
    expect(secretNamesOf(dekartTemplate())).not.toContain('DEKART_MAPBOX_TOKEN');
  });

  test('workspaceAdmin, defaultWorkspaceRole and maxFileUploadSize', () => {
    expect(plainOf(dekartTemplate({
      workspaceAdmin: 'ada@example.com', defaultWorkspaceRole: DekartWorkspaceRole.EDITOR, maxFileUploadSize: Size.mebibytes(100),
    }))).toMatchObject({ DEKART_DEFAULT_WORKSPACE_ADMIN: 'ada@example.com', DEKART_DEFAULT_WORKSPACE_ROLE: 'editor', DEKART_MAX_FILE_UPLOAD_SIZE: '104857600' });
  });

  test('environment and secrets', () => {
    const template = dekartTemplate((stack) => ({ environment: { DEKART_UX_HOMEPAGE: 'https://example.com' }, secrets: { DEKART_RESEND_API_KEY: secretOf(stack, 'resend') } }));
    expect(plainOf(template).DEKART_UX_HOMEPAGE).toBe('https://example.com');
    expect(secretNamesOf(template)).toContain('DEKART_RESEND_API_KEY');
  });

  test('cpu, memoryLimitMiB and cpuArchitecture', () => {
    dekartTemplate({ cpu: 512, memoryLimitMiB: 2048, cpuArchitecture: ecs.CpuArchitecture.ARM64 }).hasResourceProperties(TASK, {
      Cpu: '512', Memory: '2048', RuntimePlatform: { CpuArchitecture: 'ARM64' },
    });
  });

  test('capacityProviderStrategies', () => {
    dekartTemplate({ capacityProviderStrategies: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] }).hasResourceProperties(SERVICE, {
      CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }], LaunchType: Match.absent(),
    });
  });

  test('enableExecuteCommand, for which the root file system is writable', () => {
    const stack = regionStack();
    const dekart = dekartIn(stack, { enableExecuteCommand: true });
    const template = Template.fromStack(stack);
    template.hasResourceProperties(SERVICE, { EnableExecuteCommand: true });
    expect(containerOf(template, 'dekart').ReadonlyRootFilesystem).toBe(false);
    expect(dekart.workload.executeCommand).toContain('aws ecs execute-command');
  });

  test('taskRole and executionRole: given ones get what store and source need', () => {
    const template = dekartTemplate((stack) => ({
      taskRole: iam.Role.fromRoleArn(stack, 'Task', 'arn:aws:iam::111122223333:role/dekart-task'),
      executionRole: iam.Role.fromRoleArn(stack, 'Execution', 'arn:aws:iam::111122223333:role/dekart-execution'),
    }));
    template.hasResourceProperties(TASK, { TaskRoleArn: 'arn:aws:iam::111122223333:role/dekart-task', ExecutionRoleArn: 'arn:aws:iam::111122223333:role/dekart-execution' });
    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: ['dekart-task'], PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['athena:StartQueryExecution']) })]) },
    });
  });

  test('a permissions boundary reaches every role', () => {
    const stack = regionStack();
    iam.PermissionsBoundary.of(dekartIn(stack)).apply(iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'));
    Template.fromStack(stack).allResourcesProperties('AWS::IAM::Role', { PermissionsBoundary: Match.anyValue() });
  });

  test('containerInsights', () => {
    const off = dekartTemplate({ containerInsights: ecs.ContainerInsights.DISABLED });
    off.hasResourceProperties('AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: 'disabled' }] });
    dekartTemplate().hasResourceProperties('AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] });
  });

  test('logging: a log group that exists, and a dashboard without its own', () => {
    const template = dekartTemplate((stack) => ({
      createDashboard: true,
      logging: ecs.LogDrivers.awsLogs({ logGroup: logs.LogGroup.fromLogGroupName(stack, 'Theirs', '/their/logs'), streamPrefix: 'dekart' }),
    }));
    expect(containerOf(template, 'dekart').LogConfiguration.Options['awslogs-group']).toBe('/their/logs');
    expect(JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'))).not.toContain('filter level');
  });

  test('rollbackAlarms undo a deployment, and none does by default', () => {
    const template = dekartTemplate((stack) => ({ rollbackAlarms: [cloudwatch.Alarm.fromAlarmName(stack, 'Errors', 'errors')] }));
    template.hasResourceProperties(SERVICE, { DeploymentConfiguration: Match.objectLike({ Alarms: { AlarmNames: ['errors'], Enable: true, Rollback: true } }) });
    dekartTemplate().hasResourceProperties(SERVICE, { DeploymentConfiguration: Match.objectLike({ Alarms: Match.objectLike({ Enable: false }) }) });
  });

  test('logRetention, for the logs of requests too', () => {
    const template = dekartTemplate({ logRetention: logs.RetentionDays.ONE_MONTH });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    template.hasResourceProperties('AWS::S3::Bucket', { LifecycleConfiguration: { Rules: [Match.objectLike({ Id: 'Expire', ExpirationInDays: 30 })] } });
  });

  test('removalPolicy DESTROY lifts every protection', () => {
    const template = dekartTemplate({ removalPolicy: RemovalPolicy.DESTROY });
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    template.hasResource('AWS::RDS::DBInstance', { DeletionPolicy: 'Delete', Properties: { DeletionProtection: false } });
    template.hasResource('AWS::Cognito::UserPool', { DeletionPolicy: 'Delete', Properties: { DeletionProtection: 'INACTIVE' } });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: Match.arrayWith([{ Key: 'deletion_protection.enabled', Value: 'false' }]),
    });
  });

  test('bucket: a given one is used and left as it is', () => {
    const template = dekartTemplate((stack) => ({ bucket: s3.Bucket.fromBucketName(stack, 'Given', 'given-bucket') }));
    expect(plainOf(template).DEKART_CLOUD_STORAGE_BUCKET).toBe('given-bucket');
    template.resourceCountIs('AWS::S3::Bucket', 1); // the one for access logs
    expect(JSON.stringify(taskStatements(template))).toContain(':s3:::given-bucket/*');
  });

  test('accessLogsBucket: a given one takes both kinds of logs', () => {
    const template = dekartTemplate((stack) => ({ accessLogsBucket: new s3.Bucket(stack, 'Logs') }));
    template.resourceCountIs('AWS::S3::Bucket', 2);
    template.hasResourceProperties('AWS::S3::Bucket', { LoggingConfiguration: { DestinationBucketName: { Ref: Match.stringLikeRegexp('^Logs') }, LogFilePrefix: 'bucket/' } });
  });

  test('encryptionKey, for everything that rests', () => {
    const template = dekartTemplate((stack) => ({ encryptionKey: new kms.Key(stack, 'Key') }));
    const key = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { KMSMasterKeyID: key, SSEAlgorithm: 'aws:kms' } }] },
    });
    template.hasResourceProperties('AWS::RDS::DBInstance', { KmsKeyId: key, PerformanceInsightsKMSKeyId: key });
    template.hasResourceProperties('AWS::SecretsManager::Secret', { KmsKeyId: key });
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: key });
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: { ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: key } } },
    });
    expect(taskStatements(template)).toContainEqual(expect.objectContaining({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }));
  });

  test('cluster and its VPC', () => {
    const template = dekartTemplate((stack) => ({ cluster: new ecs.Cluster(stack, 'Cluster', { vpc: existingVpc(stack) }) }));
    template.resourceCountIs('AWS::EC2::VPC', 0);
    template.hasResourceProperties(SERVICE, { Cluster: { Ref: Match.stringLikeRegexp('^Cluster') } });
  });

  test('network: tasks, load balancer and database each in their subnets', () => {
    const template = dekartTemplate((stack) => ({ network: ServiceNetwork.fromVpc(existingVpc(stack)) }));
    template.hasResourceProperties(SERVICE, {
      NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'DISABLED', Subnets: Match.arrayWith([Match.stringLikeRegexp('^subnet-b')]) }) },
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: Match.arrayWith([Match.stringLikeRegexp('^subnet-a')]) });
    template.hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: Match.arrayWith([Match.stringLikeRegexp('^subnet-c')]) });
  });

  test('securityGroups: given ones stay as they are', () => {
    const template = dekartTemplate((stack) => {
      const vpc = existingVpc(stack);
      return { network: ServiceNetwork.fromVpc(vpc), securityGroups: [new ec2.SecurityGroup(stack, 'Given', { vpc, allowAllOutbound: false })] };
    });
    const given = (rule: { group: string }) => rule.group.startsWith('Given');
    expect(securityRules(template, 'Ingress').filter(given)).toEqual([]);
    expect(securityRules(template, 'Egress').filter(given)).toEqual([]);
    expect(securityRules(template, 'Ingress')).toContainEqual({ group: 'DatabaseSecurityGroup', from: 15432, to: 15432, peer: 'Given' });
    expect(securityRules(template, 'Egress')).toContainEqual({ group: 'LoadBalancerSecurityGroup', from: 8080, to: 8080, peer: 'Given' });
  });
});
