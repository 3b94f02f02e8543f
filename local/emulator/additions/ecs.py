"""ECS: capacity provider associations; task definitions and services in the spelling of the API."""

from ministack.services import ecs

from ..registry import Created, Props, add, after, camel, need, payload


def put_capacity_providers(_name: str, props: Props) -> Created:
    need(props, 'Cluster')
    payload(
        ecs._put_cluster_capacity_providers(
            {
                'cluster': props['Cluster'],
                'capacityProviders': props.get('CapacityProviders') or [],
                'defaultCapacityProviderStrategy': camel(props.get('DefaultCapacityProviderStrategy') or []),
            }
        )
    )
    return props['Cluster'], {}


def clear_capacity_providers(physical_id: str, _props: Props) -> None:
    cluster = ecs._clusters.get(ecs._resolve_cluster_name(physical_id))
    if cluster:
        cluster.update(capacityProviders=[], defaultCapacityProviderStrategy=[])


def update_capacity_providers(physical_id: str, _old: Props, new: Props) -> Props:
    return put_capacity_providers(physical_id, new)[1]


def complete_task_definition(physical_id: str, props: Props) -> None:
    """Keeps the nested structures usable, and the properties that would be dropped."""
    record = ecs._task_defs[physical_id.rsplit('/', 1)[-1]]
    record['volumes'] = [volume(each) for each in props.get('Volumes') or []]
    for name in ('RuntimePlatform', 'EphemeralStorage'):
        if name in props:
            record[name[0].lower() + name[1:]] = camel(props[name])
    for wanted, kept in zip(props.get('ContainerDefinitions') or [], record['containerDefinitions']):
        for name in (
            'Secrets',
            'HealthCheck',
            'MountPoints',
            'DependsOn',
            'LinuxParameters',
            'Ulimits',
            'LogConfiguration',
        ):
            if wanted.get(name):
                kept[name[0].lower() + name[1:]] = container_value(name, wanted[name])


def container_value(name: str, value: Props) -> Props:
    """Log options are free keys (`awslogs-group`), the rest follows the API's spelling."""
    if name == 'LogConfiguration':
        return {**camel(value), 'options': value.get('Options', {})}
    return camel(value)


def volume(value: Props) -> Props:
    result = camel(value)
    efs = value.get('EFSVolumeConfiguration')
    if efs:
        result.pop('eFSVolumeConfiguration')
        # the template spells FilesystemId and IAM, the API fileSystemId and iam
        config = {
            ('fileSystemId' if key == 'FilesystemId' else key[0].lower() + key[1:]): item for key, item in efs.items()
        }
        if 'AuthorizationConfig' in efs:
            config['authorizationConfig'] = {
                ('iam' if key == 'IAM' else key[0].lower() + key[1:]): item
                for key, item in efs['AuthorizationConfig'].items()
            }
        result['efsVolumeConfiguration'] = config
    return result


def complete_service(physical_id: str, props: Props) -> None:
    name = physical_id.rsplit('/', 1)[-1]
    service = next(each for each in ecs._services.values() if each.get('serviceName') == name)
    service['serviceRegistries'] = camel(props.get('ServiceRegistries') or [])
    if 'HealthCheckGracePeriodSeconds' in props:
        service['healthCheckGracePeriodSeconds'] = int(props['HealthCheckGracePeriodSeconds'])
    for flag in ('EnableExecuteCommand', 'EnableECSManagedTags'):
        if flag in props:
            service[flag[0].lower() + flag[1:]] = str(props[flag]).lower() == 'true'
    for name in ('PropagateTags', 'PlatformVersion', 'AvailabilityZoneRebalancing'):
        if name in props:
            service[name[0].lower() + name[1:]] = props[name]


def install() -> None:
    add(
        'AWS::ECS::ClusterCapacityProviderAssociations',
        put_capacity_providers,
        clear_capacity_providers,
        update_capacity_providers,
    )
    after('AWS::ECS::TaskDefinition', complete_task_definition)
    after('AWS::ECS::Service', complete_service)
