"""One emulator for all tests, and stacks that each test makes and removes."""

import itertools
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, WaiterError

from local.session.emulator import Emulator, running_emulator

Resources = dict[str, dict[str, Any]]
NETWORK: Resources = {
    'Vpc': {'Type': 'AWS::EC2::VPC', 'Properties': {'CidrBlock': '10.9.0.0/16'}},
    'One': {
        'Type': 'AWS::EC2::Subnet',
        'Properties': {'VpcId': {'Ref': 'Vpc'}, 'CidrBlock': '10.9.1.0/24', 'AvailabilityZone': 'us-east-1a'},
    },
    'Two': {
        'Type': 'AWS::EC2::Subnet',
        'Properties': {'VpcId': {'Ref': 'Vpc'}, 'CidrBlock': '10.9.2.0/24', 'AvailabilityZone': 'us-east-1b'},
    },
    'Group': {'Type': 'AWS::EC2::SecurityGroup', 'Properties': {'VpcId': {'Ref': 'Vpc'}, 'GroupDescription': 'one'}},
    'Other': {'Type': 'AWS::EC2::SecurityGroup', 'Properties': {'VpcId': {'Ref': 'Vpc'}, 'GroupDescription': 'other'}},
}


class Stack:
    """A stack of the emulator, made from a few resources."""

    def __init__(self, emulator: Emulator, name: str) -> None:
        self.emulator, self.name, self.formation = emulator, name, emulator.client('cloudformation')

    def create(self, resources: Resources, outputs: dict[str, Any] | None = None) -> 'Stack':
        self.formation.create_stack(
            StackName=self.name, TemplateBody=self.template(resources, outputs), Capabilities=['CAPABILITY_IAM']
        )
        self.wait('stack_create_complete')
        return self

    def update(self, resources: Resources) -> 'Stack':
        self.formation.update_stack(
            StackName=self.name, TemplateBody=self.template(resources, None), Capabilities=['CAPABILITY_IAM']
        )
        self.wait('stack_update_complete')
        return self

    def delete(self) -> None:
        self.formation.delete_stack(StackName=self.name)
        self.wait('stack_delete_complete')

    def wait(self, state: str) -> None:
        try:
            self.formation.get_waiter(state).wait(StackName=self.name, WaiterConfig={'Delay': 0.1, 'MaxAttempts': 300})
        except WaiterError:
            events = self.formation.describe_stack_events(StackName=self.name)['StackEvents']
            raise AssertionError(
                [event['ResourceStatusReason'] for event in events if 'ResourceStatusReason' in event]
            ) from None

    def physical_id(self, logical_id: str) -> str:
        detail = self.formation.describe_stack_resource(StackName=self.name, LogicalResourceId=logical_id)
        return detail['StackResourceDetail']['PhysicalResourceId']

    def outputs(self) -> dict[str, str]:
        return {
            each['OutputKey']: each['OutputValue']
            for each in self.formation.describe_stacks(StackName=self.name)['Stacks'][0]['Outputs']
        }

    @staticmethod
    def template(resources: Resources, outputs: dict[str, Any] | None) -> str:
        return json.dumps(
            {'Resources': resources, 'Outputs': {name: {'Value': value} for name, value in (outputs or {}).items()}}
        )


def gone(pid: int, seconds: float = 10) -> bool:
    """Whether the process ends; one that only waits to be reaped has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not Path(f'/proc/{pid}').exists() or ') Z ' in Path(f'/proc/{pid}/stat').read_text():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope='session')
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    log: Path = tmp_path_factory.mktemp('log') / 'emulator.log'
    with running_emulator(log) as started:
        yield started


@pytest.fixture
def stack(emulator: Emulator) -> Iterator[Callable[..., Stack]]:
    """Makes stacks with names of their own, and removes what a test left."""
    made: list[Stack] = []
    names = (f's{next(NUMBERS)}' for _ in itertools.count())

    def make(resources: Resources, outputs: dict[str, Any] | None = None) -> Stack:
        made.append(Stack(emulator, next(names)))
        return made[-1].create(resources, outputs)

    yield make
    for each in made:
        try:
            each.delete()
        except (ClientError, AssertionError):
            continue


NUMBERS = itertools.count(1)
