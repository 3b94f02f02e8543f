import { Match, Template } from 'aws-cdk-lib/assertions';
import { attributeOf, ParityRow, refTo } from './parity';

const CLUSTER = 'AWS::ECS::Cluster';
const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';
const LOG_GROUP = 'AWS::Logs::LogGroup';
const GROUP = 'AWS::EC2::SecurityGroup';
const POLICY = 'AWS::IAM::Policy';

const GENERATED_NAME = 'a fixed name stands in the way of a second deployment and of replacement';

const LOG_POLICY = { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: attributeOf('AppWorkloadLogGroup', 'Arn') };
const METRIC_POLICY = {
  Action: 'cloudwatch:PutMetricData', Effect: 'Allow', Resource: '*', Condition: { StringEquals: { 'cloudwatch:namespace': 'mz-dev' } },
};

const has = (type: string, properties: object) => (template: Template) => template.hasResourceProperties(type, properties);
const container = (properties: object) => has(TASK, { ContainerDefinitions: [Match.objectLike(properties)] });
const logOptions = (properties: object) => container({ LogConfiguration: { LogDriver: 'awslogs', Options: Match.objectLike(properties) } });
const assumedByTasks = (template: Template) => template.resourcePropertiesCountIs('AWS::IAM::Role', {
  AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' } }] },
}, 2);
const executionRole = [refTo('AppWorkloadTaskDefinitionExecutionRole')];
const taskRole = [refTo('AppWorkloadTaskDefinitionTaskRole')];
const executionPolicy = has(POLICY, { Roles: executionRole, PolicyDocument: { Statement: [LOG_POLICY] } });
const taskPolicy = has(POLICY, { Roles: taskRole, PolicyDocument: { Statement: [METRIC_POLICY] } });
const noRoleNames = (template: Template) => template.allResourcesProperties('AWS::IAM::Role', { RoleName: Match.absent(), ManagedPolicyArns: Match.absent() });
const tasksGroupId = attributeOf('AppWorkloadSecurityGroup', 'GroupId');
const tasksGroup = (properties: object) => has(GROUP, { GroupDescription: Match.stringLikeRegexp('^Tasks of Article/App'), ...properties });

function rows(resource: string, list: Omit<ParityRow, 'resource'>[]): ParityRow[] {
  return list.map((row) => ({ resource, ...row }));
}

export const TASK_ROWS: ParityRow[] = [
  ...rows('aws_ecs_cluster.this', [
    { argument: 'name', guide: 'local name', ours: 'generated', why: GENERATED_NAME, check: has(CLUSTER, { ClusterName: Match.absent() }) },
  ]),
  ...rows('aws_ecs_cluster_capacity_providers.this', [
    { argument: 'cluster_name', guide: 'the cluster', ours: 'the cluster', check: has('AWS::ECS::ClusterCapacityProviderAssociations', { Cluster: refTo('ApiCluster') }) },
    {
      argument: 'capacity_providers',
      guide: 'FARGATE',
      ours: 'FARGATE, FARGATE_SPOT',
      why: 'so that `capacityProviderStrategies` can take Spot; tasks run on FARGATE by default',
      check: has('AWS::ECS::ClusterCapacityProviderAssociations', { CapacityProviders: ['FARGATE', 'FARGATE_SPOT'] }),
    },
  ]),
  ...rows('aws_iam_role.ecs_task_exec', [
    { argument: 'name', guide: 'local name', ours: 'generated', why: GENERATED_NAME, check: noRoleNames },
    { argument: 'assume_role_policy', guide: 'ECS tasks', ours: 'ECS tasks', check: assumedByTasks },
  ]),
  ...rows('aws_iam_role_policy_attachment.ecs_task_exec', [
    { argument: 'role', guide: 'the execution role', ours: 'the execution role', check: has(TASK, { ExecutionRoleArn: attributeOf('AppWorkloadTaskDefinitionExecutionRole', 'Arn') }) },
    {
      argument: 'policy_arn',
      guide: 'AmazonECSTaskExecutionRolePolicy',
      ours: 'AWS::IAM::Policy for the one log group',
      why: 'the managed policy reads every repository and writes every log group',
      check: executionPolicy,
    },
  ]),
  ...rows('aws_iam_policy_document.ecs_task_assume_role_policy', [
    { argument: 'actions', guide: 'sts:AssumeRole', ours: 'sts:AssumeRole', check: assumedByTasks },
    { argument: 'principals', guide: 'ecs-tasks.amazonaws.com', ours: 'ecs-tasks.amazonaws.com', check: assumedByTasks },
  ]),
  ...rows('aws_iam_policy_document.cloud_watch_policy', [
    { argument: 'actions', guide: 'cloudwatch:PutMetricData', ours: 'cloudwatch:PutMetricData', check: taskPolicy },
    {
      argument: 'resources',
      guide: '*',
      ours: '*, for the namespace of `metricNamespace` only',
      why: 'the action knows no resource; its condition narrows it',
      check: taskPolicy,
    },
  ]),
  ...rows('aws_iam_role_policy.ecs_task_exec_cloud_watch_policy', [
    { argument: 'name', guide: 'local name', ours: 'generated', why: GENERATED_NAME, check: has(POLICY, { Roles: executionRole, PolicyName: Match.stringLikeRegexp('^AppWorkloadTaskDefinitionExecutionRoleDefaultPolicy') }) },
    { argument: 'role', guide: 'the execution role', ours: 'none', why: 'ECS uses this role to start tasks; it publishes no metrics with it', check: executionPolicy },
    { argument: 'policy', guide: 'PutMetricData', ours: 'none', why: 'code in the task has it from the task role', check: executionPolicy },
  ]),
  ...rows('aws_iam_role_policies_exclusive.ecs_task_exec', [
    { argument: 'role_name', guide: 'the execution role', ours: 'the execution role', check: has(POLICY, { Roles: executionRole }) },
    {
      argument: 'policy_names',
      guide: 'the one policy',
      ours: 'the one policy of the stack',
      why: 'drift detection finds others; CloudFormation does not remove them',
      check: (template) => template.resourcePropertiesCountIs(POLICY, { Roles: executionRole }, 1),
    },
  ]),
  ...rows('aws_iam_role.mz_dev_app', [
    { argument: 'name', guide: 'app name', ours: 'generated', why: GENERATED_NAME, check: noRoleNames },
    { argument: 'assume_role_policy', guide: 'ECS tasks', ours: 'ECS tasks', check: assumedByTasks },
  ]),
  ...rows('aws_iam_role_policy.cloud_watch_log_policy', [
    { argument: 'name', guide: 'app name', ours: 'generated', why: GENERATED_NAME, check: has(POLICY, { Roles: taskRole, PolicyName: Match.stringLikeRegexp('^AppWorkloadTaskDefinitionTaskRoleDefaultPolicy') }) },
    { argument: 'role', guide: 'the task role', ours: 'the task role', check: has(POLICY, { Roles: taskRole }) },
    { argument: 'policy', guide: 'PutMetricData', ours: 'PutMetricData, by `metricNamespace`', check: taskPolicy },
  ]),
  ...rows('aws_iam_role_policies_exclusive.mz_dev_app', [
    { argument: 'role_name', guide: 'the task role', ours: 'the task role', check: has(POLICY, { Roles: taskRole }) },
    {
      argument: 'policy_names',
      guide: 'the one policy',
      ours: 'the one policy of the stack',
      why: 'drift detection finds others; CloudFormation does not remove them',
      check: (template) => template.resourcePropertiesCountIs(POLICY, { Roles: taskRole }, 1),
    },
  ]),
  ...rows('aws_ecs_task_definition.mz_dev_app', [
    { argument: 'family', guide: 'prefix-site', ours: 'generated', why: GENERATED_NAME, check: has(TASK, { Family: Match.stringLikeRegexp('^ArticleAppWorkloadTaskDefinition') }) },
    { argument: 'name', guide: 'app name', ours: 'mz-dev-app, by `containerName`', check: container({ Name: 'mz-dev-app' }) },
    {
      argument: 'image',
      guide: 'httpd:latest',
      ours: 'httpd:2.4, by `image`',
      why: 'a rollback to `latest` is none',
      check: container({ Image: 'public.ecr.aws/docker/library/httpd:2.4' }),
    },
    { argument: 'portMappings.containerPort', guide: '80', ours: '80, by `containerPort`', check: container({ PortMappings: [Match.objectLike({ ContainerPort: 80 })] }) },
    { argument: 'portMappings.hostPort', guide: '80', ours: 'left out', why: 'on Fargate it is the container port', check: container({ PortMappings: [{ ContainerPort: 80, HostPort: Match.absent(), Protocol: 'tcp' }] }) },
    { argument: 'portMappings.protocol', guide: 'tcp', ours: 'tcp', check: container({ PortMappings: [Match.objectLike({ Protocol: 'tcp' })] }) },
    { argument: 'essential', guide: 'true', ours: 'true', check: container({ Essential: true }) },
    { argument: 'entryPoint', guide: 'sh -c', ours: 'sh -c, by `entryPoint`', check: container({ EntryPoint: ['sh', '-c'] }) },
    { argument: 'command', guide: 'writes the page, starts httpd', ours: 'the same, by `command`', check: container({ Command: [Match.stringLikeRegexp('Amazon ECS Sample App.*httpd-foreground')] }) },
    { argument: 'logDriver', guide: 'awslogs', ours: 'awslogs', check: logOptions({}) },
    { argument: 'awslogs-group', guide: 'the log group', ours: 'the log group', check: logOptions({ 'awslogs-group': refTo('AppWorkloadLogGroup') }) },
    { argument: 'awslogs-region', guide: 'ap-northeast-1', ours: 'the Region of the stack', check: logOptions({ 'awslogs-region': 'eu-central-1' }) },
    { argument: 'awslogs-stream-prefix', guide: 'app name', ours: 'the container\'s name', check: logOptions({ 'awslogs-stream-prefix': 'mz-dev-app' }) },
    { argument: 'execution_role_arn', guide: 'the execution role', ours: 'the execution role', check: has(TASK, { ExecutionRoleArn: attributeOf('AppWorkloadTaskDefinitionExecutionRole', 'Arn') }) },
    { argument: 'task_role_arn', guide: 'the task role', ours: 'the task role', check: has(TASK, { TaskRoleArn: attributeOf('AppWorkloadTaskDefinitionTaskRole', 'Arn') }) },
    { argument: 'network_mode', guide: 'awsvpc', ours: 'awsvpc', check: has(TASK, { NetworkMode: 'awsvpc' }) },
    { argument: 'requires_compatibilities', guide: 'FARGATE', ours: 'FARGATE', check: has(TASK, { RequiresCompatibilities: ['FARGATE'] }) },
    { argument: 'cpu', guide: 'input', ours: '256, by `cpu`', check: has(TASK, { Cpu: '256' }) },
    { argument: 'memory', guide: 'input', ours: '512, by `memoryLimitMiB`', check: has(TASK, { Memory: '512' }) },
  ]),
  ...rows('aws_cloudwatch_log_group.mz_dev_app', [
    { argument: 'name', guide: '/aws/ecs/fargate/app', ours: 'generated', why: GENERATED_NAME, check: has(LOG_GROUP, { LogGroupName: Match.absent() }) },
    { argument: 'retention_in_days', guide: 'input', ours: '7, by `logRetention`', check: has(LOG_GROUP, { LogGroupName: Match.absent(), RetentionInDays: 7 }) },
  ]),
  ...rows('aws_ecs_service.mz_dev_app', [
    { argument: 'name', guide: 'app name', ours: 'generated', why: GENERATED_NAME, check: has(SERVICE, { ServiceName: Match.absent() }) },
    { argument: 'cluster', guide: 'the cluster', ours: 'the cluster', check: has(SERVICE, { Cluster: refTo('ApiCluster') }) },
    { argument: 'task_definition', guide: 'the task definition', ours: 'the task definition', check: has(SERVICE, { TaskDefinition: refTo('AppWorkloadTaskDefinition') }) },
    { argument: 'desired_count', guide: 'input', ours: '1, by `desiredCount`', check: has(SERVICE, { DesiredCount: 1 }) },
    {
      argument: 'force_new_deployment',
      guide: 'true',
      ours: 'none',
      why: 'a changed task definition deploys by itself; an unchanged one has nothing to deploy',
      check: has(SERVICE, { ForceNewDeployment: Match.absent() }),
    },
    { argument: 'launch_type', guide: 'FARGATE', ours: 'FARGATE', check: has(SERVICE, { LaunchType: 'FARGATE' }) },
    {
      argument: 'network_configuration.subnets',
      guide: 'input',
      ours: 'the private subnets of the VPC, by `network`',
      check: has(SERVICE, { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'], AssignPublicIp: 'DISABLED' } } }),
    },
    { argument: 'network_configuration.security_groups', guide: 'the group', ours: 'the group', check: has(SERVICE, { NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: [tasksGroupId] } } }) },
    { argument: 'service_registries.registry_arn', guide: 'the Cloud Map service', ours: 'the Cloud Map service', check: has(SERVICE, { ServiceRegistries: [Match.objectLike({ RegistryArn: attributeOf('AppCloudMapService', 'Arn') })] }) },
    { argument: 'service_registries.container_name', guide: 'app name', ours: 'mz-dev-app', check: has(SERVICE, { ServiceRegistries: [Match.objectLike({ ContainerName: 'mz-dev-app' })] }) },
    { argument: 'service_registries.container_port', guide: '80', ours: '80', check: has(SERVICE, { ServiceRegistries: [Match.objectLike({ ContainerPort: 80 })] }) },
    { argument: 'deployment_circuit_breaker.enable', guide: 'true', ours: 'true', check: has(SERVICE, { DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true } } }) },
    { argument: 'deployment_circuit_breaker.rollback', guide: 'true', ours: 'true', check: has(SERVICE, { DeploymentConfiguration: { DeploymentCircuitBreaker: { Rollback: true } } }) },
  ]),
  ...rows('aws_security_group.ecs', [
    { argument: 'name', guide: 'local name', ours: 'generated', why: GENERATED_NAME, check: tasksGroup({ GroupName: Match.absent() }) },
    { argument: 'vpc_id', guide: 'input', ours: 'the VPC of `network`', check: tasksGroup({ VpcId: 'vpc-0123456789abcdef0' }) },
    { argument: 'ingress.from_port', guide: '80', ours: '80', check: has('AWS::EC2::SecurityGroupIngress', { FromPort: 80 }) },
    { argument: 'ingress.to_port', guide: '80', ours: '80', check: has('AWS::EC2::SecurityGroupIngress', { ToPort: 80 }) },
    { argument: 'ingress.protocol', guide: 'tcp', ours: 'tcp', check: has('AWS::EC2::SecurityGroupIngress', { IpProtocol: 'tcp' }) },
    {
      argument: 'ingress.cidr_blocks',
      guide: '10.0.0.0/16',
      ours: 'the group of the VPC link',
      why: 'the range lets the whole VPC past the authorizer',
      check: has('AWS::EC2::SecurityGroupIngress', { CidrIp: Match.absent(), GroupId: tasksGroupId, SourceSecurityGroupId: attributeOf('ApiVpcLinkSecurityGroup', 'GroupId') }),
    },
    { argument: 'egress.from_port', guide: '0', ours: '443', why: 'images, logs and APIs need HTTPS only; `allowAllOutbound` opens the rest', check: tasksGroup({ SecurityGroupEgress: [Match.objectLike({ FromPort: 443 })] }) },
    { argument: 'egress.to_port', guide: '0', ours: '443', why: 'the same', check: tasksGroup({ SecurityGroupEgress: [Match.objectLike({ ToPort: 443 })] }) },
    { argument: 'egress.protocol', guide: 'all', ours: 'tcp', why: 'the same', check: tasksGroup({ SecurityGroupEgress: [Match.objectLike({ IpProtocol: 'tcp' })] }) },
    { argument: 'egress.cidr_blocks', guide: '0.0.0.0/0', ours: '0.0.0.0/0', check: tasksGroup({ SecurityGroupEgress: [Match.objectLike({ CidrIp: '0.0.0.0/0' })] }) },
    { argument: 'tags.Name', guide: 'prefix-ecs-security-group', ours: 'a description with the path of the construct', why: 'tags are the stack\'s to set: `Tags.of(stack)`', check: tasksGroup({}) },
  ]),
];
