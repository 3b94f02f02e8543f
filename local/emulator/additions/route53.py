"""Route 53: a hosted zone that a template names by id stands ready, as the account's own zone would on AWS."""
from typing import Any

from ministack.services import route53

from ..registry import HANDLERS, Created, Props


def ensure_zone(props: Props) -> None:
    """The id comes from outside the stack; its name is taken to be the record's last two labels."""
    zone_id = (props.get('HostedZoneId') or '').rsplit('/', 1)[-1]
    if not zone_id or zone_id in route53._zones:
        return
    name = '.'.join(props['Name'].rstrip('.').split('.')[-2:]) + '.'
    route53._zones[zone_id] = {
        'id': zone_id, 'name': name, 'caller_reference': zone_id, 'comment': 'named by a template', 'private': False, 'vpcs': [],
    }
    route53._records[zone_id] = route53._default_records(name)


def install() -> None:
    handler = HANDLERS['AWS::Route53::RecordSet']
    create = handler['create']

    def created(logical_id: str, props: Props, *rest: Any) -> Created:
        ensure_zone(props)
        return create(logical_id, props, *rest)

    HANDLERS['AWS::Route53::RecordSet'] = {**handler, 'create': created}
