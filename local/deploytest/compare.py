"""Compares what a template asks for with what a describe call reports, and says where they differ."""

import json
from collections.abc import Mapping
from typing import Any

from .resolve import Computed

MISSING = object()


def differences(wanted: Any, reported: Any, path: str) -> list[str]:
    """Places where the report contradicts the template. More than was asked for is no contradiction."""
    if isinstance(wanted, Computed):
        return (
            []
            if wanted.matches(reported) or isinstance(reported, (list, Mapping)) and reported
            else [f'{path}: nothing for a computed value, got {reported!r}']
        )
    if isinstance(reported, str) and isinstance(wanted, (list, Mapping)):
        try:
            reported = json.loads(reported)
        except ValueError:
            return [f'{path}: wanted {wanted!r}, got {reported!r}']
    if isinstance(wanted, Mapping):
        return mapping_differences(wanted, reported, path)
    if isinstance(wanted, list):
        return list_differences(wanted, reported if isinstance(reported, list) else [reported], path)
    return [] if same(wanted, reported) else [f'{path}: wanted {wanted!r}, got {reported!r}']


def mapping_differences(wanted: Mapping[str, Any], reported: Any, path: str) -> list[str]:
    if not isinstance(reported, Mapping):
        pairs = (
            {item['Key']: item.get('Value') for item in reported if isinstance(item, Mapping) and 'Key' in item}
            if isinstance(reported, list)
            else None
        )
        if pairs is None:
            return [f'{path}: wanted {dict(wanted)!r}, got {reported!r}']
        reported = pairs
    found: list[str] = []
    for key, value in wanted.items():
        if isinstance(value, str) and value.startswith('{{resolve:'):
            continue  # a secret, which no report repeats
        other = lookup(reported, key)
        found += (
            [f'{path}.{key}: wanted {value!r}, not reported']
            if other is MISSING
            else differences(value, other, f'{path}.{key}')
        )
    return found


def list_differences(wanted: list[Any], reported: list[Any], path: str) -> list[str]:
    """Each wanted entry has one of its own among the reported ones, in any order."""
    left, found = list(reported), []
    for index, each in enumerate(wanted):
        match = next((other for other in left if not differences(each, other, path)), MISSING)
        if match is MISSING:
            nearest = left[index] if index < len(left) else None
            found += differences(each, nearest, f'{path}[{index}]') or [f'{path}[{index}]: not reported']
        else:
            left.remove(match)
    return found


def lookup(record: Mapping[str, Any], key: str) -> Any:
    """APIs spell a template's property with another first letter, or in another case."""
    if key in record:
        return record[key]
    return next((value for name, value in record.items() if name.lower() == key.lower()), MISSING)


def same(wanted: Any, reported: Any) -> bool:
    if isinstance(wanted, bool) or isinstance(reported, bool):
        return str(wanted).lower() == str(reported).lower()
    try:
        return float(wanted) == float(reported)
    except (TypeError, ValueError):
        return str(wanted) == str(reported)
