import pytest

from .conftest import NETWORK

RULE = {
    'GroupId': {'Ref': 'Group'},
    'IpProtocol': 'tcp',
    'FromPort': 8080,
    'ToPort': 8080,
    'SourceSecurityGroupId': {'Ref': 'Other'},
    'Description': 'a',
}


def rules(emulator, group, key='IpPermissions'):
    return emulator.client('ec2').describe_security_groups(GroupIds=[group])['SecurityGroups'][0][key]


def test_ingress_rule_joins_its_group_changes_in_place_and_leaves(emulator, stack):
    made = stack({**NETWORK, 'Rule': {'Type': 'AWS::EC2::SecurityGroupIngress', 'Properties': RULE}})
    group, rule_id = made.physical_id('Group'), made.physical_id('Rule')
    assert [(r['FromPort'], r['UserIdGroupPairs'][0]['GroupId']) for r in rules(emulator, group)] == [
        (8080, made.physical_id('Other'))
    ]
    made.update(
        {**NETWORK, 'Rule': {'Type': 'AWS::EC2::SecurityGroupIngress', 'Properties': {**RULE, 'Description': 'b'}}}
    )
    assert [r['UserIdGroupPairs'][0]['Description'] for r in rules(emulator, group)] == ['b']
    assert made.physical_id('Rule') == rule_id
    made.update(NETWORK)
    assert rules(emulator, group) == []


def test_egress_rule_joins_its_group(emulator, stack):
    group = {
        'Type': 'AWS::EC2::SecurityGroup',
        'Properties': {
            **NETWORK['Group']['Properties'],
            'SecurityGroupEgress': [
                {'CidrIp': '255.255.255.255/32', 'IpProtocol': 'icmp', 'FromPort': 252, 'ToPort': 86}
            ],
        },
    }
    props = {
        'GroupId': {'Ref': 'Group'},
        'IpProtocol': 'tcp',
        'FromPort': 5432,
        'ToPort': 5432,
        'DestinationSecurityGroupId': {'Ref': 'Other'},
    }
    made = stack({**NETWORK, 'Group': group, 'Rule': {'Type': 'AWS::EC2::SecurityGroupEgress', 'Properties': props}})
    found = rules(emulator, made.physical_id('Group'), 'IpPermissionsEgress')
    assert 5432 in [r.get('FromPort') for r in found]


def test_fails_on_a_rule_of_a_group_that_does_not_exist_or_that_is_there_already(stack):
    with pytest.raises(AssertionError, match='InvalidGroup'):
        stack(
            {**NETWORK, 'Rule': {'Type': 'AWS::EC2::SecurityGroupIngress', 'Properties': {**RULE, 'GroupId': 'sg-0'}}}
        )
    with pytest.raises(AssertionError, match='InvalidPermission'):
        stack(
            {**NETWORK, **{name: {'Type': 'AWS::EC2::SecurityGroupIngress', 'Properties': RULE} for name in ('A', 'B')}}
        )


def test_nat_gateway_with_an_elastic_address(emulator, stack):
    made = stack(
        {
            **NETWORK,
            'Address': {'Type': 'AWS::EC2::EIP', 'Properties': {'Domain': 'vpc'}},
            'Nat': {
                'Type': 'AWS::EC2::NatGateway',
                'Properties': {'SubnetId': {'Ref': 'One'}, 'AllocationId': {'Fn::GetAtt': ['Address', 'AllocationId']}},
            },
        },
        {'Cidr': {'Fn::GetAtt': ['Vpc', 'CidrBlock']}},
    )
    ec2 = emulator.client('ec2')
    nat = ec2.describe_nat_gateways(NatGatewayIds=[made.physical_id('Nat')])['NatGateways'][0]
    address = ec2.describe_addresses(PublicIps=[made.physical_id('Address')])['Addresses'][0]
    assert (nat['State'], nat['SubnetId']) == ('available', made.physical_id('One'))
    assert made.outputs() == {'Cidr': '10.9.0.0/16'}
    made.delete()
    assert address['AllocationId'] not in [each['AllocationId'] for each in ec2.describe_addresses()['Addresses']]
    assert nat['NatGatewayId'] not in [
        each['NatGatewayId'] for each in ec2.describe_nat_gateways()['NatGateways'] if each['State'] != 'deleted'
    ]


def test_flow_logs_to_a_log_group_and_to_a_bucket(emulator, stack):
    common = {'ResourceId': {'Ref': 'Vpc'}, 'ResourceType': 'VPC', 'TrafficType': 'REJECT'}
    made = stack(
        {
            **NETWORK,
            'ToLogs': {
                'Type': 'AWS::EC2::FlowLog',
                'Properties': {
                    **common,
                    'LogDestinationType': 'cloud-watch-logs',
                    'LogGroupName': 'flow',
                    'DeliverLogsPermissionArn': 'arn:aws:iam::000000000000:role/flow',
                },
            },
            'ToBucket': {
                'Type': 'AWS::EC2::FlowLog',
                'Properties': {**common, 'LogDestinationType': 's3', 'LogDestination': 'arn:aws:s3:::flow'},
            },
        }
    )
    found = emulator.client('ec2').describe_flow_logs(
        FlowLogIds=[made.physical_id('ToLogs'), made.physical_id('ToBucket')]
    )['FlowLogs']
    assert {(each['LogDestinationType'], each['TrafficType'], each['ResourceId']) for each in found} == {
        ('cloud-watch-logs', 'REJECT', made.physical_id('Vpc')),
        ('s3', 'REJECT', made.physical_id('Vpc')),
    }
