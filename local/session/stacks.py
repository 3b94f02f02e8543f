"""The stacks of a cloud assembly, as templates and as what was made of them."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .emulator import Emulator

DEFAULT_REGION = 'us-east-1'


@dataclass(frozen=True)
class Resource:
    """One resource of a deployed stack."""

    logical_id: str
    type: str
    physical_id: str


@dataclass(frozen=True)
class Stack:
    name: str
    region: str
    template_file: Path

    @cached_property
    def template(self) -> dict[str, Any]:
        return dict(json.loads(self.template_file.read_text(encoding='utf8')))

    @property
    def types(self) -> Counter[str]:
        """How many of each; what the CDK notes about itself is no resource."""
        types = (resource['Type'] for resource in self.template.get('Resources', {}).values())
        return Counter(each for each in types if each != 'AWS::CDK::Metadata')

    def resources(self, emulator: Emulator) -> list[Resource]:
        pages = (
            emulator.client('cloudformation', self.region)
            .get_paginator('list_stack_resources')
            .paginate(StackName=self.name)
        )
        return [
            Resource(each['LogicalResourceId'], each['ResourceType'], each.get('PhysicalResourceId', ''))
            for page in pages
            for each in page['StackResourceSummaries']
            if each['ResourceStatus'] != 'DELETE_COMPLETE'
        ]

    def status(self, emulator: Emulator) -> str:
        return emulator.client('cloudformation', self.region).describe_stacks(StackName=self.name)['Stacks'][0][
            'StackStatus'
        ]


def stacks_of(assembly: Path) -> list[Stack]:
    """The stacks of an assembly, nested stages included, in the order they are written."""
    found: list[Stack] = []
    artifacts = json.loads((assembly / 'manifest.json').read_text(encoding='utf8')).get('artifacts', {})
    for artifact_id, artifact in artifacts.items():
        properties = artifact.get('properties', {})
        if artifact['type'] == 'aws:cloudformation:stack':
            region = artifact['environment'].rsplit('/', 1)[-1]
            found.append(
                Stack(
                    properties.get('stackName', artifact_id),
                    DEFAULT_REGION if region == 'unknown-region' else region,
                    assembly / properties['templateFile'],
                )
            )
        elif artifact['type'] == 'cdk:cloud-assembly':
            found.extend(stacks_of(assembly / properties['directoryName']))
    return found
