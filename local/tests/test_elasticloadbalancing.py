"""Sign-in at the emulated load balancer."""

from urllib.parse import parse_qs, urlsplit

import pytest

from local.session.http import send

from .conftest import NETWORK

HOST = {'Host': 'maps.example.com:443'}
CALLBACK = 'https://maps.example.com/oauth2/idpresponse'
SIGN_IN = {
    'UserPoolArn': {'Fn::GetAtt': ['Pool', 'Arn']},
    'UserPoolClientId': {'Ref': 'Client'},
    'UserPoolDomain': {'Ref': 'Domain'},
    'SessionTimeout': '3600',
}
FIXED = {
    'Type': 'fixed-response',
    'Order': 2,
    'FixedResponseConfig': {'StatusCode': '200', 'MessageBody': 'inside', 'ContentType': 'text/plain'},
}


def actions(**config):
    return [{'Type': 'authenticate-cognito', 'Order': 1, 'AuthenticateCognitoConfig': {**SIGN_IN, **config}}, FIXED]


RESOURCES = {
    **NETWORK,
    'Pool': {'Type': 'AWS::Cognito::UserPool', 'Properties': {}},
    'Client': {
        'Type': 'AWS::Cognito::UserPoolClient',
        'Properties': {
            'UserPoolId': {'Ref': 'Pool'},
            'GenerateSecret': True,
            'AllowedOAuthFlows': ['code'],
            'AllowedOAuthScopes': ['openid'],
            'AllowedOAuthFlowsUserPoolClient': True,
            'CallbackURLs': [CALLBACK],
            'SupportedIdentityProviders': ['COGNITO'],
        },
    },
    'Domain': {
        'Type': 'AWS::Cognito::UserPoolDomain',
        'Properties': {'UserPoolId': {'Ref': 'Pool'}, 'Domain': 'sign-in-test'},
    },
    'Balancer': {
        'Type': 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        'Properties': {'Type': 'application', 'Subnets': [{'Ref': 'One'}, {'Ref': 'Two'}]},
    },
    'Listener': {
        'Type': 'AWS::ElasticLoadBalancingV2::Listener',
        'Properties': {
            'LoadBalancerArn': {'Ref': 'Balancer'},
            'Port': 443,
            'Protocol': 'HTTPS',
            'DefaultActions': actions(),
            'Certificates': [{'CertificateArn': 'arn:aws:acm:us-east-1:000000000000:certificate/c'}],
        },
    },
    'Api': {
        'Type': 'AWS::ElasticLoadBalancingV2::ListenerRule',
        'Properties': {
            'ListenerArn': {'Ref': 'Listener'},
            'Priority': 1,
            'Conditions': [{'Field': 'path-pattern', 'PathPatternConfig': {'Values': ['/api/*']}}],
            'Actions': actions(OnUnauthenticatedRequest='deny'),
        },
    },
}


@pytest.fixture
def made(stack):
    return stack(RESOURCES, {'Issuer': {'Fn::GetAtt': ['Pool', 'ProviderURL']}})


def test_sign_in_configuration_is_described(emulator, made):
    balancing = emulator.client('elbv2')
    rules = balancing.describe_rules(ListenerArn=made.physical_id('Listener'))['Rules']
    configs = {rule['Priority']: rule['Actions'][0]['AuthenticateCognitoConfig'] for rule in rules}
    assert configs['1']['OnUnauthenticatedRequest'] == 'deny'
    assert (configs['default']['UserPoolClientId'], configs['default']['SessionTimeout']) == (
        made.physical_id('Client'),
        3600,
    )
    assert made.outputs()['Issuer'] == f'https://cognito-idp.us-east-1.amazonaws.com/{made.physical_id("Pool")}'


def test_a_page_without_session_goes_to_sign_in_and_a_call_is_refused(emulator, made):
    path = '/_alb/' + made.physical_id('Balancer').split('/')[-2]
    page = send(emulator, 'GET', f'{path}/map?id=1', HOST)
    target = urlsplit(page.headers['location'])
    query = parse_qs(target.query)
    assert (page.status, target.netloc, target.path) == (302, f'127.0.0.1:{emulator.port}', '/oauth2/authorize')
    assert (query['client_id'], query['redirect_uri']) == ([made.physical_id('Client')], [CALLBACK])
    assert send(emulator, 'GET', f'{path}/api/v1', HOST).status == 401


def test_requests_reach_a_load_balancer_of_another_region(emulator):
    ec2, balancing = emulator.client('ec2', 'eu-central-1'), emulator.client('elbv2', 'eu-central-1')
    subnets = [each['SubnetId'] for each in ec2.describe_subnets()['Subnets']][:2]
    balancer = balancing.create_load_balancer(Name='elsewhere', Subnets=subnets)['LoadBalancers'][0]['LoadBalancerArn']
    answer = {
        'Type': 'fixed-response',
        'FixedResponseConfig': {'StatusCode': '203', 'MessageBody': 'from afar', 'ContentType': 'text/plain'},
    }
    balancing.create_listener(LoadBalancerArn=balancer, Protocol='HTTP', Port=80, DefaultActions=[answer])
    found = send(emulator, 'GET', '/_alb/elsewhere/x', {'Host': 'any.example.com:80'})
    assert (found.status, found.text) == (203, 'from afar')
    assert send(emulator, 'GET', '/_alb/nowhere/x', {'Host': 'any.example.com:80'}).status == 404
