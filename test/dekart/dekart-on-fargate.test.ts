import { App, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DekartDataSource } from '../../src';
import { dekartIn, dekartTemplate, plainOf, secretNamesOf, secretOf, securityRules, taskStatements } from '../support/dekart';
import { containerOf, IMAGE, regionStack, warnings } from '../support/fixtures';

const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';

describe('the smallest use', () => {
  const stack = regionStack();
  const dekart = dekartIn(stack);
  const template = Template.fromStack(stack);

  test('synthesizes without a warning', () => {
    expect(warnings(stack)).toEqual([]);
    expect(template.toJSON().Resources).toBeDefined();
  });

  test('runs exactly one task, and never two at a time', () => {
    template.hasResourceProperties(SERVICE, {
      DesiredCount: 1,
      DeploymentConfiguration: { MinimumHealthyPercent: 0, MaximumPercent: 100, DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
      PropagateTags: 'SERVICE',
      HealthCheckGracePeriodSeconds: 60,
    });
    template.resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 0);
  });

  test('runs the pinned image as its own user, read-only', () => {
    template.hasResourceProperties(TASK, {
      Cpu: '256',
      Memory: '1024',
      RuntimePlatform: { CpuArchitecture: 'X86_64' },
      ContainerDefinitions: [Match.objectLike({
        Image: 'dekartxyz/dekart:0.23.2',
        User: '1000:1000',
        ReadonlyRootFilesystem: true,
        LinuxParameters: Match.objectLike({ InitProcessEnabled: true }),
        PortMappings: [{ ContainerPort: 8080, Protocol: 'tcp' }],
      })],
    });
    expect(containerOf(template, 'dekart').MountPoints).toBeUndefined();
  });

  test('opens one port from each part to the next, and nothing else', () => {
    expect(securityRules(template, 'Ingress')).toEqual([
      { group: 'DatabaseSecurityGroup', from: 15432, to: 15432, peer: 'ServerSecurityGroup' },
      { group: 'LoadBalancerSecurityGroup', from: 443, to: 443, peer: '0.0.0.0/0' },
      { group: 'LoadBalancerSecurityGroup', from: 80, to: 80, peer: '0.0.0.0/0' },
      { group: 'ServerSecurityGroup', from: 8080, to: 8080, peer: 'LoadBalancerSecurityGroup' },
    ]);
    expect(securityRules(template, 'Egress')).toEqual([
      { group: 'LoadBalancerSecurityGroup', from: 443, to: 443, peer: '0.0.0.0/0' },
      { group: 'LoadBalancerSecurityGroup', from: 8080, to: 8080, peer: 'ServerSecurityGroup' },
      { group: 'ServerSecurityGroup', from: 15432, to: 15432, peer: 'DatabaseSecurityGroup' },
      { group: 'ServerSecurityGroup', from: 443, to: 443, peer: '0.0.0.0/0' },
    ]);
  });

  test('needs no custom resource', () => {
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('puts no secret value into the plain environment', () => {
    const values = JSON.stringify(containerOf(template, 'dekart').Environment);
    expect(values).not.toContain('{{resolve');
    expect(secretNamesOf(template)).toEqual(['DEKART_LICENSE_KEY', 'PGDATABASE', 'PGHOST', 'PGPASSWORD', 'PGPORT', 'PGUSER']);
  });

  test('shows what it made', () => {
    expect(dekart.url).toBe('https://maps.example.com');
    for (const part of ['workload', 'vpc', 'loadBalancer', 'listener', 'targetGroup', 'bucket', 'accessLogsBucket', 'database', 'databaseSecret', 'userPool', 'userPoolClient', 'connections', 'grantPrincipal'] as const) {
      expect(dekart[part]).toBeDefined();
    }
    expect(dekart.fileSystem).toBeUndefined();
    expect(dekart.workload.executeCommand).toBeUndefined();
  });

  test('keeps data when the stack goes', () => {
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    template.hasResource('AWS::RDS::DBInstance', { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot', Properties: { DeletionProtection: true } });
    template.hasResource('AWS::Cognito::UserPool', { DeletionPolicy: 'Retain', Properties: { DeletionProtection: 'ACTIVE' } });
    template.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain', Properties: { RetentionInDays: 365 } });
  });
});

test('in a stack without a Region the only warning is about access logs', () => {
  const stack = new Stack(new App(), 'Agnostic');
  dekartIn(stack);
  expect(warnings(stack)).toEqual([expect.stringContaining('the load balancer writes no access logs')]);
  expect(plainOf(Template.fromStack(stack)).AWS_REGION).toEqual({ Ref: 'AWS::Region' });
});

test('the same input gives the same template', () => {
  expect(dekartTemplate().toJSON()).toEqual(dekartTemplate().toJSON());
});

describe('methods', () => {
  test('addEnvironment, addSecret and addSidecar', () => {
    const stack = regionStack();
    const dekart = dekartIn(stack);
    dekart.addEnvironment('TZ', 'Europe/Berlin');
    dekart.addSecret('DEKART_BROWSERLESS_TOKEN', secretOf(stack, 'browserless'));
    dekart.addSidecar('Proxy', { image: IMAGE, memoryLimitMiB: 256 });
    const template = Template.fromStack(stack);
    expect(plainOf(template).TZ).toBe('Europe/Berlin');
    expect(secretNamesOf(template)).toContain('DEKART_BROWSERLESS_TOKEN');
    expect(containerOf(template, 'dekart').Memory).toBe(768);
    expect(containerOf(template, 'Proxy').Memory).toBe(256);
  });

  test('fails to add variables that the construct owns', () => {
    const stack = regionStack();
    const dekart = dekartIn(stack);
    expect(() => dekart.addEnvironment('DEKART_STORAGE', 'GCS')).toThrow(/DEKART_STORAGE, which the construct sets itself/);
    expect(() => dekart.addSecret('PGPASSWORD', secretOf(stack, 'other'))).toThrow(/PGPASSWORD, which the construct sets itself; it follows from `metadataStore`/);
  });

  test('addSourceBucket and addGlueDatabase open what they name', () => {
    const stack = regionStack();
    const dekart = dekartIn(stack);
    dekart.addSourceBucket(s3.Bucket.fromBucketName(stack, 'Source', 'source-bucket'), 'planet/');
    dekart.addGlueDatabase('osm');
    const statements = JSON.stringify(taskStatements(Template.fromStack(stack)));
    expect(statements).toContain(':s3:::source-bucket/planet/*');
    expect(statements).toContain(':table/osm/*');
    expect(() => dekart.addGlueDatabase('*')).toThrow(/`databases` must be names of Glue databases, got '\*'/);
    expect(() => dekart.addSourceBucket(dekart.bucket, '*')).toThrow(/`prefix` of a source bucket must be the beginning of keys, .* got '\*'/);
  });

  test('fails to open sources without Athena', () => {
    const stack = regionStack();
    const dekart = dekartIn(stack, { dataSource: DekartDataSource.postgres(secretOf(stack, 'source')) });
    expect(() => dekart.addGlueDatabase('osm')).toThrow(/`addGlueDatabase` needs DekartDataSource.athena\(\)/);
    expect(() => dekart.addSourceBucket(dekart.bucket)).toThrow(/`addSourceBucket` needs/);
  });

  test('grants go to the task role', () => {
    const stack = regionStack();
    const dekart = dekartIn(stack);
    new s3.Bucket(stack, 'Other').grants.read(dekart);
    expect(JSON.stringify(taskStatements(Template.fromStack(stack)))).toContain('Other');
  });

  test('metrics are of the target group', () => {
    const dekart = dekartIn(regionStack());
    expect(dekart.metricHealthyHosts()).toMatchObject({ metricName: 'HealthyHostCount', statistic: 'Minimum' });
    expect(dekart.metricTargetResponseTime()).toMatchObject({ metricName: 'TargetResponseTime', statistic: 'p95' });
    expect(dekart.metricServerErrors({ statistic: 'avg' })).toMatchObject({ metricName: 'HTTPCode_Target_5XX_Count', statistic: 'Average' });
  });
});

test('tags reach the resources', () => {
  const stack = regionStack();
  Tags.of(dekartIn(stack)).add('team', 'maps');
  Template.fromStack(stack).hasResourceProperties('AWS::RDS::DBInstance', { Tags: Match.arrayWith([{ Key: 'team', Value: 'maps' }]) });
});
