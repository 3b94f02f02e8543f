"""Secrets Manager: rotation schedules (kept and described, nothing rotates) and resource policies."""

import json

from ministack.services import secretsmanager

from ..registry import Created, Props, add, need, payload


def stored(secret_id: str) -> Props:
    _, secret = secretsmanager._resolve(secret_id)
    if not secret:
        raise ValueError(f'the secret {secret_id} does not exist (ResourceNotFoundException)')
    return secret


def put_schedule(_name: str, props: Props) -> Created:
    need(props, 'SecretId')
    secret = stored(props['SecretId'])
    secret.update(RotationEnabled=True, RotationRules=props.get('RotationRules') or {})
    if props.get('RotationLambdaARN'):
        secret['RotationLambdaARN'] = props['RotationLambdaARN']
    return secret['ARN'], {'Id': secret['ARN']}


def update_schedule(physical_id: str, _old: Props, new: Props) -> Props:
    return put_schedule(physical_id, new)[1]


def delete_schedule(physical_id: str, _props: Props) -> None:
    _, secret = secretsmanager._resolve(physical_id)
    if secret:
        secret['RotationEnabled'] = False


def put_policy(_name: str, props: Props) -> Created:
    need(props, 'SecretId', 'ResourcePolicy')
    arn = stored(props['SecretId'])['ARN']
    payload(
        secretsmanager._put_resource_policy({'SecretId': arn, 'ResourcePolicy': json.dumps(props['ResourcePolicy'])})
    )
    return arn, {'Id': arn}


def update_policy(physical_id: str, _old: Props, new: Props) -> Props:
    return put_policy(physical_id, new)[1]


def delete_policy(physical_id: str, _props: Props) -> None:
    secretsmanager._resource_policies.pop(physical_id, None)


def install() -> None:
    add('AWS::SecretsManager::RotationSchedule', put_schedule, delete_schedule, update_schedule)
    add('AWS::SecretsManager::ResourcePolicy', put_policy, delete_policy, update_policy)
