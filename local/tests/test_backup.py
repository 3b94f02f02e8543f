import pytest
from botocore.exceptions import ClientError

PLAN = {
    'Vault': {'Type': 'AWS::Backup::BackupVault', 'Properties': {'BackupVaultName': 'vault'}},
    'Plan': {
        'Type': 'AWS::Backup::BackupPlan',
        'Properties': {
            'BackupPlan': {
                'BackupPlanName': 'plan',
                'BackupPlanRule': [
                    {
                        'RuleName': 'daily',
                        'TargetBackupVault': {'Ref': 'Vault'},
                        'ScheduleExpression': 'cron(0 5 * * ? *)',
                    }
                ],
            }
        },
    },
}
SELECTION = {
    'Type': 'AWS::Backup::BackupSelection',
    'Properties': {
        'BackupPlanId': {'Ref': 'Plan'},
        'BackupSelection': {
            'SelectionName': 'files',
            'IamRoleArn': 'arn:aws:iam::000000000000:role/backup',
            'Resources': ['arn:aws:elasticfilesystem:us-east-1:000000000000:file-system/fs-1'],
        },
    },
}


def test_selection_of_a_plan_is_described_and_removed(emulator, stack):
    made = stack({**PLAN, 'Selection': SELECTION}, {'Id': {'Fn::GetAtt': ['Selection', 'SelectionId']}})
    backup, plan, selection = emulator.client('backup'), made.physical_id('Plan'), made.outputs()['Id']
    found = backup.get_backup_selection(BackupPlanId=plan, SelectionId=selection)['BackupSelection']
    assert found['Resources'] == SELECTION['Properties']['BackupSelection']['Resources']
    made.update(PLAN)
    with pytest.raises(ClientError, match='ResourceNotFoundException'):
        backup.get_backup_selection(BackupPlanId=plan, SelectionId=selection)
