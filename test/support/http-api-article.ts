import { Duration, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi, HttpHealthCheck, ServiceNetwork } from '../../src';

const PAGE = '<html><head><title>Amazon ECS Sample App</title></head><body><h1>Amazon ECS Sample App</h1>'
  + '<h2>Congratulations!</h2><p>Your application is now running on a container in Amazon ECS.</p></body></html>';

export interface ArticleSystem {
  readonly api: CloudMapHttpApi;
  readonly service: ApiGatewayCloudMapFargateService;
}

/**
 * The system of the article "Infrastructure Construction for Sales Support System with IaC", in a VPC that exists.
 *
 * @see https://developer.mamezou-tech.com/en/blogs/2024/12/04/sss-by-iac/
 */
export function articleSystem(stack: Stack): ArticleSystem {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
  });
  // the account's own key, which admits the logs service already
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef');

  const api = new CloudMapHttpApi(stack, 'Api', {
    apiName: 'mz-dev-api-gateway',
    network: ServiceNetwork.fromVpc(vpc),
    cloudMapNamespace: new cloudmap.PrivateDnsNamespace(stack, 'Namespace', { name: 'mz-dev.internal', vpc }),
    defaultAuthorizer: new HttpJwtAuthorizer('mz-dev-jwt-authorizer', 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_example12', {
      jwtAudience: ['1example23456789'],
    }),
    corsPreflight: {
      allowOrigins: ['https://sss.example.com'],
      allowHeaders: ['authorization', 'origin', 'content-type', 'accept', 'x-requested-with'],
      allowMethods: [apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST, apigwv2.CorsHttpMethod.DELETE, apigwv2.CorsHttpMethod.PUT],
      allowCredentials: true,
      maxAge: Duration.seconds(80000),
    },
    accessLogRetention: logs.RetentionDays.ONE_WEEK,
    encryptionKey,
  });

  const service = new ApiGatewayCloudMapFargateService(stack, 'App', {
    api,
    discoveryName: 'mz-dev-app',
    containerName: 'mz-dev-app',
    methods: [apigwv2.HttpMethod.GET],
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/httpd:2.4'),
    entryPoint: ['sh', '-c'],
    command: [`echo '${PAGE}' > /usr/local/apache2/htdocs/index.html && httpd-foreground`],
    healthCheck: HttpHealthCheck.bashTcp('/'),
    cpu: 256,
    memoryLimitMiB: 512,
    desiredCount: 1,
    dnsTtl: Duration.seconds(300),
    metricNamespace: 'mz-dev',
    logRetention: logs.RetentionDays.ONE_WEEK,
  });
  return { api, service };
}
