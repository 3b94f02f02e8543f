"""The life of an example on the emulator: deploy, deploy again, update, destroy; described after each step."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..session.cdk_cli import CdkCli
from ..session.stacks import Resource, stacks_of
from .compare import MISSING
from .describe import DeployedStack, Findings

UPDATE = 'update=true'
# what an update must never replace: it would lose what people put in
DATA = {
    'AWS::S3::Bucket',
    'AWS::RDS::DBInstance',
    'AWS::Cognito::UserPool',
    'AWS::EFS::FileSystem',
    'AWS::KMS::Key',
    'AWS::DynamoDB::Table',
}


@dataclass
class Report:
    """What one example showed. Anything in `wrong` fails the test."""

    name: str
    lines: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    silent: Counter[str] = field(default_factory=Counter)
    undescribed: Counter[str] = field(default_factory=Counter)

    def take(self, step: str, findings: Findings) -> None:
        self.lines.append(
            f'{step}: {findings.described} resources described, {findings.compared} properties as in the template'
        )
        self.wrong += [f'{step}: {each}' for each in findings.wrong]
        self.silent |= findings.silent
        self.undescribed |= findings.undescribed

    def check(self, said: str, true: bool) -> None:
        (self.lines if true else self.wrong).append(said)


class Life:
    """Walks one example through its steps."""

    def __init__(self, cdk: CdkCli, example: Path) -> None:
        self.cdk, self.example, self.report = cdk, example, Report(example.name)

    def run(self) -> Report:
        first = self.synth('first')
        self.deploy('deploy', first)
        output = self.cdk.deploy(self.synth('second'))
        self.report.check('second deploy: no changes', output.count('(no changes)') == len(stacks_of(first)))
        updated = self.synth('updated', UPDATE)
        self.update(first, updated)
        self.destroy(updated)
        return self.report

    def synth(self, name: str, *context: str) -> Path:
        return self.cdk.synth(self.example, self.cdk.emulator.folder / f'{self.example.name}-{name}', context)

    def deploy(self, step: str, assembly: Path) -> None:
        self.cdk.deploy(assembly)
        for stack in stacks_of(assembly):
            self.report.take(f'{step} {stack.name}', DeployedStack(self.cdk.emulator, stack).compare())

    def update(self, before: Path, after: Path) -> None:
        old = {stack.name: DeployedStack(self.cdk.emulator, stack) for stack in stacks_of(before)}
        changed = [
            path
            for stack in stacks_of(after)
            for path in changes(old[stack.name].stack.template['Resources'], stack.template['Resources'])
        ]
        for part in ('RetentionInDays', 'Environment'):
            self.report.check(f'the update changes {part}', any(part in path for path in changed))
        self.deploy('update', after)
        for stack in stacks_of(after):
            self.report.check(
                f'{stack.name}: {stack.status(self.cdk.emulator)}', stack.status(self.cdk.emulator) == 'UPDATE_COMPLETE'
            )
            now = {each.logical_id: each.physical_id for each in stack.resources(self.cdk.emulator)}
            for each in old[stack.name].resources.values():
                if each.type in DATA:
                    self.report.check(f'update kept {each.logical_id}', now.get(each.logical_id) == each.physical_id)

    def destroy(self, assembly: Path) -> None:
        deployed = [DeployedStack(self.cdk.emulator, stack) for stack in stacks_of(assembly)]
        self.cdk.destroy(assembly)
        for each in deployed:
            self.left(each)

    def left(self, deployed: DeployedStack) -> None:
        """Data stays where its policy says so; everything else is gone."""
        kept, gone = 0, 0
        for resource in deployed.resources.values():
            policy = deployed.stack.template['Resources'][resource.logical_id].get('DeletionPolicy', 'Delete')
            record = deployed.record(resource.logical_id)
            if record is MISSING:
                continue
            if policy.startswith('Retain'):
                self.expect(record is not None, f'destroy lost {resource.logical_id}, which is to be retained')
                kept += 1
                continue
            self.expect(record is None, f'destroy left {resource.logical_id} ({resource.type})')
            gone += 1
            if policy == 'Snapshot':
                self.expect(has_snapshot(deployed, resource), f'destroy took no snapshot of {resource.logical_id}')
                kept += 1
        self.report.lines.append(
            f'destroy {deployed.stack.name}: {gone} resources gone, {kept} kept (retained or as snapshot)'
        )

    def expect(self, true: bool, otherwise: str) -> None:
        if not true:
            self.report.wrong.append(otherwise)


def has_snapshot(deployed: DeployedStack, resource: Resource) -> bool:
    snapshots = deployed.client('rds').describe_db_snapshots(DBInstanceIdentifier=resource.physical_id)['DBSnapshots']
    return bool(snapshots)


def changes(before: Any, after: Any, path: str = '') -> list[str]:
    """Paths whose values differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            found
            for key in before.keys() | after.keys()
            for found in changes(before.get(key), after.get(key), f'{path}.{key}')
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [found for index, pair in enumerate(zip(before, after)) for found in changes(*pair, f'{path}.{index}')]
    return [] if before == after else [path]
