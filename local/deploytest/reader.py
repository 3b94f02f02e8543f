"""One describe call, and where its answer holds a resource."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jmespath
from botocore.exceptions import ClientError

# what a service says of a resource that it still remembers but that is gone
GONE = {'deleted', 'INACTIVE', 'PendingDeletion', 'DELETED', 'DELETING'}
STATES = ('State', 'status', 'Status', 'KeyState')
ABSENT = re.compile('NotFound|NoSuch|Nonexistent|DoesNotExist|does not exist|InvalidParameter|Not Found', re.IGNORECASE)

Clients = Callable[[str], Any]


@dataclass(frozen=True)
class Reader:
    """`{id}` is the physical id, `{head}` and `{tail}` its first and last part, `{Name}` a property of the template.

    `names`: properties that the record calls otherwise; an empty name says that it does not tell.
    """

    service: str
    operation: str
    parameters: Mapping[str, Any]
    record: str
    names: Mapping[str, str] = field(default_factory=dict)

    def read(self, clients: Clients, physical_id: str, properties: Mapping[str, Any]) -> Any:
        """The record, or None when there is none any more."""
        client, tail = clients(self.service), re.split(r'[/|]', physical_id)[-1]
        values = {**properties, 'id': physical_id, 'tail': tail, 'head': physical_id.split('|')[0]}
        answer = unless_gone(lambda: getattr(client, self.operation)(**fill(self.parameters, values)))
        record = jmespath.search(fill(self.record, values), answer) if answer else None
        if isinstance(record, Mapping) and (
            record.get('DeletedDate') or any(record.get(state) in GONE for state in STATES)
        ):
            return None
        return record or None


def unless_gone(call: Callable[[], Any]) -> Any:
    """The answer, or None when the service says that there is no such thing."""
    try:
        return call()
    except ClientError as error:
        if ABSENT.search(str(error)):
            return None
        raise


def fill(value: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(value, Mapping):
        return {key: fill(item, values) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, values) for item in value]
    return re.sub(r'\{(\w+)\}', lambda match: str(values[match.group(1)]), value) if isinstance(value, str) else value
