"""An integ case as its users upgrade it: its stacks as they were, as they are, and gone; described after each step."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from ..session.cdk_cli import CdkCli
from ..session.stacks import Stack, stacks_of
from .integ import snapshot_of
from .lifecycle import Life, Report

# stacks of the runner's assertions, which belong to no user
ASSERTIONS = 'DeployAssert'
EARLIER_RETENTION = 3


class Upgrade(Life):
    """Deploys the committed snapshot of a case over an earlier state of itself."""

    def __init__(self, cdk: CdkCli, case: Path) -> None:
        super().__init__(cdk, case)
        self.snapshot = snapshot_of(case)

    def run(self) -> Report:
        before, after = (self.assembly(name) for name in ('before', 'after'))
        for stack in stacks_of(before):
            make_earlier(before, stack)
        self.deploy('deploy', before)
        self.update(before, after)
        self.destroy(after)
        return self.report

    def assembly(self, name: str) -> Path:
        """A copy of the snapshot that holds the stacks of the case alone."""
        copy = self.cdk.emulator.folder / f'{self.example.name}-{name}'
        shutil.copytree(self.snapshot, copy)
        manifest = copy / 'manifest.json'
        content = json.loads(manifest.read_text(encoding='utf8'))
        content['artifacts'] = {key: each for key, each in content['artifacts'].items() if ASSERTIONS not in key}
        manifest.write_text(json.dumps(content), encoding='utf8')
        return copy


def make_earlier(assembly: Path, stack: Stack) -> None:
    """Writes the stack's template as it may have been a release ago, under a hash of its own: the CDK uploads each once."""
    text = json.dumps(earlier(stack.template))
    stack.template_file.write_text(text, encoding='utf8')
    assets = assembly / f'{stack.name}.assets.json'
    files = json.loads(assets.read_text(encoding='utf8'))['files']
    old = next(key for key, file in files.items() if file['source']['path'] == stack.template_file.name)
    new = hashlib.sha256(text.encode()).hexdigest()
    for file in (assets, assembly / 'manifest.json'):
        file.write_text(file.read_text(encoding='utf8').replace(old, new), encoding='utf8')


def earlier(template: dict[str, Any]) -> dict[str, Any]:
    """The template with another retention of its logs, and one variable more in its containers."""
    copy: dict[str, Any] = json.loads(json.dumps(template))
    for resource in copy['Resources'].values():
        properties = resource.get('Properties', {})
        if resource['Type'] == 'AWS::Logs::LogGroup':
            properties['RetentionInDays'] = EARLIER_RETENTION
        if resource['Type'] == 'AWS::ECS::TaskDefinition':
            for container in properties['ContainerDefinitions']:
                container.setdefault('Environment', []).append({'Name': 'EARLIER', 'Value': '1'})
    return copy
