from local.session.http import send

LISTENER = 'arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/shared/0123456789abcdef/0123456789abcdef'


def test_a_hosted_zone_from_outside_the_stack_stands_ready(emulator, stack):
    records = {
        f'Record{kind}': {
            'Type': 'AWS::Route53::RecordSet',
            'Properties': {
                'HostedZoneId': 'Z0123456789ABCDEFGHIJ',
                'Name': 'maps.example.com.',
                'Type': kind,
                'AliasTarget': {'DNSName': 'lb.example.net', 'HostedZoneId': 'Z35SXDOTRQ7X7K'},
            },
        }
        for kind in ('A', 'AAAA')
    }
    stack(records)
    found = emulator.client('route53').list_resource_record_sets(HostedZoneId='Z0123456789ABCDEFGHIJ')[
        'ResourceRecordSets'
    ]
    assert {each['Type'] for each in found if each['Name'] == 'maps.example.com.'} == {'A', 'AAAA'}
    assert (
        emulator.client('route53').get_hosted_zone(Id='Z0123456789ABCDEFGHIJ')['HostedZone']['Name'] == 'example.com.'
    )


def test_a_security_group_from_outside_takes_rules(emulator, stack):
    group = 'sg-0123456789abcdef0'
    stack(
        {
            'Rule': {
                'Type': 'AWS::EC2::SecurityGroupIngress',
                'Properties': {
                    'GroupId': group,
                    'IpProtocol': 'tcp',
                    'FromPort': 443,
                    'ToPort': 443,
                    'CidrIp': '10.0.0.0/8',
                },
            }
        }
    )
    found = emulator.client('ec2').describe_security_groups(GroupIds=[group])['SecurityGroups'][0]
    assert [rule['FromPort'] for rule in found['IpPermissions']] == [443]


def test_a_listener_from_outside_takes_rules_and_requests(emulator, stack):
    action = {
        'Type': 'fixed-response',
        'FixedResponseConfig': {'StatusCode': '200', 'MessageBody': 'inside', 'ContentType': 'text/plain'},
    }
    rule = {
        'ListenerArn': LISTENER,
        'Priority': 7,
        'Actions': [action],
        'Conditions': [{'Field': 'host-header', 'HostHeaderConfig': {'Values': ['maps.example.com']}}],
    }
    stack({'Rule': {'Type': 'AWS::ElasticLoadBalancingV2::ListenerRule', 'Properties': rule}})
    assert send(emulator, 'GET', '/_alb/shared/', {'Host': 'maps.example.com:443'}).text == 'inside'
    assert send(emulator, 'GET', '/_alb/shared/', {'Host': 'other.example.com:443'}).status == 404
