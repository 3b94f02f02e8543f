import pytest

KEY = {'ResourceId': 'service/c/s', 'ScalableDimension': 'ecs:service:DesiredCount', 'ServiceNamespace': 'ecs'}
METRIC_MATH = {
    'TargetValue': 100,
    'CustomizedMetricSpecification': {
        'Metrics': [
            {
                'Id': 'r',
                'MetricStat': {'Metric': {'Namespace': 'AWS/ApiGateway', 'MetricName': 'Count'}, 'Stat': 'Sum'},
                'ReturnData': False,
            },
            {
                'Id': 't',
                'MetricStat': {
                    'Metric': {'Namespace': 'ECS/ContainerInsights', 'MetricName': 'RunningTaskCount'},
                    'Stat': 'Average',
                },
                'ReturnData': False,
            },
            {'Id': 'e', 'Expression': 'r / t', 'ReturnData': True},
        ]
    },
}


def target(maximum):
    return {
        'Type': 'AWS::ApplicationAutoScaling::ScalableTarget',
        'Properties': {**KEY, 'MinCapacity': 1, 'MaxCapacity': maximum},
    }


def policy(configuration):
    return {
        'Type': 'AWS::ApplicationAutoScaling::ScalingPolicy',
        'Properties': {
            'PolicyName': 'p',
            'PolicyType': 'TargetTrackingScaling',
            'ScalingTargetId': {'Ref': 'Target'},
            'TargetTrackingScalingPolicyConfiguration': configuration,
        },
    }


def test_target_and_policy_with_metric_math_are_described_changed_and_removed(emulator, stack):
    made = stack({'Target': target(2), 'Policy': policy(METRIC_MATH)})
    scaling = emulator.client('application-autoscaling')
    found = scaling.describe_scaling_policies(ServiceNamespace='ecs')['ScalingPolicies'][0]
    expressions = [
        each.get('Expression')
        for each in found['TargetTrackingScalingPolicyConfiguration']['CustomizedMetricSpecification']['Metrics']
    ]
    assert (found['ResourceId'], expressions) == ('service/c/s', [None, None, 'r / t'])
    made.update({'Target': target(5), 'Policy': policy({**METRIC_MATH, 'TargetValue': 50})})
    assert [
        each['MaxCapacity'] for each in scaling.describe_scalable_targets(ServiceNamespace='ecs')['ScalableTargets']
    ] == [5]
    changed = scaling.describe_scaling_policies(ServiceNamespace='ecs')['ScalingPolicies']
    assert [
        (each['PolicyARN'], each['TargetTrackingScalingPolicyConfiguration']['TargetValue']) for each in changed
    ] == [(found['PolicyARN'], 50)]
    made.delete()
    assert scaling.describe_scalable_targets(ServiceNamespace='ecs')['ScalableTargets'] == []
    assert scaling.describe_scaling_policies(ServiceNamespace='ecs')['ScalingPolicies'] == []


def test_fails_on_a_policy_without_a_target(stack):
    lost = policy(METRIC_MATH)
    lost['Properties']['ScalingTargetId'] = 'service/c/none|ecs:service:DesiredCount|ecs'
    with pytest.raises(AssertionError, match='no scalable target'):
        stack({'Policy': lost})
