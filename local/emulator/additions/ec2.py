"""EC2: security group rules, elastic addresses, NAT gateways, flow logs, and a VPC's CIDR block as an attribute."""

import copy
import json
from typing import Any

from ministack.services import ec2
from ministack.services.cloudformation import provisioners

from ..registry import Created, Delete, Props, Update, add, after, first_text, need, new_id


class SecurityGroupRules:
    """AWS::EC2::SecurityGroupIngress or AWS::EC2::SecurityGroupEgress."""

    def __init__(self, permissions: str) -> None:
        self.permissions = permissions

    def create(self, _name: str, props: Props) -> Created:
        self.authorize(props)
        rule_id = f'sgr-{new_id(17)}'
        return rule_id, {'Id': rule_id}

    def update(self, physical_id: str, old: Props, new: Props) -> Props:
        self.delete(physical_id, old)
        self.authorize(new)
        return {'Id': physical_id}

    def delete(self, _physical_id: str, props: Props) -> None:
        group = ec2._security_groups.get(props['GroupId'])
        if group:
            gone = self.rule(props)
            group[self.permissions] = [rule for rule in group.get(self.permissions, []) if not same(rule, gone)]

    def authorize(self, props: Props) -> None:
        group = ec2._security_groups.get(props['GroupId'])
        if group is None:
            raise ValueError(f"the security group '{props['GroupId']}' does not exist (InvalidGroup.NotFound)")
        rules, rule = group.setdefault(self.permissions, []), self.rule(props)
        if any(same(other, rule) for other in rules):
            raise ValueError('the specified rule already exists (InvalidPermission.Duplicate)')
        rules.append(rule)

    @staticmethod
    def rule(props: Props) -> Props:
        return provisioners._ec2_sg_permissions([props])[0]


def same(one: Props, other: Props) -> bool:
    """Two rules are one rule when they differ in their description only."""

    def key(rule: Props) -> str:
        return json.dumps(ec2._strip_descriptions(copy.deepcopy(rule)), sort_keys=True)

    return key(one) == key(other)


def create_address(_name: str, props: Props) -> Created:
    answer = ec2._allocate_address({'Domain': [props.get('Domain', 'vpc')]})
    allocation, address = first_text(answer, 'allocationId'), first_text(answer, 'publicIp')
    provisioners._ec2_apply_tags(allocation, props)
    return address, {'AllocationId': allocation, 'PublicIp': address}


def delete_address(physical_id: str, _props: Props) -> None:
    for allocation, record in list(ec2._addresses.items()):
        if record['PublicIp'] == physical_id:
            ec2._addresses.pop(allocation)


def create_nat_gateway(_name: str, props: Props) -> Created:
    request = {name: [props[name]] for name in ('SubnetId', 'AllocationId', 'ConnectivityType') if name in props}
    nat = first_text(ec2._create_nat_gateway(request), 'natGatewayId')
    provisioners._ec2_apply_tags(nat, props)
    return nat, {'NatGatewayId': nat}


def create_flow_log(_name: str, props: Props) -> Created:
    need(props, 'ResourceId', 'ResourceType')
    request = {'ResourceId.1': [props['ResourceId']], 'ResourceType': [props['ResourceType']]}
    defaults = {'TrafficType': 'ALL', 'LogDestinationType': 'cloud-watch-logs'}
    for name in ('TrafficType', 'LogDestinationType', 'LogGroupName', 'LogDestination'):
        value = props.get(name, defaults.get(name))
        if value:
            request[name] = [value]
    known = set(ec2._flow_logs)
    first_text(ec2._create_flow_logs(request), 'item')
    flow_log = (set(ec2._flow_logs) - known).pop()
    provisioners._ec2_apply_tags(flow_log, props)
    return flow_log, {'Id': flow_log}


def removal(store: Any) -> Delete:
    return lambda physical_id, _props: store.pop(physical_id, None)


def install() -> None:
    for resource_type, permissions in (('Ingress', 'IpPermissions'), ('Egress', 'IpPermissionsEgress')):
        rules = SecurityGroupRules(permissions)
        update: Update = rules.update
        add(f'AWS::EC2::SecurityGroup{resource_type}', rules.create, rules.delete, update)
    add('AWS::EC2::EIP', create_address, delete_address)
    add('AWS::EC2::NatGateway', create_nat_gateway, removal(ec2._nat_gateways))
    add('AWS::EC2::FlowLog', create_flow_log, removal(ec2._flow_logs))
    after('AWS::EC2::VPC', lambda physical_id, _props: {'CidrBlock': ec2._vpcs[physical_id]['CidrBlock']})
