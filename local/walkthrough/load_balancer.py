"""Requests through the deployed load balancer: redirect, sign-in on the hosted pages, and the way to the backend."""

import html
import re
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode, urlsplit

from ..session.backend import Backend
from ..session.emulator import HOST, Emulator
from ..session.failure import Failure
from ..session.http import Answer, send
from ..session.stacks import Resource, Stack
from . import people
from .report import Check

FORM = 'application/x-www-form-urlencoded'
PAGE = '/map?id=7'


class LoadBalancer:
    """The load balancer of a deployed stack; everything is found by resource type."""

    def __init__(self, emulator: Emulator, stack: Stack, stopping: ExitStack) -> None:
        self.emulator, self.stack = emulator, stack
        self.resources = stack.resources(emulator)
        self.balancing = emulator.client('elbv2', stack.region)
        arn = self.one('AWS::ElasticLoadBalancingV2::LoadBalancer').physical_id
        self.name = arn.split('/')[-2]
        self.listeners = {
            each['Port']: each for each in self.balancing.describe_listeners(LoadBalancerArn=arn)['Listeners']
        }
        self.host = self.site_host()
        backend = stopping.enter_context(Backend('container'))
        target_group = self.one('AWS::ElasticLoadBalancingV2::TargetGroup').physical_id
        self.balancing.register_targets(TargetGroupArn=target_group, Targets=[{'Id': HOST, 'Port': backend.port}])

    def one(self, resource_type: str) -> Resource:
        found = [each for each in self.resources if each.type == resource_type]
        if not found:
            raise Failure(f'stack {self.stack.name} has no {resource_type}')
        return found[0]

    def site_host(self) -> str:
        """The host that sign-in returns to."""
        client = self.one('AWS::Cognito::UserPoolClient').physical_id
        described = self.cognito.describe_user_pool_client(UserPoolId=self.pool, ClientId=client)['UserPoolClient']
        return str(urlsplit(described['CallbackURLs'][0]).hostname)

    @property
    def cognito(self) -> Any:
        return self.emulator.client('cognito-idp', self.stack.region)

    @property
    def pool(self) -> str:
        return self.one('AWS::Cognito::UserPool').physical_id

    @property
    def path(self) -> str:
        return f'/_alb/{self.name}'

    @property
    def url(self) -> str:
        return f'http://{HOST}:{self.emulator.port}{self.path}/'

    def request(self, path: str, port: int = 443, headers: dict[str, str] | None = None) -> Answer:
        """The emulator tells listeners apart by the port in the host header."""
        return send(self.emulator, 'GET', self.path + path, {'Host': f'{self.host}:{port}', **(headers or {})})

    def api_path(self) -> str | None:
        """A path whose rule refuses calls without a session instead of sending them to sign in."""
        for rule in self.balancing.describe_rules(ListenerArn=self.listeners[443]['ListenerArn'])['Rules']:
            refuses = any(
                action.get('AuthenticateCognitoConfig', {}).get('OnUnauthenticatedRequest') == 'deny'
                for action in rule['Actions']
            )
            patterns = [
                value
                for condition in rule['Conditions']
                for value in condition.get('PathPatternConfig', {}).get('Values', [])
            ]
            if refuses and patterns:
                return str(patterns[0]).replace('*', 'hello')
        return None


def walk(balancer: LoadBalancer) -> list[Check]:
    plain = balancer.request(PAGE, 80)
    page = balancer.request(PAGE)
    sign_in = page.headers.get('location', '')
    checks = [
        Check(
            'http://, port 80',
            '301 to https',
            f'{plain.status} to {urlsplit(plain.headers.get("location", "")).scheme}',
        ),
        Check(
            f'GET {PAGE}, not signed in',
            '302 to sign-in',
            f'{page.status} to {"sign-in" if "/oauth2/authorize" in sign_in else sign_in or "nowhere"}',
        ),
    ]
    api_path = balancer.api_path()
    if api_path:
        checks.append(Check(f'GET {api_path}, not signed in', '401', str(balancer.request(api_path).status)))
    return checks + sign_in_checks(balancer, sign_in)


def sign_in_checks(balancer: LoadBalancer, sign_in: str) -> list[Check]:
    people.enroll(balancer.cognito, balancer.pool)
    returned = log_in(balancer.emulator, sign_in, people.PASSWORD)
    back = urlsplit(returned.headers.get('location', ''))
    session = balancer.request(f'{back.path}?{back.query}')
    cookies = '; '.join(line.split(';')[0] for line in session.headers.get('set-cookie', '').split('\n'))
    inside = balancer.request(PAGE, headers={'Cookie': cookies})
    forged = balancer.request(PAGE, headers={'Cookie': cookies, 'x-amzn-oidc-identity': 'someone-else'})
    return [
        Check(
            'sign-in form with a wrong password',
            'no session',
            'no session' if 'code=' not in wrong(balancer, sign_in) else 'a session',
        ),
        Check(
            'sign-in form with the right one',
            '302 back',
            f'{returned.status} {"back" if back.hostname == balancer.host else "elsewhere"}',
        ),
        Check(
            'its return to the load balancer',
            '302 and cookie',
            f'{session.status} {"and cookie" if cookies else "without"}',
        ),
        Check(f'GET {PAGE}, signed in', '200 container', f'{inside.status} {inside.echo.get("backend", "")}'.strip()),
        Check('who the container sees', 'the person', seen(inside, balancer)),
        Check('who it sees if the caller lies', 'the person', seen(forged, balancer)),
    ]


def wrong(balancer: LoadBalancer, sign_in: str) -> str:
    return log_in(balancer.emulator, sign_in, people.PASSWORD + 'x').headers.get('location', '')


def log_in(emulator: Emulator, sign_in: str, password: str) -> Answer:
    """Opens the hosted sign-in page and sends its form."""
    address = urlsplit(sign_in)
    page = send(emulator, 'GET', f'{address.path}?{address.query}')
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text)
    }
    fields.update(username=people.NAME, password=password)
    return send(emulator, 'POST', '/login', {'Content-Type': FORM}, urlencode(fields))


def seen(answer: Answer, balancer: LoadBalancer) -> str:
    """The person's id reaches the container in the header that the load balancer sets."""
    users = balancer.cognito.list_users(UserPoolId=balancer.pool)['Users']
    subject = next(attribute['Value'] for attribute in users[0]['Attributes'] if attribute['Name'] == 'sub')
    headers = answer.echo.get('headers', {})
    complete = headers.get('x-amzn-oidc-data') and headers.get('x-amzn-oidc-accesstoken')
    return 'the person' if complete and headers.get('x-amzn-oidc-identity') == subject else 'someone else'
