"""Application Auto Scaling: targets and policies are kept and described; they never act."""

import json
import time
from typing import Any

from ministack.core import router
from ministack.core.responses import (
    AccountRegionScopedDict,
    error_response_json,
    get_account_id,
    get_region,
    json_response,
)

from ..registry import Created, Props, Response, add, need, new_id

TARGETS, POLICIES = AccountRegionScopedDict(), AccountRegionScopedDict()
KEY = ('ResourceId', 'ScalableDimension', 'ServiceNamespace')
TARGET_OPTIONS = ('RoleARN', 'ScheduledActions', 'SuspendedState')
POLICY_OPTIONS = (
    'TargetTrackingScalingPolicyConfiguration',
    'StepScalingPolicyConfiguration',
    'PredictiveScalingPolicyConfiguration',
)


def target_id(props: Props) -> str:
    return '|'.join(props[name] for name in KEY)


def create_target(_name: str, props: Props) -> Created:
    need(props, *KEY, 'MaxCapacity', 'MinCapacity')
    TARGETS[target_id(props)] = {
        **{name: props[name] for name in (*KEY, *TARGET_OPTIONS) if name in props},
        'MinCapacity': int(props['MinCapacity']),
        'MaxCapacity': int(props['MaxCapacity']),
        'CreationTime': time.time(),
    }
    return target_id(props), {'Id': target_id(props)}


def update_target(_physical_id: str, _old: Props, new: Props) -> Props:
    return create_target('', new)[1]


def create_policy(_name: str, props: Props) -> Created:
    need(props, 'PolicyName', 'PolicyType')
    arn = f'arn:aws:autoscaling:{get_region()}:{get_account_id()}:scalingPolicy:{new_id(8)}:policyName/{props["PolicyName"]}'
    return arn, put_policy(arn, {}, props)


def put_policy(arn: str, _old: Props, props: Props) -> Props:
    target = TARGETS.get(props.get('ScalingTargetId') or target_id(props))
    if target is None:
        raise ValueError(f'no scalable target for policy {props["PolicyName"]} (ObjectNotFoundException)')
    POLICIES[arn] = {
        **{name: target[name] for name in KEY},
        **{name: props[name] for name in POLICY_OPTIONS if name in props},
        'PolicyARN': arn,
        'PolicyName': props['PolicyName'],
        'PolicyType': props['PolicyType'],
        'CreationTime': time.time(),
    }
    return {'Arn': arn}


async def handle_request(_method: str, _path: str, headers: dict[str, str], body: bytes, _query: Props) -> Response:
    target = next((value for name, value in headers.items() if name.lower() == 'x-amz-target'), '')
    namespace = json.loads(body or b'{}').get('ServiceNamespace')
    match target.rsplit('.', 1)[-1]:
        case 'DescribeScalableTargets':
            return json_response(
                {'ScalableTargets': [each for each in TARGETS.values() if each['ServiceNamespace'] == namespace]}
            )
        case 'DescribeScalingPolicies':
            return json_response(
                {'ScalingPolicies': [each for each in POLICIES.values() if each['ServiceNamespace'] == namespace]}
            )
        case action:
            return error_response_json('ValidationException', f'{action} is not implemented', 400)


def install(app: Any) -> None:
    app.SERVICE_HANDLERS['application-autoscaling'] = handle_request
    router.SERVICE_PATTERNS['application-autoscaling'] = {
        'target_prefixes': ['AnyScaleFrontendService'],
        'credential_scope': 'application-autoscaling',
    }
    add(
        'AWS::ApplicationAutoScaling::ScalableTarget',
        create_target,
        lambda physical_id, _: TARGETS.pop(physical_id, None),
        update_target,
    )
    add(
        'AWS::ApplicationAutoScaling::ScalingPolicy',
        create_policy,
        lambda physical_id, _: POLICIES.pop(physical_id, None),
        put_policy,
    )
