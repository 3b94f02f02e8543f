"""Backup: selections of a plan."""

from ministack.services import backup

from ..registry import Created, Props, add, need, payload


def create_selection(_name: str, props: Props) -> Created:
    need(props, 'BackupPlanId', 'BackupSelection')
    answer = payload(backup._create_selection(props['BackupPlanId'], {'BackupSelection': props['BackupSelection']}))
    selection, plan = answer['SelectionId'], answer['BackupPlanId']
    return f'{plan}|{selection}', {'Id': f'{plan}|{selection}', 'SelectionId': selection, 'BackupPlanId': plan}


def delete_selection(physical_id: str, _props: Props) -> None:
    backup._delete_selection(*physical_id.split('|'))


def install() -> None:
    add('AWS::Backup::BackupSelection', create_selection, delete_selection)
