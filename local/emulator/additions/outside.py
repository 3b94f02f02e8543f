"""What a template names by id but no stack made stands ready, as it would in an account: hosted zones, security groups, listeners."""

import re
from collections.abc import Callable
from typing import Any

from ministack.core.responses import get_account_id
from ministack.services import alb, ec2, route53

from ..registry import HANDLERS, Created, Props

GROUP = re.compile('sg-[0-9a-f]{17}')
LISTENER = re.compile(r'(arn:aws:elasticloadbalancing:[^:]+:[^:]+:)listener/app/([^/]+)/([^/]+)/[^/]+')


def ensure_zone(props: Props) -> None:
    """The zone's name is taken to be the record's last two labels."""
    zone_id = (props.get('HostedZoneId') or '').rsplit('/', 1)[-1]
    if not zone_id or zone_id in route53._zones:
        return
    name = '.'.join(props['Name'].rstrip('.').split('.')[-2:]) + '.'
    route53._zones[zone_id] = {
        'id': zone_id,
        'name': name,
        'caller_reference': zone_id,
        'comment': 'named by a template',
        'private': False,
        'vpcs': [],
    }
    route53._records[zone_id] = route53._default_records(name)


def ensure_group(props: Props) -> None:
    group = props.get('GroupId', '')
    if GROUP.fullmatch(group) and group not in ec2._security_groups:
        ec2._security_groups[group] = {
            'GroupId': group,
            'GroupName': group,
            'Description': 'named by a template',
            'VpcId': ec2._DEFAULT_VPC_ID,
            'OwnerId': get_account_id(),
            'IpPermissions': [],
            'IpPermissionsEgress': [],
        }


def ensure_listener(props: Props) -> None:
    """An HTTPS listener that answers 404, on a load balancer with the name in its ARN."""
    arn = props.get('ListenerArn', '')
    found = LISTENER.fullmatch(arn)
    if not found or arn in alb._listeners:
        return
    prefix, name, balancer_id = found.groups()
    balancer = f'{prefix}loadbalancer/app/{name}/{balancer_id}'
    alb._lbs[balancer] = {
        'LoadBalancerArn': balancer,
        'LoadBalancerName': name,
        'DNSName': f'{name}.elb.amazonaws.com',
        'Scheme': 'internet-facing',
        'VpcId': ec2._DEFAULT_VPC_ID,
        'State': 'active',
        'Type': 'application',
        'Subnets': [],
        'SecurityGroups': [],
        'IpAddressType': 'ipv4',
        'CreatedTime': alb._now_iso(),
    }
    alb._lb_attrs[balancer] = []
    not_found = {
        'Type': 'fixed-response',
        'Order': 1,
        'FixedResponseConfig': {'StatusCode': '404', 'ContentType': 'text/plain'},
    }
    alb._listeners[arn] = {
        'ListenerArn': arn,
        'LoadBalancerArn': balancer,
        'Port': 443,
        'Protocol': 'HTTPS',
        'DefaultActions': [not_found],
    }
    rule = arn.replace(':listener/', ':listener-rule/') + '/default'
    alb._rules[rule] = {
        'RuleArn': rule,
        'ListenerArn': arn,
        'Priority': 'default',
        'Conditions': [],
        'Actions': [not_found],
        'IsDefault': True,
    }


def before(resource_type: str, ensure: Callable[[Props], None]) -> None:
    handler = HANDLERS[resource_type]
    create = handler['create']

    def created(logical_id: str, props: Props, *rest: Any) -> Created:
        ensure(props)
        return create(logical_id, props, *rest)

    HANDLERS[resource_type] = {**handler, 'create': created}


def install() -> None:
    before('AWS::Route53::RecordSet', ensure_zone)
    before('AWS::EC2::SecurityGroupIngress', ensure_group)
    before('AWS::EC2::SecurityGroupEgress', ensure_group)
    before('AWS::ElasticLoadBalancingV2::ListenerRule', ensure_listener)
