from .conftest import NETWORK

CLUSTER = {'Type': 'AWS::ECS::Cluster', 'Properties': {}}


def providers(*names):
    return {
        'Type': 'AWS::ECS::ClusterCapacityProviderAssociations',
        'Properties': {
            'Cluster': {'Ref': 'Cluster'},
            'CapacityProviders': list(names),
            'DefaultCapacityProviderStrategy': [{'CapacityProvider': names[0], 'Weight': 2, 'Base': 1}],
        },
    }


TASK = {
    'Type': 'AWS::ECS::TaskDefinition',
    'Properties': {
        'Cpu': '256',
        'Memory': '512',
        'NetworkMode': 'awsvpc',
        'RequiresCompatibilities': ['FARGATE'],
        'RuntimePlatform': {'CpuArchitecture': 'ARM64', 'OperatingSystemFamily': 'LINUX'},
        'Volumes': [
            {
                'Name': 'data',
                'EFSVolumeConfiguration': {
                    'FilesystemId': 'fs-1',
                    'TransitEncryption': 'ENABLED',
                    'AuthorizationConfig': {'AccessPointId': 'fsap-1', 'IAM': 'ENABLED'},
                },
            }
        ],
        'ContainerDefinitions': [
            {
                'Name': 'app',
                'Image': 'app:1',
                'PortMappings': [{'ContainerPort': 8080, 'Protocol': 'tcp'}],
                'Secrets': [{'Name': 'KEY', 'ValueFrom': 'arn:aws:secretsmanager:us-east-1:000000000000:secret:k'}],
                'HealthCheck': {'Command': ['CMD', 'true'], 'Interval': 30},
                'MountPoints': [{'ContainerPath': '/data', 'SourceVolume': 'data', 'ReadOnly': False}],
                'DependsOn': [{'ContainerName': 'init', 'Condition': 'SUCCESS'}],
                'LinuxParameters': {'InitProcessEnabled': True},
                'LogConfiguration': {
                    'LogDriver': 'awslogs',
                    'Options': {'awslogs-group': 'g', 'awslogs-region': 'us-east-1'},
                },
            }
        ],
    },
}
SERVICE = {
    'Type': 'AWS::ECS::Service',
    'Properties': {
        'Cluster': {'Ref': 'Cluster'},
        'TaskDefinition': {'Ref': 'Task'},
        'DesiredCount': 1,
        'LaunchType': 'FARGATE',
        'EnableExecuteCommand': True,
        'HealthCheckGracePeriodSeconds': 60,
        'PropagateTags': 'SERVICE',
        'EnableECSManagedTags': True,
        'NetworkConfiguration': {
            'AwsvpcConfiguration': {'Subnets': [{'Ref': 'One'}], 'SecurityGroups': [{'Ref': 'Group'}]}
        },
        'ServiceRegistries': [
            {
                'RegistryArn': 'arn:aws:servicediscovery:us-east-1:000000000000:service/srv-1',
                'ContainerName': 'app',
                'ContainerPort': 8080,
            }
        ],
    },
}


def test_capacity_providers_are_set_changed_and_cleared(emulator, stack):
    def cluster():
        return emulator.client('ecs').describe_clusters(clusters=[made.physical_id('Cluster')])['clusters'][0]

    made = stack({'Cluster': CLUSTER, 'Providers': providers('FARGATE')})
    assert cluster()['capacityProviders'] == ['FARGATE']
    assert cluster()['defaultCapacityProviderStrategy'] == [{'capacityProvider': 'FARGATE', 'weight': 2, 'base': 1}]
    made.update({'Cluster': CLUSTER, 'Providers': providers('FARGATE_SPOT', 'FARGATE')})
    assert cluster()['capacityProviders'] == ['FARGATE_SPOT', 'FARGATE']
    made.update({'Cluster': CLUSTER})
    assert cluster()['capacityProviders'] == []


def test_task_definition_keeps_nested_structures_in_the_spelling_of_the_api(emulator, stack):
    made = stack({'Task': TASK})
    task = emulator.client('ecs').describe_task_definition(taskDefinition=made.physical_id('Task'))['taskDefinition']
    container = task['containerDefinitions'][0]
    assert task['volumes'] == [
        {
            'name': 'data',
            'efsVolumeConfiguration': {
                'fileSystemId': 'fs-1',
                'transitEncryption': 'ENABLED',
                'authorizationConfig': {'accessPointId': 'fsap-1', 'iam': 'ENABLED'},
            },
        }
    ]
    assert task['runtimePlatform'] == {'cpuArchitecture': 'ARM64', 'operatingSystemFamily': 'LINUX'}
    assert container['secrets'][0]['name'] == 'KEY'
    assert container['healthCheck'] == {'command': ['CMD', 'true'], 'interval': 30}
    assert container['mountPoints'] == [{'containerPath': '/data', 'sourceVolume': 'data', 'readOnly': False}]
    assert container['dependsOn'] == [{'containerName': 'init', 'condition': 'SUCCESS'}]
    assert container['linuxParameters'] == {'initProcessEnabled': True}
    assert container['logConfiguration'] == {
        'logDriver': 'awslogs',
        'options': {'awslogs-group': 'g', 'awslogs-region': 'us-east-1'},
    }


def test_service_keeps_its_registries_and_flags(emulator, stack):
    made = stack({**NETWORK, 'Cluster': CLUSTER, 'Task': TASK, 'Service': SERVICE})
    service = emulator.client('ecs').describe_services(
        cluster=made.physical_id('Cluster'), services=[made.physical_id('Service')]
    )['services'][0]
    assert [(each['containerName'], each['containerPort']) for each in service['serviceRegistries']] == [('app', 8080)]
    assert (service['enableExecuteCommand'], service['healthCheckGracePeriodSeconds'], service['propagateTags']) == (
        True,
        60,
        'SERVICE',
    )
