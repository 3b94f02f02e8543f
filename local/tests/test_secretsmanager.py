SECRET = {'Type': 'AWS::SecretsManager::Secret', 'Properties': {'GenerateSecretString': {}}}
POLICY = {
    'Version': '2012-10-17',
    'Statement': [
        {'Effect': 'Deny', 'Principal': {'AWS': '*'}, 'Action': 'secretsmanager:DeleteSecret', 'Resource': '*'}
    ],
}


def test_rotation_schedule_is_described_changed_and_ended(emulator, stack):
    def schedule(days):
        return {
            'Type': 'AWS::SecretsManager::RotationSchedule',
            'Properties': {
                'SecretId': {'Ref': 'Secret'},
                'RotationRules': {'ScheduleExpression': f'rate({days} days)'},
                'RotateImmediatelyOnUpdate': False,
            },
        }

    made = stack({'Secret': SECRET, 'Schedule': schedule(30)})
    secrets = emulator.client('secretsmanager')
    assert secrets.describe_secret(SecretId=made.physical_id('Secret'))['RotationRules'] == {
        'ScheduleExpression': 'rate(30 days)'
    }
    made.update({'Secret': SECRET, 'Schedule': schedule(7)})
    assert secrets.describe_secret(SecretId=made.physical_id('Secret'))['RotationRules'] == {
        'ScheduleExpression': 'rate(7 days)'
    }
    made.update({'Secret': SECRET})
    assert secrets.describe_secret(SecretId=made.physical_id('Secret'))['RotationEnabled'] is False


def test_resource_policy_is_kept_and_removed(emulator, stack):
    policy = {
        'Type': 'AWS::SecretsManager::ResourcePolicy',
        'Properties': {'SecretId': {'Ref': 'Secret'}, 'ResourcePolicy': POLICY},
    }
    made = stack({'Secret': SECRET, 'Policy': policy})
    secrets, arn = emulator.client('secretsmanager'), made.physical_id('Secret')
    assert 'secretsmanager:DeleteSecret' in secrets.get_resource_policy(SecretId=arn)['ResourcePolicy']
    made.update({'Secret': SECRET})
    assert 'secretsmanager:DeleteSecret' not in secrets.get_resource_policy(SecretId=arn).get('ResourcePolicy', '')
