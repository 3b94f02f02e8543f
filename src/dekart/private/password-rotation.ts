import { Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { DatabaseSettings, EXCLUDED_CHARACTERS, Instance } from './database';
import type { FargateWorkload } from '../../fargate/fargate-workload';
import { groupDescription } from '../../private/group-description';
import { serviceLogGroup } from '../../private/log-group';

/** Changes the password every so often, by the function of AWS, and lets the server know. */
export function rotatePassword(scope: Construct, workload: FargateWorkload, database: Instance, automaticallyAfter: Duration, settings: DatabaseSettings): void {
  const { vpc, inside } = settings.placement;
  const securityGroup = new ec2.SecurityGroup(scope, 'RotationSecurityGroup', {
    vpc, description: groupDescription(`Password rotation of ${scope.node.path}`), allowAllOutbound: false,
  });
  securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'HTTPS to Secrets Manager');
  database.addRotationSingleUser({ automaticallyAfter, excludeCharacters: EXCLUDED_CHARACTERS, vpcSubnets: inside.subnets, securityGroup });
  // an endpoint takes over the name of the service in the whole VPC: ECS reads the secrets of the task through it too
  inside.reach(ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER, [securityGroup, ...workload.connections.securityGroups]);
  redeployAfterRotation(scope, workload, database.secret!, settings);
}

/** ECS hands secrets to a task when it starts: a new password reaches the server by a new deployment only. */
function redeployAfterRotation(scope: Construct, workload: FargateWorkload, secret: secretsmanager.ISecret, settings: DatabaseSettings): void {
  const { cluster, service } = workload;
  const redeploy = new tasks.CallAwsService(scope, 'ForceNewDeployment', {
    service: 'ecs',
    action: 'updateService',
    parameters: { Cluster: cluster.clusterName, Service: service.serviceName, ForceNewDeployment: true },
    iamResources: [service.serviceArn],
  });
  const stateMachine = new sfn.StateMachine(scope, 'RedeployAfterRotation', {
    stateMachineType: sfn.StateMachineType.EXPRESS,
    definitionBody: sfn.DefinitionBody.fromChainable(redeploy),
    timeout: Duration.minutes(1),
    logs: { destination: serviceLogGroup(scope, 'RedeployLogGroup', { ...settings, retention: settings.logRetention, vended: true }), level: sfn.LogLevel.ALL },
    tracingEnabled: true,
  });
  new events.Rule(scope, 'PasswordRotated', {
    description: `The database password of ${Stack.of(scope).stackName} changed`,
    eventPattern: {
      source: ['aws.secretsmanager'],
      detailType: ['AWS Service Event via CloudTrail'],
      detail: { eventName: ['RotationSucceeded'], additionalEventData: { SecretId: [secret.secretArn] } },
    },
    targets: [new targets.SfnStateMachine(stateMachine, {
      role: new iam.Role(scope, 'PasswordRotatedRole', { assumedBy: new iam.ServicePrincipal('events.amazonaws.com') }),
    })],
  });
}
