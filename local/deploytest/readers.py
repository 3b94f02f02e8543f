"""How each resource type is described. One row a type."""

from typing import Any

from .reader import Reader


def by_filter(name: str, value: str = '{id}') -> dict[str, Any]:
    return {'Filters': [{'Name': name, 'Values': [value]}]}


def of_api(operation: str, **parameters: str) -> Reader:
    return Reader('apigatewayv2', operation, {'ApiId': '{ApiId}', **parameters}, '@')


READERS: dict[str, Reader] = {
    'AWS::ApiGatewayV2::Api': Reader('apigatewayv2', 'get_api', {'ApiId': '{id}'}, '@'),
    'AWS::ApiGatewayV2::ApiMapping': Reader(
        'apigatewayv2', 'get_api_mapping', {'ApiMappingId': '{id}', 'DomainName': '{DomainName}'}, '@'
    ),
    'AWS::ApiGatewayV2::Authorizer': of_api('get_authorizer', AuthorizerId='{id}'),
    'AWS::ApiGatewayV2::DomainName': Reader('apigatewayv2', 'get_domain_name', {'DomainName': '{id}'}, '@'),
    'AWS::ApiGatewayV2::Integration': of_api('get_integration', IntegrationId='{id}'),
    'AWS::ApiGatewayV2::Route': of_api('get_route', RouteId='{tail}'),
    'AWS::ApiGatewayV2::Stage': of_api('get_stage', StageName='{StageName}'),
    'AWS::ApiGatewayV2::VpcLink': Reader('apigatewayv2', 'get_vpc_link', {'VpcLinkId': '{id}'}, '@'),
    'AWS::ApplicationAutoScaling::ScalableTarget': Reader(
        'application-autoscaling',
        'describe_scalable_targets',
        {'ServiceNamespace': 'ecs'},
        "ScalableTargets[?ResourceId=='{head}']|[0]",
    ),
    'AWS::ApplicationAutoScaling::ScalingPolicy': Reader(
        'application-autoscaling',
        'describe_scaling_policies',
        {'ServiceNamespace': 'ecs'},
        "ScalingPolicies[?PolicyARN=='{id}']|[0]",
    ),
    'AWS::Athena::WorkGroup': Reader(
        'athena', 'get_work_group', {'WorkGroup': '{id}'}, 'WorkGroup', {'WorkGroupConfiguration': 'Configuration'}
    ),
    'AWS::Backup::BackupPlan': Reader(
        'backup',
        'get_backup_plan',
        {'BackupPlanId': '{id}'},
        (
            '{BackupPlan: {BackupPlanName: BackupPlan.BackupPlanName, '
            'BackupPlanRule: BackupPlan.Rules[].merge(@, {TargetBackupVault: TargetBackupVaultName})}}'
        ),
    ),
    'AWS::Backup::BackupSelection': Reader(
        'backup', 'get_backup_selection', {'BackupPlanId': '{head}', 'SelectionId': '{tail}'}, '@'
    ),
    'AWS::Backup::BackupVault': Reader('backup', 'describe_backup_vault', {'BackupVaultName': '{id}'}, '@'),
    'AWS::CertificateManager::Certificate': Reader(
        'acm', 'describe_certificate', {'CertificateArn': '{id}'}, 'Certificate', {'DomainValidationOptions': ''}
    ),
    'AWS::CloudWatch::Alarm': Reader('cloudwatch', 'describe_alarms', {'AlarmNames': ['{id}']}, 'MetricAlarms[0]'),
    'AWS::CloudWatch::CompositeAlarm': Reader(
        'cloudwatch',
        'describe_alarms',
        {'AlarmNames': ['{id}'], 'AlarmTypes': ['CompositeAlarm']},
        'CompositeAlarms[0]',
    ),
    'AWS::CloudWatch::Dashboard': Reader('cloudwatch', 'get_dashboard', {'DashboardName': '{id}'}, '@'),
    'AWS::Cognito::UserPool': Reader('cognito-idp', 'describe_user_pool', {'UserPoolId': '{id}'}, 'UserPool'),
    'AWS::Cognito::UserPoolClient': Reader(
        'cognito-idp', 'describe_user_pool_client', {'UserPoolId': '{UserPoolId}', 'ClientId': '{id}'}, 'UserPoolClient'
    ),
    'AWS::Cognito::UserPoolDomain': Reader(
        'cognito-idp', 'describe_user_pool_domain', {'Domain': '{id}'}, 'DomainDescription'
    ),
    'AWS::EC2::EIP': Reader('ec2', 'describe_addresses', by_filter('public-ip'), 'Addresses[0]'),
    'AWS::EC2::FlowLog': Reader('ec2', 'describe_flow_logs', {'FlowLogIds': ['{id}']}, 'FlowLogs[0]'),
    'AWS::EC2::InternetGateway': Reader(
        'ec2', 'describe_internet_gateways', {'InternetGatewayIds': ['{id}']}, 'InternetGateways[0]'
    ),
    'AWS::EC2::NatGateway': Reader('ec2', 'describe_nat_gateways', {'NatGatewayIds': ['{id}']}, 'NatGateways[0]'),
    'AWS::EC2::Route': Reader(
        'ec2',
        'describe_route_tables',
        {'RouteTableIds': ['{RouteTableId}']},
        "RouteTables[0].Routes[?DestinationCidrBlock=='{DestinationCidrBlock}']|[0]",
    ),
    'AWS::EC2::RouteTable': Reader('ec2', 'describe_route_tables', {'RouteTableIds': ['{id}']}, 'RouteTables[0]'),
    'AWS::EC2::SecurityGroup': Reader(
        'ec2',
        'describe_security_groups',
        {'GroupIds': ['{id}']},
        'SecurityGroups[0]',
        {'GroupDescription': 'Description'},
    ),
    'AWS::EC2::Subnet': Reader('ec2', 'describe_subnets', {'SubnetIds': ['{id}']}, 'Subnets[0]'),
    'AWS::EC2::SubnetRouteTableAssociation': Reader(
        'ec2',
        'describe_route_tables',
        {'RouteTableIds': ['{RouteTableId}']},
        "RouteTables[0].Associations[?SubnetId=='{SubnetId}']|[0]",
    ),
    'AWS::EC2::VPCEndpoint': Reader('ec2', 'describe_vpc_endpoints', {'VpcEndpointIds': ['{id}']}, 'VpcEndpoints[0]'),
    'AWS::EC2::VPCGatewayAttachment': Reader(
        'ec2',
        'describe_internet_gateways',
        {'InternetGatewayIds': ['{InternetGatewayId}']},
        "InternetGateways[0].Attachments[?VpcId=='{VpcId}']|[0]",
    ),
    'AWS::ECS::Cluster': Reader(
        'ecs',
        'describe_clusters',
        {'clusters': ['{id}'], 'include': ['SETTINGS', 'CONFIGURATIONS']},
        'clusters[0]',
        {'ClusterSettings': 'settings'},
    ),
    'AWS::ECS::ClusterCapacityProviderAssociations': Reader(
        'ecs', 'describe_clusters', {'clusters': ['{Cluster}']}, 'clusters[0]'
    ),
    'AWS::ECS::Service': Reader(
        'ecs', 'describe_services', {'cluster': '{Cluster}', 'services': ['{tail}']}, 'services[0]'
    ),
    'AWS::ECS::TaskDefinition': Reader('ecs', 'describe_task_definition', {'taskDefinition': '{id}'}, 'taskDefinition'),
    'AWS::EFS::AccessPoint': Reader('efs', 'describe_access_points', {'AccessPointId': '{id}'}, 'AccessPoints[0]'),
    'AWS::EFS::FileSystem': Reader('efs', 'describe_file_systems', {'FileSystemId': '{id}'}, 'FileSystems[0]'),
    'AWS::ElasticLoadBalancingV2::Listener': Reader(
        'elbv2', 'describe_listeners', {'ListenerArns': ['{id}']}, 'Listeners[0]'
    ),
    'AWS::ElasticLoadBalancingV2::ListenerRule': Reader('elbv2', 'describe_rules', {'RuleArns': ['{id}']}, 'Rules[0]'),
    'AWS::Events::Rule': Reader('events', 'describe_rule', {'Name': '{tail}'}, '@'),
    'AWS::KMS::Alias': Reader(
        'kms',
        'list_aliases',
        {},
        "Aliases[?AliasName=='{id}']|[0].merge(@, {TargetKeyId: join('', ['arn:aws:kms:key/', TargetKeyId])})",
    ),
    'AWS::Lambda::Function': Reader('lambda', 'get_function_configuration', {'FunctionName': '{id}'}, '@'),
    'AWS::Logs::LogGroup': Reader(
        'logs', 'describe_log_groups', {'logGroupNamePrefix': '{id}'}, "logGroups[?logGroupName=='{id}']|[0]"
    ),
    'AWS::Logs::ResourcePolicy': Reader(
        'logs', 'describe_resource_policies', {}, "resourcePolicies[?policyName=='{id}']|[0]"
    ),
    'AWS::RDS::DBInstance': Reader(
        'rds',
        'describe_db_instances',
        {'DBInstanceIdentifier': '{id}'},
        (
            'DBInstances[0].merge(@, {VPCSecurityGroups: VpcSecurityGroups[].VpcSecurityGroupId, DBSubnetGroupName: DBSubnetGroup.DBSubnetGroupName, '
            'DBParameterGroupName: DBParameterGroups[0].DBParameterGroupName, Port: Endpoint.Port})'
        ),
        {
            'EnableCloudwatchLogsExports': '',
            'EnableIAMDatabaseAuthentication': 'IAMDatabaseAuthenticationEnabled',
            'EnablePerformanceInsights': 'PerformanceInsightsEnabled',
        },
    ),
    'AWS::RDS::DBParameterGroup': Reader(
        'rds',
        'describe_db_parameter_groups',
        {'DBParameterGroupName': '{id}'},
        'DBParameterGroups[0]',
        {'Family': 'DBParameterGroupFamily'},
    ),
    'AWS::RDS::DBSubnetGroup': Reader(
        'rds',
        'describe_db_subnet_groups',
        {'DBSubnetGroupName': '{id}'},
        'DBSubnetGroups[0].merge(@, {SubnetIds: Subnets[].SubnetIdentifier})',
    ),
    'AWS::Route53::RecordSet': Reader(
        'route53',
        'list_resource_record_sets',
        {'HostedZoneId': '{HostedZoneId}'},
        "ResourceRecordSets[?Name=='{Name}' && Type=='{Type}']|[0]",
    ),
    'AWS::S3::BucketPolicy': Reader(
        's3', 'get_bucket_policy', {'Bucket': '{Bucket}'}, '@', {'PolicyDocument': 'Policy'}
    ),
    'AWS::SNS::Topic': Reader('sns', 'get_topic_attributes', {'TopicArn': '{id}'}, 'Attributes'),
    'AWS::SecretsManager::Secret': Reader('secretsmanager', 'describe_secret', {'SecretId': '{id}'}, '@'),
    'AWS::SecretsManager::RotationSchedule': Reader(
        'secretsmanager', 'describe_secret', {'SecretId': '{SecretId}'}, '@'
    ),
    'AWS::ServiceDiscovery::PrivateDnsNamespace': Reader(
        'servicediscovery', 'get_namespace', {'Id': '{id}'}, 'Namespace'
    ),
    'AWS::ServiceDiscovery::Service': Reader('servicediscovery', 'get_service', {'Id': '{id}'}, 'Service'),
    'AWS::WAFv2::LoggingConfiguration': Reader(
        'wafv2', 'get_logging_configuration', {'ResourceArn': '{id}'}, 'LoggingConfiguration'
    ),
    'AWS::WAFv2::WebACLAssociation': Reader(
        'wafv2', 'get_web_acl_for_resource', {'ResourceArn': '{ResourceArn}'}, 'WebACL'
    ),
}
