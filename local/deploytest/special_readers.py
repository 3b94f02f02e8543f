"""Resource types that one call does not describe: several calls together, in the spelling of the template."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from .compare import MISSING, differences
from .reader import Clients, unless_gone

Properties = Mapping[str, Any]
Record = Mapping[str, Any] | None


def group_rule(direction: str, peer: str) -> Callable[[Clients, str, Properties], Record]:
    def read(clients: Clients, _physical_id: str, properties: Properties) -> Record:
        groups = unless_gone(lambda: clients('ec2').describe_security_groups(GroupIds=[properties['GroupId']]))
        rules = [
            flat(rule, pair, peer)
            for rule in (groups or {'SecurityGroups': [{}]})['SecurityGroups'][0].get(direction, [])
            for pair in peers(rule)
        ]
        return next((rule for rule in rules if not differences(described(properties), rule, '')), None)

    return read


def described(properties: Properties) -> Properties:
    """The owner of a peer group is this account, and is not repeated by the report."""
    return {name: value for name, value in properties.items() if name not in ('GroupId', 'SourceSecurityGroupOwnerId')}


def peers(rule: Properties) -> list[Properties]:
    return [
        *rule.get('UserIdGroupPairs', []),
        *rule.get('IpRanges', []),
        *rule.get('Ipv6Ranges', []),
        *rule.get('PrefixListIds', []),
    ]


def flat(rule: Properties, pair: Properties, peer: str) -> Properties:
    names = {
        'GroupId': peer,
        'CidrIp': 'CidrIp',
        'CidrIpv6': 'CidrIpv6',
        'Description': 'Description',
        'PrefixListId': f'{peer.split("Security")[0]}PrefixListId',
    }
    return {
        **{name: rule.get(name, MISSING) for name in ('IpProtocol', 'FromPort', 'ToPort')},
        **{names[key]: value for key, value in pair.items() if key in names},
    }


def load_balancer(clients: Clients, physical_id: str, _properties: Properties) -> Record:
    return with_attributes(clients, 'load_balancer', physical_id, 'LoadBalancers')


def target_group(clients: Clients, physical_id: str, _properties: Properties) -> Record:
    return with_attributes(clients, 'target_group', physical_id, 'TargetGroups')


def with_attributes(clients: Clients, kind: str, arn: str, key: str) -> Record:
    name, client = ''.join(part.title() for part in kind.split('_')), clients('elbv2')
    found = unless_gone(lambda: getattr(client, f'describe_{kind}s')(**{f'{name}Arns': [arn]}))
    if not found or not found[key]:
        return None
    attributes = getattr(client, f'describe_{kind}_attributes')(**{f'{name}Arn': arn})['Attributes']
    record = found[key][0]
    subnets = [zone['SubnetId'] for zone in record.get('AvailabilityZones', [])]
    return {**record, f'{name}Attributes': attributes, 'Name': record[f'{name}Name'], 'Subnets': subnets}


def bucket(clients: Clients, physical_id: str, _properties: Properties) -> Record:
    s3 = clients('s3')

    def part(operation: str, key: str) -> Any:
        answer = unless_gone(lambda: getattr(s3, f'get_{operation}')(Bucket=physical_id))
        return (answer or {}).get(key, MISSING)

    if unless_gone(lambda: s3.head_bucket(Bucket=physical_id)) is None:
        return None
    logging = part('bucket_logging', 'LoggingEnabled')
    found = {
        'BucketName': physical_id,
        'BucketEncryption.ServerSideEncryptionConfiguration': encryption(
            part('bucket_encryption', 'ServerSideEncryptionConfiguration')
        ),
        'PublicAccessBlockConfiguration': part('public_access_block', 'PublicAccessBlockConfiguration'),
        'VersioningConfiguration.Status': part('bucket_versioning', 'Status'),
        'OwnershipControls.Rules': ownership(part('bucket_ownership_controls', 'OwnershipControls')),
        'LoggingConfiguration': logging
        if logging is MISSING
        else {'DestinationBucketName': logging['TargetBucket'], 'LogFilePrefix': logging.get('TargetPrefix')},
        'LifecycleConfiguration.Rules': rules(part('bucket_lifecycle_configuration', 'Rules')),
    }
    return nested({name: value for name, value in found.items() if value is not MISSING})


def encryption(value: Any) -> Any:
    """The API says ApplyServerSideEncryptionByDefault, the template ServerSideEncryptionByDefault."""
    if value is MISSING:
        return value
    return [
        {('ServerSideEncryptionByDefault' if key.startswith('Apply') else key): item for key, item in rule.items()}
        for rule in value['Rules']
    ]


def ownership(value: Any) -> Any:
    return value if value is MISSING else value['Rules']


def rules(value: Any) -> Any:
    """Lifecycle rules with the template's flatter names."""
    if value is MISSING:
        return value
    return [
        {
            'Id': rule.get('ID'),
            'Status': rule['Status'],
            'Prefix': rule.get('Prefix', rule.get('Filter', {}).get('Prefix')),
            'ExpirationInDays': rule.get('Expiration', {}).get('Days'),
            'AbortIncompleteMultipartUpload': rule.get('AbortIncompleteMultipartUpload'),
            'NoncurrentVersionExpiration': rule.get('NoncurrentVersionExpiration'),
        }
        for rule in value
    ]


def nested(flat_names: Mapping[str, Any]) -> Record:
    result: dict[str, Any] = {}
    for name, value in flat_names.items():
        parent, _, child = name.partition('.')
        if child:
            result.setdefault(parent, {})[child] = value
        else:
            result[parent] = value
    return result


def inline_policy(clients: Clients, _physical_id: str, properties: Properties) -> Record:
    """Where the policy is the same for all its roles, that one."""
    iam = clients('iam')
    found = [
        unless_gone(partial(iam.get_role_policy, RoleName=role, PolicyName=properties['PolicyName']))
        for role in properties.get('Roles', [])
    ]
    return {**found[0], 'Roles': properties['Roles']} if found and all(found) else None


def key(clients: Clients, physical_id: str, _properties: Properties) -> Record:
    kms = clients('kms')
    metadata = kms.describe_key(KeyId=physical_id)['KeyMetadata']
    if metadata['KeyState'] == 'PendingDeletion':
        return None
    return {
        **metadata,
        'KeyPolicy': kms.get_key_policy(KeyId=physical_id, PolicyName='default')['Policy'],
        'EnableKeyRotation': kms.get_key_rotation_status(KeyId=physical_id)['KeyRotationEnabled'],
    }


def vpc(clients: Clients, physical_id: str, _properties: Properties) -> Record:
    ec2 = clients('ec2')
    found = unless_gone(lambda: ec2.describe_vpcs(VpcIds=[physical_id]))
    if not found:
        return None
    names = {'EnableDnsSupport': 'enableDnsSupport', 'EnableDnsHostnames': 'enableDnsHostnames'}
    attributes = {
        name: ec2.describe_vpc_attribute(VpcId=physical_id, Attribute=attribute)[name]['Value']
        for name, attribute in names.items()
    }
    return {**found['Vpcs'][0], **attributes}


def mount_target(clients: Clients, physical_id: str, _properties: Properties) -> Record:
    efs = clients('efs')
    found = unless_gone(lambda: efs.describe_mount_targets(MountTargetId=physical_id))
    if not found:
        return None
    return {**found['MountTargets'][0], **efs.describe_mount_target_security_groups(MountTargetId=physical_id)}


def role(clients: Clients, physical_id: str, _properties: Properties) -> Record:
    iam = clients('iam')
    found = unless_gone(lambda: iam.get_role(RoleName=physical_id))
    if not found:
        return None
    policies = iam.list_attached_role_policies(RoleName=physical_id)['AttachedPolicies']
    return {**found['Role'], 'ManagedPolicyArns': [each['PolicyArn'] for each in policies]}


def web_acl(clients: Clients, physical_id: str, _properties: Properties) -> Record:
    waf = clients('wafv2')
    found = next((each for each in waf.list_web_acls(Scope='REGIONAL')['WebACLs'] if each['Id'] in physical_id), None)
    return waf.get_web_acl(Name=found['Name'], Id=found['Id'], Scope='REGIONAL')['WebACL'] if found else None


def attached_secret(clients: Clients, _physical_id: str, properties: Properties) -> Record:
    """The attachment shows in the secret itself: it knows its database."""
    answer = unless_gone(lambda: clients('secretsmanager').get_secret_value(SecretId=properties['SecretId']))
    value = json.loads(answer['SecretString']) if answer else {}
    return (
        {'TargetId': value.get('dbInstanceIdentifier', MISSING)} if {'host', 'port', 'engine'} <= value.keys() else None
    )


def topic_policy(clients: Clients, _physical_id: str, properties: Properties) -> Record:
    answer = unless_gone(lambda: clients('sns').get_topic_attributes(TopicArn=properties['Topics'][0]))
    return {'PolicyDocument': answer['Attributes']['Policy'], 'Topics': properties['Topics']} if answer else None


SPECIAL: dict[str, Callable[[Clients, str, Properties], Record]] = {
    'AWS::EC2::SecurityGroupEgress': group_rule('IpPermissionsEgress', 'DestinationSecurityGroupId'),
    'AWS::EC2::SecurityGroupIngress': group_rule('IpPermissions', 'SourceSecurityGroupId'),
    'AWS::EC2::VPC': vpc,
    'AWS::EFS::MountTarget': mount_target,
    'AWS::ElasticLoadBalancingV2::LoadBalancer': load_balancer,
    'AWS::ElasticLoadBalancingV2::TargetGroup': target_group,
    'AWS::IAM::Policy': inline_policy,
    'AWS::IAM::Role': role,
    'AWS::KMS::Key': key,
    'AWS::S3::Bucket': bucket,
    'AWS::SNS::TopicPolicy': topic_policy,
    'AWS::SecretsManager::SecretTargetAttachment': attached_secret,
    'AWS::WAFv2::WebACL': web_acl,
}
