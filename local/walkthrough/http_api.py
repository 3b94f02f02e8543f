"""Requests through the deployed HTTP API: its endpoint, the VPC link, Cloud Map, and a local backend in place of the containers."""

import re
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from ..session.backend import Backend
from ..session.emulator import HOST, Emulator
from ..session.failure import Failure
from ..session.http import Answer, send
from ..session.stacks import Resource, Stack
from . import people
from .report import Check


@dataclass
class Service:
    """One service behind the API, as its routes show it."""

    name: str
    discovery_id: str
    path: str
    method: str
    authorization: str
    backend: Backend


class HttpApi:
    """The API of a deployed stack; everything is found by resource type."""

    def __init__(self, emulator: Emulator, stack: Stack, stopping: ExitStack) -> None:
        self.emulator, self.stack, self.stopping = emulator, stack, stopping
        self.resources = stack.resources(emulator)
        self.gateway = emulator.client('apigatewayv2', stack.region)
        self.discovery = emulator.client('servicediscovery', stack.region)
        self.api = self.gateway.get_api(ApiId=self.one('AWS::ApiGatewayV2::Api').physical_id)
        self.services = self.find_services()

    def all(self, resource_type: str) -> list[Resource]:
        return [each for each in self.resources if each.type == resource_type]

    def one(self, resource_type: str) -> Resource:
        found = self.all(resource_type)
        if not found:
            raise Failure(f'stack {self.stack.name} has no {resource_type}')
        return found[0]

    @property
    def path(self) -> str:
        return f'/_aws/execute-api/{self.api["ApiId"]}/$default'

    @property
    def url(self) -> str:
        return f'http://{HOST}:{self.emulator.port}{self.path}'

    def find_services(self) -> list[Service]:
        """Services with a route, each with a backend of its own registered in Cloud Map."""
        routes = self.gateway.get_routes(ApiId=self.api['ApiId'])['Items']
        targets = {
            each['IntegrationUri'].rsplit('/', 1)[-1]: each['IntegrationId']
            for each in self.gateway.get_integrations(ApiId=self.api['ApiId'])['Items']
        }
        found = []
        for resource in self.all('AWS::ServiceDiscovery::Service'):
            described = self.discovery.get_service(Id=resource.physical_id)['Service']
            mine = [route for route in routes if route.get('Target', '').endswith(targets.get(described['Id'], 'none'))]
            if mine:
                found.append(self.service(described, min(mine, key=rank)))
        if not found:
            raise Failure(f'no route of {self.stack.name} leads to a Cloud Map service')
        return found

    def service(self, described: dict[str, Any], route: dict[str, Any]) -> Service:
        backend = self.stopping.enter_context(Backend(described['Name']))
        self.discovery.register_instance(
            ServiceId=described['Id'],
            InstanceId='local',
            Attributes={'AWS_INSTANCE_IPV4': HOST, 'AWS_INSTANCE_PORT': str(backend.port)},
        )
        method, path = sample(route['RouteKey'])
        return Service(
            described['Name'], described['Id'], path, method, route.get('AuthorizationType', 'NONE'), backend
        )

    def request(self, service: Service, method: str | None = None, **headers: str) -> Answer:
        return send(
            self.emulator,
            method or service.method,
            self.path + service.path,
            {name.replace('_', '-'): value for name, value in headers.items()},
        )

    def token(self) -> str:
        cognito = self.emulator.client('cognito-idp', self.stack.region)
        pool, client = (
            self.one('AWS::Cognito::UserPool').physical_id,
            self.one('AWS::Cognito::UserPoolClient').physical_id,
        )
        people.enroll(cognito, pool)
        return people.token(cognito, pool, client)


def rank(route: dict[str, Any]) -> tuple[bool, bool, str]:
    """Prefers a route that takes GET and a path below the service's own."""
    return (
        not route['RouteKey'].startswith(('GET ', 'ANY ', '$default')),
        '{proxy+}' not in route['RouteKey'],
        route['RouteKey'],
    )


def sample(route_key: str) -> tuple[str, str]:
    """A method and a path that the route takes."""
    if route_key == '$default':
        return 'GET', '/hello'
    method, _, path = route_key.partition(' ')
    return 'GET' if method == 'ANY' else method, re.sub(r'\{[^}]*\}', 'hello', path)


def walk(api: HttpApi) -> list[Check]:
    authorization = (
        {'Authorization': f'Bearer {api.token()}'} if any(each.authorization == 'JWT' for each in api.services) else {}
    )
    checks = [check for service in api.services for check in service_checks(api, service, authorization)]
    checks += preflight_checks(api)
    if len(api.services) > 1:
        checks += outage_checks(api, authorization)
    return checks


def service_checks(api: HttpApi, service: Service, authorization: dict[str, str]) -> list[Check]:
    label = f'{service.method} {service.path}'
    if service.authorization == 'NONE':
        return [Check(f'{label}, open to everyone', f'200 {service.name}', told(api.request(service)))]
    refused = '401' if service.authorization == 'JWT' else '403'
    checks = [Check(f'{label}, no token', refused, told(api.request(service)))]
    if service.authorization == 'JWT':
        forged = {'Authorization': authorization['Authorization'][:-6] + 'forged'}
        checks.append(Check(f'{label}, forged token', refused, told(api.request(service, **forged))))
        checks.append(
            Check(
                f'{label}, token of the user pool', f'200 {service.name}', told(api.request(service, **authorization))
            )
        )
    return checks


def preflight_checks(api: HttpApi) -> list[Check]:
    origins = api.api.get('CorsConfiguration', {}).get('AllowOrigins', [])
    if not origins:
        return []
    service = api.services[0]
    asked = {'Access_Control_Request_Method': service.method}
    allowed = api.request(service, 'OPTIONS', Origin=origins[0], **asked)
    foreign = api.request(service, 'OPTIONS', Origin='https://elsewhere.example.net', **asked)
    shown = origins[0].removeprefix('https://')
    return [
        Check(f'preflight from {shown}', '204 allowed', f'{allowed.status} {verdict(allowed)}'),
        Check('preflight from elsewhere.example.net', 'not allowed', verdict(foreign)),
    ]


def verdict(answer: Answer) -> str:
    return 'allowed' if 'access-control-allow-origin' in answer.headers else 'not allowed'


def outage_checks(api: HttpApi, authorization: dict[str, str]) -> list[Check]:
    """One service stops; the others keep answering."""
    stopped, *others = api.services
    api.discovery.deregister_instance(ServiceId=stopped.discovery_id, InstanceId='local')
    stopped.backend.stop()
    checks = [
        Check(
            f'{stopped.method} {stopped.path}, its service stopped', '503', told(api.request(stopped, **authorization))
        )
    ]
    checks += [
        Check(
            f'{each.method} {each.path}, keeps answering', f'200 {each.name}', told(api.request(each, **authorization))
        )
        for each in others
    ]
    return checks


def told(answer: Answer) -> str:
    """Status, and the backend that answered."""
    return f'{answer.status} {answer.echo.get("backend", "")}'.strip()
