import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as actions from 'aws-cdk-lib/aws-elasticloadbalancingv2-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { network } from './twin-network';

const HOST = 'maps.example.com';

/** A function: what a constant loads of the CDK would be loaded before the clock starts. */
function privateBucket() {
  return {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
  };
}

/** What someone who knows the CDK, and the server, writes by hand for the same system. */
export function build(app: App): void {
  const stack = new Stack(app, 'Maps', { env: { region: 'eu-central-1' } });
  stack.node.setContext('@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy', true); // as in every app that `cdk init` writes
  const vpc = network(stack);
  const accessLogs = new s3.Bucket(stack, 'AccessLogs', {
    ...privateBucket(),
    lifecycleRules: [{
      expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1),
    }],
  });
  const bucket = new s3.Bucket(stack, 'Bucket', {
    ...privateBucket(),
    serverAccessLogsBucket: accessLogs,
    serverAccessLogsPrefix: 'bucket/',
    lifecycleRules: [
      { abortIncompleteMultipartUploadAfter: Duration.days(7) },
      { noncurrentVersionExpiration: Duration.days(90) },
      { prefix: 'athena-results/', expiration: Duration.days(7) },
    ],
  });
  const database = postgres(stack, vpc);
  const workGroup = athenaWorkGroup(stack, bucket);
  const service = server(stack, vpc, bucket, workGroup, database);
  database.connections.allowFrom(service, ec2.Port.tcp(15432));
  frontDoor(stack, vpc, accessLogs, service);
}

function postgres(stack: Stack, vpc: ec2.Vpc): rds.DatabaseInstance {
  const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.of('17.7', '17') });
  return new rds.DatabaseInstance(stack, 'Database', {
    engine,
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    securityGroups: [new ec2.SecurityGroup(stack, 'DatabaseSecurityGroup', { vpc, allowAllOutbound: false })],
    parameterGroup: new rds.ParameterGroup(stack, 'DatabaseParameters', { engine, parameters: { 'rds.force_ssl': '1' } }),
    instanceType: new ec2.InstanceType('t4g.micro'),
    credentials: rds.Credentials.fromGeneratedSecret('dekart', { excludeCharacters: '/@" ' }),
    databaseName: 'dekart',
    port: 15432,
    allocatedStorage: 20,
    maxAllocatedStorage: 100,
    storageType: rds.StorageType.GP3,
    storageEncrypted: true,
    multiAz: true,
    backupRetention: Duration.days(7),
    deletionProtection: true,
    iamAuthentication: true,
    monitoringInterval: Duration.seconds(60),
    enablePerformanceInsights: true,
    cloudwatchLogsExports: ['postgresql', 'upgrade'],
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: false,
    removalPolicy: RemovalPolicy.SNAPSHOT,
  });
}

function athenaWorkGroup(stack: Stack, bucket: s3.Bucket): athena.CfnWorkGroup {
  return new athena.CfnWorkGroup(stack, 'WorkGroup', {
    name: 'maps',
    recursiveDeleteOption: true,
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      publishCloudWatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: 100 * 2 ** 30,
      resultConfiguration: { outputLocation: `s3://${bucket.bucketName}/athena-results/`, encryptionConfiguration: { encryptionOption: 'SSE_S3' } },
    },
  });
}

function server(stack: Stack, vpc: ec2.Vpc, bucket: s3.Bucket, workGroup: athena.CfnWorkGroup, database: rds.DatabaseInstance): ecs.FargateService {
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'TaskDefinition', {
    cpu: 256,
    memoryLimitMiB: 1024,
    runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.X86_64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
  });
  const field = (name: string) => ecs.Secret.fromSecretsManager(database.secret!, name);
  taskDefinition.addContainer('dekart', {
    image: ecs.ContainerImage.fromRegistry('dekartxyz/dekart:0.23.2'),
    portMappings: [{ containerPort: 8080 }],
    memoryLimitMiB: 1024,
    linuxParameters: new ecs.LinuxParameters(stack, 'LinuxParameters', { initProcessEnabled: true }),
    user: '1000:1000',
    readonlyRootFilesystem: true,
    logging: ecs.LogDrivers.awsLogs({
      streamPrefix: 'dekart', logGroup: new logs.LogGroup(stack, 'LogGroup', { retention: logs.RetentionDays.ONE_YEAR }), mode: ecs.AwsLogDriverMode.NON_BLOCKING,
    }),
    environment: {
      AWS_REGION: stack.region,
      DEKART_PORT: '8080',
      DEKART_APP_URL: `https://${HOST}`,
      DEKART_CORS_ORIGIN: `https://${HOST.replace(/\./g, '\\.')}`,
      DEKART_STORAGE: 'S3',
      DEKART_CLOUD_STORAGE_BUCKET: bucket.bucketName,
      DEKART_ALLOW_FILE_UPLOAD: '1',
      DEKART_REQUIRE_AMAZON_OIDC: '1',
      DEKART_DISABLE_USAGE_STATS: '1',
      DEKART_UX_DISABLE_VERSION_CHECK: '1',
      DEKART_POSTGRES_URL: 'postgres:///?sslmode=require',
      DEKART_DATASOURCE: 'ATHENA',
      DEKART_ATHENA_S3_OUTPUT_LOCATION: `${bucket.bucketName}/athena-results`,
      DEKART_ATHENA_WORKGROUP: workGroup.name,
    },
    secrets: {
      DEKART_LICENSE_KEY: ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'LicenseKey', 'dekart/license-key')),
      PGHOST: field('host'),
      PGPORT: field('port'),
      PGUSER: field('username'),
      PGPASSWORD: field('password'),
      PGDATABASE: field('dbname'),
    },
  });
  permissions(stack, bucket, workGroup).forEach((statement) => taskDefinition.addToTaskRolePolicy(statement));
  const securityGroup = new ec2.SecurityGroup(stack, 'SecurityGroup', { vpc, allowAllOutbound: false });
  securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443));
  return new ecs.FargateService(stack, 'Service', {
    cluster: new ecs.Cluster(stack, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENABLED, enableFargateCapacityProviders: true }),
    taskDefinition,
    securityGroups: [securityGroup],
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    assignPublicIp: true,
    desiredCount: 1,
    minHealthyPercent: 0,
    maxHealthyPercent: 100,
    healthCheckGracePeriod: Duration.seconds(60),
    circuitBreaker: { rollback: true },
    enableExecuteCommand: false,
    propagateTags: ecs.PropagatedTagSource.SERVICE,
    enableECSManagedTags: true,
  });
}

function permissions(stack: Stack, bucket: s3.Bucket, workGroup: athena.CfnWorkGroup): iam.PolicyStatement[] {
  const glue = (resource: string, resourceName?: string) => stack.formatArn({ service: 'glue', resource, resourceName });
  return [
    new iam.PolicyStatement({
      actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], resources: [bucket.arnForObjects('*')],
    }),
    new iam.PolicyStatement({ actions: ['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({
      actions: ['athena:StartQueryExecution', 'athena:StopQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:GetWorkGroup'],
      resources: [stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: workGroup.name })],
    }),
    new iam.PolicyStatement({ actions: ['lakeformation:GetDataAccess'], resources: ['*'] }),
    new iam.PolicyStatement({
      actions: ['glue:GetDatabase', 'glue:GetDatabases', 'glue:GetTable', 'glue:GetTables', 'glue:GetPartition', 'glue:GetPartitions', 'glue:BatchGetPartition'],
      resources: [glue('catalog'), glue('database', 'default'), glue('table', 'default/*')],
    }),
  ];
}

function frontDoor(stack: Stack, vpc: ec2.Vpc, accessLogs: s3.Bucket, service: ecs.FargateService): void {
  const zone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' });
  const certificate = new acm.Certificate(stack, 'Certificate', { domainName: HOST, validation: acm.CertificateValidation.fromDns(zone) });
  const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'LoadBalancer', {
    vpc,
    internetFacing: true,
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    deletionProtection: true,
    dropInvalidHeaderFields: true,
    idleTimeout: Duration.seconds(55),
  });
  loadBalancer.logAccessLogs(accessLogs, 'load-balancer');
  loadBalancer.addRedirect();
  const listener = loadBalancer.addListener('Https', {
    port: 443,
    certificates: [certificate],
    sslPolicy: elbv2.SslPolicy.TLS13_RES,
    defaultAction: elbv2.ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Not found' }),
  });
  const targetGroup = new elbv2.ApplicationTargetGroup(stack, 'TargetGroup', {
    vpc,
    port: 8080,
    protocol: elbv2.ApplicationProtocol.HTTP,
    targets: [service],
    deregistrationDelay: Duration.seconds(35),
    healthCheck: { path: '/health', healthyHttpCodes: '200', interval: Duration.seconds(15), timeout: Duration.seconds(5), healthyThresholdCount: 2 },
  });
  const pool = userPool(stack);
  [['/api/*', '/Dekart/*'], ['/*']].forEach((paths, index) => listener.addAction(`Rule${index}`, {
    priority: 10 + index,
    conditions: [elbv2.ListenerCondition.pathPatterns(paths)],
    action: new actions.AuthenticateCognitoAction({
      ...pool,
      scope: 'openid email',
      onUnauthenticatedRequest: index === 0 ? elbv2.UnauthenticatedAction.DENY : elbv2.UnauthenticatedAction.AUTHENTICATE,
      next: elbv2.ListenerAction.forward([targetGroup]),
    }),
  }));
  new route53.ARecord(stack, 'Record', { zone, recordName: `${HOST}.`, target: route53.RecordTarget.fromAlias(new targets.LoadBalancerTarget(loadBalancer)) });
}

function userPool(stack: Stack) {
  const pool = new cognito.UserPool(stack, 'UserPool', {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    standardAttributes: { email: { required: true, mutable: true } },
    passwordPolicy: { minLength: 12, requireDigits: true, requireLowercase: true, requireSymbols: true, requireUppercase: true },
    mfa: cognito.Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
    featurePlan: cognito.FeaturePlan.ESSENTIALS,
    deletionProtection: true,
  });
  const userPoolDomain = pool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'maps-example-com' } });
  const userPoolClient = pool.addClient('Client', {
    generateSecret: true,
    preventUserExistenceErrors: true,
    oAuth: { flows: { authorizationCodeGrant: true }, scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL], callbackUrls: [`https://${HOST}/oauth2/idpresponse`] },
    readAttributes: new cognito.ClientAttributes().withStandardAttributes({ email: true, emailVerified: true }),
    writeAttributes: new cognito.ClientAttributes().withStandardAttributes({ locale: true }),
  });
  return { userPool: pool, userPoolClient, userPoolDomain };
}
