"""CloudWatch: composite alarms, and alarms on metric math (kept and described, their state never changes)."""

import time

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch
from ministack.services.cloudformation import provisioners

from ..registry import Created, Props, add, need, payload

KEPT = (
    'ActionsEnabled',
    'AlarmActions',
    'AlarmDescription',
    'InsufficientDataActions',
    'Metrics',
    'OKActions',
    'ThresholdMetricId',
    'TreatMissingData',
)
NUMBERS = {'DatapointsToAlarm': int, 'EvaluationPeriods': int, 'Threshold': float}


def metric_math_record(name: str, props: Props) -> Props:
    need(props, 'ComparisonOperator', 'EvaluationPeriods')
    ids = [query.get('Id') for query in props['Metrics']]
    if len(set(ids)) != len(ids) or sum(flag(query.get('ReturnData', True)) for query in props['Metrics']) != 1:
        raise ValueError('metric queries have ids of their own, and exactly one returns data (ValidationError)')
    now = int(time.time())
    return {
        'AlarmName': name,
        'AlarmArn': f'arn:aws:cloudwatch:{get_region()}:{get_account_id()}:alarm:{name}',
        'ComparisonOperator': props['ComparisonOperator'],
        'StateValue': 'INSUFFICIENT_DATA',
        'StateReason': 'Unchecked: Initial alarm creation',
        'StateUpdatedTimestamp': now,
        'AlarmConfigurationUpdatedTimestamp': now,
        'ActionsEnabled': True,
        'AlarmActions': [],
        'OKActions': [],
        'InsufficientDataActions': [],
        **{key: props[key] for key in KEPT if key in props},
        **{key: number(props[key]) for key, number in NUMBERS.items() if key in props},
        'Metrics': [query_record(query) for query in props['Metrics']],
    }


def query_record(query: Props) -> Props:
    """The numbers and flags of a metric query, which templates may carry as text."""
    record = {**query, 'ReturnData': flag(query.get('ReturnData', True))}
    if 'MetricStat' in query:
        record['MetricStat'] = {**query['MetricStat'], 'Period': int(query['MetricStat']['Period'])}
    if 'Period' in query:
        record['Period'] = int(query['Period'])
    return record


def flag(value: object) -> bool:
    return str(value).lower() == 'true'


def put_composite(name: str, props: Props) -> Created:
    need(props, 'AlarmRule')
    request = {**props, 'AlarmName': props.get('AlarmName') or name}
    request.setdefault('Tags', [])
    payload(cloudwatch._put_composite_alarm({}, request, False, True))
    return request['AlarmName'], {'Arn': cloudwatch._composite_alarms[request['AlarmName']]['AlarmArn']}


def update_composite(physical_id: str, _old: Props, new: Props) -> Props:
    return put_composite(physical_id, {**new, 'AlarmName': physical_id})[1]


def delete_composite(physical_id: str, _props: Props) -> None:
    payload(cloudwatch._delete_alarms({}, {'AlarmNames': [physical_id]}, False, True))


def install() -> None:
    single_metric_record = provisioners._cw_metric_alarm_record

    def record(name: str, props: Props) -> Props:
        return metric_math_record(name, props) if props.get('Metrics') else single_metric_record(name, props)

    provisioners._cw_metric_alarm_record = record
    add('AWS::CloudWatch::CompositeAlarm', put_composite, delete_composite, update_composite)
