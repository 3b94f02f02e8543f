"""Describes every resource of a deployed stack, and compares what is reported with the template."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..session.emulator import Emulator
from ..session.stacks import Stack
from .compare import MISSING, differences, lookup
from .readers import READERS
from .resolve import Resolver
from .special_readers import SPECIAL

# tags are spelt in five ways and prove nothing that the other properties do not
IGNORED = {'Tags', 'UserPoolTags', 'FileSystemTags', 'AccessPointTags', 'BackupPlanTags', 'BackupVaultTags'}
BOOKKEEPING = {'AWS::CDK::Metadata'}


@dataclass
class Findings:
    """What the describe calls told of one stack."""

    described: int = 0
    compared: int = 0
    silent: Counter[str] = field(default_factory=Counter)
    undescribed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class DeployedStack:
    """A stack as it is on the emulator now."""

    def __init__(self, emulator: Emulator, stack: Stack) -> None:
        self.emulator, self.stack = emulator, stack
        self.resources = {each.logical_id: each for each in stack.resources(emulator)}
        physical_ids = {name: resource.physical_id for name, resource in self.resources.items()}
        pages = self.client('cloudformation').get_paginator('list_exports').paginate()
        exports = {each['Name']: each['Value'] for page in pages for each in page['Exports']}
        self.resolver = Resolver(stack.template, physical_ids, stack.region, stack.name, exports)

    def properties(self, logical_id: str) -> Mapping[str, Any]:
        return dict(self.resolver.resolve(self.stack.template['Resources'][logical_id].get('Properties', {})))

    def client(self, service: str) -> Any:
        return self.emulator.client(service, self.stack.region)

    def record(self, logical_id: str) -> Any:
        """What the service reports of a resource; None when it is not there, MISSING when no call describes its type."""
        resource, properties = self.resources[logical_id], self.properties(logical_id)
        if resource.type in SPECIAL:
            return SPECIAL[resource.type](self.client, resource.physical_id, properties)
        if resource.type in READERS:
            return READERS[resource.type].read(self.client, resource.physical_id, properties)
        return MISSING

    def compare(self) -> Findings:
        findings = Findings()
        for logical_id, definition in self.stack.template['Resources'].items():
            if definition['Type'] in BOOKKEEPING:
                continue
            if logical_id not in self.resources:
                findings.wrong.append(f'{logical_id} ({definition["Type"]}): not among the resources of the stack')
                continue
            self.compare_resource(logical_id, definition['Type'], findings)
        return findings

    def compare_resource(self, logical_id: str, resource_type: str, findings: Findings) -> None:
        record = self.record(logical_id)
        if record is MISSING:
            findings.undescribed[resource_type] += 1
            return
        if record is None:
            findings.wrong.append(f'{logical_id} ({resource_type}): the describe call finds nothing')
            return
        findings.described += 1
        names = READERS[resource_type].names if resource_type in READERS else {}
        for name, wanted in self.properties(logical_id).items():
            if name in IGNORED:
                continue
            reported = lookup(record, names.get(name, name))
            if reported is MISSING:
                findings.silent[f'{resource_type}.{name}'] += 1
                continue
            findings.compared += 1
            findings.wrong += [f'{logical_id} ({resource_type}) {each}' for each in differences(wanted, reported, name)]
