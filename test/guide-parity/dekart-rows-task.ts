import { Match, Template } from 'aws-cdk-lib/assertions';
import { GENERATED_NAME, rowsOf } from './dekart-system';
import { attributeOf, refTo } from './parity';
import { plainOf, secretNamesOf, taskStatements } from '../support/dekart';
import { containerOf } from '../support/fixtures';

const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';

function of(type: string) {
  return (argument: string, guide: string, ours: string, properties: object, why?: string) =>
    ({ argument, guide, ours, why, check: (t: Template) => t.hasResourceProperties(type, properties) });
}
const task = of(TASK);
const service = of(SERVICE);

function container(argument: string, guide: string, ours: string, expected: object, why?: string) {
  return { argument: `container.${argument}`, guide, ours, why, check: (t: Template) => expect(containerOf(t, 'dekart')).toMatchObject(expected) };
}

function variable(name: string, guide: string, ours: string, expected: unknown, why?: string) {
  return { argument: `environment ${name}`, guide, ours, why, check: (t: Template) => expect(plainOf(t)[name]).toEqual(expected) };
}

function libpq(name: string, guide: string, by: string) {
  return {
    argument: `environment ${name}`,
    guide,
    ours: `\`${by}\`, from the field of the secret`,
    why: 'the structured variables switch TLS off, which RDS refuses, and print parts of a password',
    check: (t: Template) => {
      expect(plainOf(t)[name]).toBeUndefined();
      expect(secretNamesOf(t)).toContain(by);
      expect(plainOf(t).DEKART_POSTGRES_URL).toBe('postgres:///?sslmode=require');
    },
  };
}

/** Logs, task, service, inputs. */
export const TASK_ROWS = [
  ...rowsOf('aws_cloudwatch_log_group.dekart',
    {
      argument: 'name',
      guide: '`<name>`',
      ours: '`LogGroup.LogGroupName` absent',
      why: GENERATED_NAME,
      check: (t) => t.allResourcesProperties('AWS::Logs::LogGroup', { LogGroupName: Match.absent() }),
    },
    {
      argument: 'retention_in_days',
      guide: '7',
      ours: '`RetentionInDays` 365, from `logRetention`',
      why: 'a week is over before most incidents are found',
      check: (t) => t.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 }),
    },
  ),
  ...rowsOf('aws_ecs_task_definition.dekart',
    task('family', '`dekart`', '`Family`: a name made of stack and id', { Family: Match.stringLikeRegexp('^DekartMapsServer') }, GENERATED_NAME),
    task('requires_compatibilities', '`FARGATE`', '`RequiresCompatibilities` FARGATE', { RequiresCompatibilities: ['FARGATE'] }),
    task('network_mode', '`awsvpc`', '`NetworkMode` awsvpc', { NetworkMode: 'awsvpc' }),
    task('cpu', '256', '`Cpu` 256', { Cpu: '256' }),
    task('memory', '512', '`Memory` 1024', { Memory: '1024' }, 'four large uploads at a time take 340 MB'),
    task('task_role_arn', 'the task role', '`TaskRoleArn`', { TaskRoleArn: attributeOf('MapsServerTaskDefinitionTaskRole', 'Arn') }),
    task('execution_role_arn', 'the execution role', '`ExecutionRoleArn`', { ExecutionRoleArn: attributeOf('MapsServerTaskDefinitionExecutionRole', 'Arn') }),
    container('name', '`<name>`', '`Name` dekart', { Name: 'dekart' }),
    container('image', '`dekartxyz/dekart:<version>`', '`Image`, from `version`', { Image: 'dekartxyz/dekart:0.23.2' }),
    {
      argument: 'container.portmappings.hostport',
      guide: '8080',
      ours: '`PortMappings.HostPort` absent: on Fargate it equals the container port',
      check: (t) => expect(containerOf(t, 'dekart').PortMappings).toEqual([{ ContainerPort: 8080, Protocol: 'tcp' }]),
    },
    container('portmappings.protocol', '`tcp`', '`PortMappings.Protocol` tcp', { PortMappings: [{ Protocol: 'tcp' }] }),
    container('portmappings.containerport', '8080', '`PortMappings.ContainerPort` 8080', { PortMappings: [{ ContainerPort: 8080 }] }),
    variable('AWS_REGION', '`var.region`', 'the Region of the stack', 'eu-central-1'),
    libpq('DEKART_POSTGRES_HOST', 'the address', 'PGHOST'),
    libpq('DEKART_POSTGRES_PORT', 'the port', 'PGPORT'),
    libpq('DEKART_POSTGRES_DB', 'the name', 'PGDATABASE'),
    libpq('DEKART_POSTGRES_USER', '`dekart`', 'PGUSER'),
    libpq('DEKART_POSTGRES_PASSWORD', 'the password, in plain', 'PGPASSWORD'),
    variable('DEKART_STORAGE', '`S3`', 'S3', 'S3'),
    variable('DEKART_DATASOURCE', '`ATHENA`', 'ATHENA', 'ATHENA'),
    variable('DEKART_CLOUD_STORAGE_BUCKET', 'the bucket', 'the bucket', { Ref: expect.stringMatching(/^MapsBucket[0-9A-F]{8}$/) }),
    variable('DEKART_ATHENA_CATALOG', '`var.athena_catalog`', 'absent', undefined, 'the server reads it nowhere'),
    variable('DEKART_ATHENA_S3_OUTPUT_LOCATION', 'the bucket', 'a prefix of the bucket, which expires',
      { 'Fn::Join': ['', [{ Ref: expect.stringMatching(/^MapsBucket[0-9A-F]{8}$/) }, '/athena-results']] }, 'the root holds what maps reload, and must not expire'),
    {
      argument: 'environment DEKART_MAPBOX_TOKEN',
      guide: '`var.mapbox_token`, in plain',
      ours: 'a secret variable, from `mapboxToken`',
      why: 'whoever may describe tasks could read it',
      check: (t) => expect(secretNamesOf(t)).toContain('DEKART_MAPBOX_TOKEN'),
    },
    container('logconfiguration.logdriver', '`awslogs`', '`LogDriver` awslogs', { LogConfiguration: { LogDriver: 'awslogs' } }),
    container('logconfiguration.awslogs-group', 'the log group', '`awslogs-group`', { LogConfiguration: { Options: { 'awslogs-group': { Ref: expect.stringMatching(/^MapsServerLogGroup/) } } } }),
    container('logconfiguration.awslogs-region', '`var.region`', '`awslogs-region`', { LogConfiguration: { Options: { 'awslogs-region': 'eu-central-1' } } }),
    container('logconfiguration.awslogs-stream-prefix', '`dekart`', '`awslogs-stream-prefix` dekart', { LogConfiguration: { Options: { 'awslogs-stream-prefix': 'dekart' } } }),
  ),
  ...rowsOf('aws_ecs_cluster.dekart', {
    argument: 'name',
    guide: '`<name>`',
    ours: '`Cluster.ClusterName` absent',
    why: GENERATED_NAME,
    check: (t) => t.hasResourceProperties('AWS::ECS::Cluster', { ClusterName: Match.absent() }),
  }),
  ...rowsOf('aws_ecs_service.dekart',
    service('name', '`<name>`', '`Service.ServiceName` absent', { ServiceName: Match.absent() }, GENERATED_NAME),
    service('cluster', 'the cluster', '`Cluster`', { Cluster: refTo('MapsServerCluster') }),
    service('task_definition', 'the newest revision', '`TaskDefinition`', { TaskDefinition: refTo('MapsServerTaskDefinition') }),
    service('desired_count', '1', '`DesiredCount` 1, and 0 to 100 % during a deployment', {
      DesiredCount: 1, DeploymentConfiguration: Match.objectLike({ MinimumHealthyPercent: 0, MaximumPercent: 100 }),
    }),
    service('force_new_deployment', '`true`', '`ForceNewDeployment` absent', { ForceNewDeployment: Match.absent() },
      'a deployment takes the site away for a minute: it happens when something changed'),
    service('launch_type', '`FARGATE`', '`LaunchType` FARGATE', { LaunchType: 'FARGATE' }),
    service('load_balancer.target_group_arn', 'the target group', '`LoadBalancers.TargetGroupArn`', { LoadBalancers: [Match.objectLike({ TargetGroupArn: refTo('MapsTargetGroup') })] }),
    service('load_balancer.container_name', '`<name>`', '`LoadBalancers.ContainerName` dekart', { LoadBalancers: [Match.objectLike({ ContainerName: 'dekart' })] }),
    service('load_balancer.container_port', '8080', '`LoadBalancers.ContainerPort` 8080', { LoadBalancers: [Match.objectLike({ ContainerPort: 8080 })] }),
  ),
  ...rowsOf('variable',
    input('region', '`env.region` of the stack', (t) => expect(plainOf(t).AWS_REGION).toBe('eu-central-1')),
    input('zone_name', '`domainZone`', (t) => t.hasResourceProperties('AWS::Route53::RecordSet', { HostedZoneId: 'Z0123456789EXAMPLE' })),
    input('mapbox_token', '`mapboxToken`', (t) => expect(secretNamesOf(t)).toContain('DEKART_MAPBOX_TOKEN')),
    input('dekart_deployment_name', '`domainName`, and the ids of stack and construct', (t) => expect(plainOf(t).DEKART_APP_URL).toBe('https://dekart.example.com')),
    input('dekart_version', '`version`', (t) => expect(containerOf(t, 'dekart').Image).toMatch(/:0\.23\.2$/)),
    input('dekart_rds_db_name', '`databaseName` of DekartMetadataStore.postgres', (t) => t.hasResourceProperties('AWS::RDS::DBInstance', { DBName: 'dekart' })),
    input('dekart_rds_username', '`username` of DekartMetadataStore.postgres', (t) => t.hasResourceProperties('AWS::RDS::DBInstance', { MasterUsername: 'dekart' })),
    input('user_pool_arn', '`userPool` of DekartAuthentication.cognito', (t) => expect(rules(t)).toContain('eu-central-1_Example12')),
    input('user_pool_client_id', '`userPoolClient`', (t) => expect(rules(t)).toContain('1example23456789example01')),
    input('user_pool_domain', '`userPoolDomain`', (t) => expect(rules(t)).toContain('example-dekart')),
    input('athena_s3_data_source', '`sourceBuckets` of DekartDataSource.athena, or `addSourceBucket`', (t) => expect(JSON.stringify(taskStatements(t))).toContain('osm-pds/planet/*')),
    input('athena_catalog', '`catalog` of DekartDataSource.athena, which opens the catalog', (t) => expect(JSON.stringify(taskStatements(t))).toContain('datacatalog/my-athena-catalog')),
    input('athena_workgroup', '`workGroup` of DekartDataSource.athena; a work group of the site by default', (t) => t.resourceCountIs('AWS::Athena::WorkGroup', 1)),
  ),
];

function input(argument: string, ours: string, check: (t: Template) => void) {
  return { argument, guide: 'an input', ours, check };
}

function rules(t: Template): string {
  return JSON.stringify(t.findResources('AWS::ElasticLoadBalancingV2::ListenerRule'));
}
