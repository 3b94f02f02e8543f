import pytest


def stat(query_id, metric):
    return {
        'Id': query_id,
        'ReturnData': False,
        'MetricStat': {
            'Metric': {
                'Namespace': 'AWS/ApiGateway',
                'MetricName': metric,
                'Dimensions': [{'Name': 'ApiId', 'Value': 'a'}],
            },
            'Period': 60,
            'Stat': 'Sum',
        },
    }


RATE = {
    'Type': 'AWS::CloudWatch::Alarm',
    'Properties': {
        'Metrics': [
            {'Id': 'rate', 'Expression': '100 * errors / requests', 'Label': 'rate'},
            stat('errors', '5xx'),
            stat('requests', 'Count'),
        ],
        'ComparisonOperator': 'GreaterThanThreshold',
        'EvaluationPeriods': 3,
        'DatapointsToAlarm': 2,
        'Threshold': 5,
        'TreatMissingData': 'notBreaching',
        'AlarmActions': ['arn:aws:sns:us-east-1:000000000000:topic'],
    },
}
COUNT = {
    'Type': 'AWS::CloudWatch::Alarm',
    'Properties': {
        'Namespace': 'AWS/ApiGateway',
        'MetricName': 'Count',
        'Statistic': 'Sum',
        'Period': 60,
        'EvaluationPeriods': 1,
        'Threshold': 1,
        'ComparisonOperator': 'LessThanThreshold',
    },
}


def test_alarm_on_metric_math_is_described_changed_and_removed(emulator, stack):
    made = stack({'Rate': RATE, 'Count': COUNT})
    watch = emulator.client('cloudwatch')
    found = watch.describe_alarms(AlarmNames=[made.physical_id('Rate')])['MetricAlarms'][0]
    assert [each.get('Expression') for each in found['Metrics']] == ['100 * errors / requests', None, None]
    assert (found['Threshold'], found['DatapointsToAlarm'], found['TreatMissingData']) == (5, 2, 'notBreaching')
    assert watch.describe_alarms(AlarmNames=[made.physical_id('Count')])['MetricAlarms'][0]['MetricName'] == 'Count'
    made.update({'Rate': {**RATE, 'Properties': {**RATE['Properties'], 'Threshold': 9}}, 'Count': COUNT})
    assert watch.describe_alarms(AlarmNames=[found['AlarmName']])['MetricAlarms'][0]['Threshold'] == 9
    made.update({'Count': COUNT})
    assert watch.describe_alarms(AlarmNames=[found['AlarmName']])['MetricAlarms'] == []


def test_fails_on_metric_math_without_a_single_result(stack):
    with pytest.raises(AssertionError, match='exactly one returns data'):
        stack({'Rate': {**RATE, 'Properties': {**RATE['Properties'], 'Metrics': RATE['Properties']['Metrics'][1:]}}})


def test_composite_alarm_is_described_changed_and_removed(emulator, stack):
    def composite(word):
        rule = {
            'Fn::Join': [
                '',
                [
                    'ALARM("',
                    {'Fn::GetAtt': ['Rate', 'Arn']},
                    f'") {word} ALARM("',
                    {'Fn::GetAtt': ['Count', 'Arn']},
                    '")',
                ],
            ]
        }
        return {
            'Type': 'AWS::CloudWatch::CompositeAlarm',
            'Properties': {'AlarmRule': rule, 'AlarmActions': RATE['Properties']['AlarmActions']},
        }

    def described():
        return watch.describe_alarms(AlarmNames=[name], AlarmTypes=['CompositeAlarm'])['CompositeAlarms']

    made = stack({'Rate': RATE, 'Count': COUNT, 'Both': composite('AND')})
    watch, name = emulator.client('cloudwatch'), made.physical_id('Both')
    assert ' AND ALARM(' in described()[0]['AlarmRule']
    made.update({'Rate': RATE, 'Count': COUNT, 'Both': composite('OR')})
    assert ' OR ALARM(' in described()[0]['AlarmRule']
    made.delete()
    assert described() == []
