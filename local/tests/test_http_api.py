"""The HTTP API of the emulator, from its routes to an instance registered in Cloud Map."""

import json

import pytest

from local.session.backend import Backend
from local.session.http import send

from .conftest import NETWORK

ORIGIN = 'https://app.example.com'


def of_api(kind, **props):
    return {'Type': f'AWS::ApiGatewayV2::{kind}', 'Properties': {'ApiId': {'Ref': 'Api'}, **props}}


RESOURCES = {
    **NETWORK,
    'Namespace': {
        'Type': 'AWS::ServiceDiscovery::PrivateDnsNamespace',
        'Properties': {'Name': 'test.internal', 'Vpc': {'Ref': 'Vpc'}},
    },
    'Discovery': {
        'Type': 'AWS::ServiceDiscovery::Service',
        'Properties': {
            'Name': 'app',
            'NamespaceId': {'Ref': 'Namespace'},
            'DnsConfig': {'DnsRecords': [{'Type': 'A', 'TTL': 10}, {'Type': 'SRV', 'TTL': 10}]},
            'HealthCheckCustomConfig': {'FailureThreshold': 1},
        },
    },
    'Link': {
        'Type': 'AWS::ApiGatewayV2::VpcLink',
        'Properties': {
            'Name': 'link',
            'SubnetIds': [{'Ref': 'One'}, {'Ref': 'Two'}],
            'SecurityGroupIds': [{'Ref': 'Group'}],
        },
    },
    'Api': {
        'Type': 'AWS::ApiGatewayV2::Api',
        'Properties': {
            'Name': 'api',
            'ProtocolType': 'HTTP',
            'CorsConfiguration': {
                'AllowOrigins': [ORIGIN],
                'AllowMethods': ['GET'],
                'AllowHeaders': ['authorization'],
                'AllowCredentials': True,
                'MaxAge': 600,
            },
        },
    },
    'Integration': of_api(
        'Integration',
        IntegrationType='HTTP_PROXY',
        IntegrationMethod='ANY',
        PayloadFormatVersion='1.0',
        ConnectionType='VPC_LINK',
        ConnectionId={'Ref': 'Link'},
        IntegrationUri={'Fn::GetAtt': ['Discovery', 'Arn']},
    ),
    'Route': of_api(
        'Route', RouteKey='ANY /open/{proxy+}', Target={'Fn::Join': ['/', ['integrations', {'Ref': 'Integration'}]]}
    ),
    'Log': {'Type': 'AWS::Logs::LogGroup', 'Properties': {'LogGroupName': '/aws/vendedlogs/test'}},
    'Stage': of_api(
        'Stage',
        StageName='$default',
        AutoDeploy=True,
        DefaultRouteSettings={'ThrottlingBurstLimit': 5, 'ThrottlingRateLimit': 2},
        AccessLogSettings={
            'DestinationArn': {'Fn::GetAtt': ['Log', 'Arn']},
            'Format': '{"status":"$context.status","route":"$context.routeKey","agent":"$context.identity.userAgent","none":"$context.error.x"}',
        },
    ),
}


@pytest.fixture
def made(stack):
    return stack(RESOURCES)


def get(emulator, made, path='/open/a', method='GET', **headers):
    return send(emulator, method, f'/_aws/execute-api/{made.physical_id("Api")}/$default{path}', headers)


def test_vpc_link_and_settings_are_described_in_the_spelling_of_the_api(emulator, made):
    gateway, api = emulator.client('apigatewayv2'), made.physical_id('Api')
    link = gateway.get_vpc_link(VpcLinkId=made.physical_id('Link'))
    assert (len(link['SubnetIds']), link['SecurityGroupIds'], link['VpcLinkStatus']) == (
        2,
        [made.physical_id('Group')],
        'AVAILABLE',
    )
    assert gateway.get_api(ApiId=api)['CorsConfiguration']['AllowOrigins'] == [ORIGIN]
    assert gateway.get_stage(ApiId=api, StageName='$default')['DefaultRouteSettings'] == {
        'ThrottlingBurstLimit': 5,
        'ThrottlingRateLimit': 2.0,
    }


def test_vpc_link_is_renamed_in_place_and_replaced_with_other_subnets(emulator, made):
    gateway, link = emulator.client('apigatewayv2'), made.physical_id('Link')
    props = RESOURCES['Link']['Properties']
    made.update({**RESOURCES, 'Link': {**RESOURCES['Link'], 'Properties': {**props, 'Name': 'renamed'}}})
    assert gateway.get_vpc_link(VpcLinkId=link)['Name'] == 'renamed'
    made.update({**RESOURCES, 'Link': {**RESOURCES['Link'], 'Properties': {**props, 'SubnetIds': [{'Ref': 'One'}]}}})
    assert [
        each['VpcLinkId']
        for each in gateway.get_vpc_links()['Items']
        if each['VpcLinkId'] in (link, made.physical_id('Link'))
    ] == [made.physical_id('Link')]


def test_fails_on_a_vpc_link_without_subnets(stack):
    link = {'Type': 'AWS::ApiGatewayV2::VpcLink', 'Properties': {'Name': 'link', 'SubnetIds': []}}
    with pytest.raises(AssertionError, match='missing properties: SubnetIds'):
        stack({'Link': link})


def test_request_reaches_an_instance_and_is_logged(emulator, made):
    discovery = emulator.client('servicediscovery')
    assert get(emulator, made).status == 503
    with Backend('app') as backend:
        discovery.register_instance(
            ServiceId=made.physical_id('Discovery'),
            InstanceId='one',
            Attributes={'AWS_INSTANCE_IPV4': '127.0.0.1', 'AWS_INSTANCE_PORT': str(backend.port)},
        )
        answer = get(emulator, made, '/open/a?b=1', **{'User-Agent': 'test-agent'})
    assert (answer.status, answer.echo['backend'], answer.echo['path']) == (200, 'app', '/open/a?b=1')
    assert get(emulator, made, '/nothing').status == 404
    events = emulator.client('logs').filter_log_events(logGroupName='/aws/vendedlogs/test')['events']
    lines = [json.loads(event['message']) for event in events]
    assert {'status': '200', 'route': 'ANY /open/{proxy+}', 'agent': 'test-agent', 'none': '-'} in lines
    assert {line['status'] for line in lines} >= {'200', '404', '503'}


def test_preflight_is_answered_for_the_allowed_origin_only(emulator, made):
    asked = {'Access-Control-Request-Method': 'GET'}
    allowed = get(emulator, made, method='OPTIONS', Origin=ORIGIN, **asked)
    assert (
        allowed.status,
        allowed.headers['access-control-allow-origin'],
        allowed.headers['access-control-max-age'],
    ) == (204, ORIGIN, '600')
    refused = get(emulator, made, method='OPTIONS', Origin='https://other.example.com', **asked)
    assert 'access-control-allow-origin' not in refused.headers


def test_fails_with_500_when_the_link_is_gone(emulator, made):
    emulator.client('apigatewayv2').delete_vpc_link(VpcLinkId=made.physical_id('Link'))
    assert get(emulator, made).status == 500
