import { App, Duration, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { CorsHttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi, HttpHealthCheck } from 'cdk-fargate-blueprints';

/** Two services behind one API, for people who sign in to a user pool. */
class HttpApiStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    // `cdk deploy -c update=true` changes what a later release would: how long logs are kept, and a variable
    const updated = this.node.tryGetContext('update') === 'true';

    const userPool = new UserPool(this, 'UserPool', { removalPolicy: RemovalPolicy.DESTROY });
    const userPoolClient = userPool.addClient('Client', { authFlows: { userPassword: true, userSrp: true } });

    const api = new CloudMapHttpApi(this, 'Api', {
      defaultAuthorizer: new HttpUserPoolAuthorizer('UserPool', userPool, { userPoolClients: [userPoolClient] }),
      corsPreflight: {
        allowOrigins: ['https://app.example.com'],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
        allowHeaders: ['authorization', 'content-type'],
        maxAge: Duration.hours(1),
      },
    });

    for (const name of ['users', 'orders']) {
      new ApiGatewayCloudMapFargateService(this, name === 'users' ? 'Users' : 'Orders', {
        api,
        path: `/${name}`,
        image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29'),
        healthCheck: HttpHealthCheck.curl('/'),
        environment: { SERVICE_NAME: updated ? `${name}-updated` : name },
        logRetention: updated ? RetentionDays.THREE_MONTHS : RetentionDays.ONE_MONTH,
      });
    }
  }
}

new HttpApiStack(new App(), 'HttpApi', { env: { region: 'eu-central-1' } });
