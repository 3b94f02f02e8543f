"""Template values as far as they are known after a deploy; what only CloudFormation knows becomes a `Computed`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..session.emulator import ACCOUNT

ABSENT = object()
IDS = {
    'Id',
    'AccessPointId',
    'ApiId',
    'FileSystemId',
    'GroupId',
    'KeyId',
    'NatGatewayId',
    'SubnetId',
    'UserPoolId',
    'VpcId',
    'VpcLinkId',
}


@dataclass(frozen=True)
class Computed:
    """A text with parts that the template does not tell."""

    pattern: re.Pattern[str]

    def matches(self, value: Any) -> bool:
        return isinstance(value, (str, int)) and self.pattern.fullmatch(str(value)) is not None


class Resolver:
    """Resolves the intrinsic functions of one deployed stack."""

    def __init__(
        self,
        template: Mapping[str, Any],
        physical_ids: Mapping[str, str],
        region: str,
        stack: str,
        exports: Mapping[str, str] | None = None,
    ) -> None:
        self.template, self.physical_ids, self.exports = template, physical_ids, exports or {}
        self.pseudo = {
            'AWS::Region': region,
            'AWS::AccountId': ACCOUNT,
            'AWS::Partition': 'aws',
            'AWS::URLSuffix': 'amazonaws.com',
            'AWS::StackName': stack,
            'AWS::NoValue': ABSENT,
        }

    def resolve(self, value: Any) -> Any:
        if isinstance(value, list):
            return [each for each in map(self.resolve, value) if each is not ABSENT]
        if not isinstance(value, Mapping):
            return value
        if len(value) == 1:
            name, argument = next(iter(value.items()))
            if name == 'Ref' or name.startswith('Fn::'):
                return self.intrinsic(name, argument)
        return {
            key: resolved
            for key, resolved in ((key, self.resolve(item)) for key, item in value.items())
            if resolved is not ABSENT
        }

    def intrinsic(self, name: str, argument: Any) -> Any:
        match name:
            case 'Ref':
                return self.reference(argument)
            case 'Fn::GetAtt':
                return self.attribute(*(argument.split('.', 1) if isinstance(argument, str) else argument))
            case 'Fn::Join':
                parts = self.resolve(argument[1])
                return self.joined(argument[0], parts) if isinstance(parts, list) else anything()
            case 'Fn::Sub':
                return self.substituted(argument)
            case 'Fn::ImportValue':
                return self.exports.get(str(self.resolve(argument)), anything())
            case 'Fn::Select' if isinstance(self.resolve(argument[1]), list):
                return self.resolve(argument[1])[int(argument[0])]
            case _:
                return anything()

    def reference(self, name: str) -> Any:
        if name in self.pseudo:
            return self.pseudo[name]
        if name in self.physical_ids:
            return self.physical_ids[name]
        return self.template.get('Parameters', {}).get(name, {}).get('Default', anything())

    def attribute(self, logical_id: str, name: str) -> Any:
        """Ids are the physical id; an ARN is or holds it; of other attributes only CloudFormation knows the value."""
        physical_id = self.physical_ids.get(logical_id, '')
        if name in IDS or name.endswith('Arn') and physical_id.startswith('arn:'):
            return physical_id
        if name.endswith('Arn') and physical_id:
            telling = max(physical_id.split('|'), key=len)
            return Computed(re.compile(f'arn:aws:.*{re.escape(telling)}.*'))
        return anything()

    def substituted(self, argument: Any) -> Any:
        text, values = (argument, {}) if isinstance(argument, str) else argument
        parts = re.split(r'\$\{([^}]+)\}', text)
        known = [self.resolve(values[part]) if part in values else self.reference(part) for part in parts[1::2]]
        return self.joined('', [part for pair in zip(parts[::2], [*known, '']) for part in pair])

    @staticmethod
    def joined(separator: str, parts: list[Any]) -> Any:
        if all(not isinstance(part, Computed) for part in parts):
            return separator.join(str(part) for part in parts)
        pattern = re.escape(separator).join(
            part.pattern.pattern if isinstance(part, Computed) else re.escape(str(part)) for part in parts
        )
        return Computed(re.compile(pattern, re.DOTALL))


def anything() -> Computed:
    return Computed(re.compile('.+', re.DOTALL))
