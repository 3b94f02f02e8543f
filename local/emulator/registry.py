"""How an addition joins the emulator's CloudFormation engine."""

import json
import secrets
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any

from ministack.services.cloudformation import provisioners

Props = dict[str, Any]
Response = tuple[int, dict[str, str], Any]
Created = tuple[str, dict[str, Any]]
Create = Callable[[str, Props], Created]
Update = Callable[[str, Props, Props], dict[str, Any]]
Delete = Callable[[str, Props], Any]
Hook = Callable[[str, Props], dict[str, Any] | None]

HANDLERS: dict[str, dict[str, Any]] = provisioners._RESOURCE_HANDLERS
camel: Callable[[Any], Any] = provisioners._pascal_to_camel


def add(resource_type: str, create: Create, delete: Delete, update: Update | None = None) -> None:
    """Register a resource type. Without `update` a change replaces the resource."""
    if resource_type in HANDLERS:
        raise RuntimeError(f'{resource_type} is known to the emulator by now: remove the addition')

    def updated(physical_id: str, old: Props, new: Props, _stack: str) -> Created:
        return physical_id, update(physical_id, old, new)

    def created(logical_id: str, props: Props, stack: str) -> Created:
        return create(provisioners._physical_name(stack, logical_id), props)

    HANDLERS[resource_type] = {'create': created, 'delete': delete, **({'update': updated} if update else {})}


def after(resource_type: str, hook: Hook) -> None:
    """Run `hook` after each create and update; what it returns is added to the Fn::GetAtt attributes."""
    handler = dict(HANDLERS[resource_type])
    create, update = handler['create'], handler.get('update')

    def created(logical_id: str, props: Props, *rest: Any) -> Created:
        physical_id, attributes = create(logical_id, props, *rest)
        return physical_id, {**(attributes or {}), **(hook(physical_id, props) or {})}

    def updated(physical_id: str, old: Props, new: Props, *rest: Any) -> Created:
        physical_id, attributes = update(physical_id, old, new, *rest)
        return physical_id, {**(attributes or {}), **(hook(physical_id, new) or {})}

    HANDLERS[resource_type] = {**handler, 'create': created, **({'update': updated} if update else {})}


def new_id(length: int) -> str:
    return secrets.token_hex(length)[:length]


def need(props: Props, *names: str) -> None:
    missing = [name for name in names if props.get(name) in (None, '', [])]
    if missing:
        raise ValueError(f'missing properties: {", ".join(missing)}')


def payload(response: Response) -> dict[str, Any]:
    """The JSON body of a service's answer; its error text as an exception."""
    status, _, body = response
    if status >= 400:
        raise ValueError(body.decode() if isinstance(body, bytes) else str(body))
    return json.loads(body) if body else {}


def first_text(response: Response, element: str) -> str:
    """The text of the first `element` in a service's XML answer; its error text as an exception."""
    status, _, body = response
    text = body.decode() if isinstance(body, bytes) else body
    if status >= 400:
        raise ValueError(text)
    return next(
        node.text or '' for node in ElementTree.fromstring(text).iter() if node.tag.rsplit('}', 1)[-1] == element
    )
