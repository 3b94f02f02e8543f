"""API Gateway HTTP APIs, requests: VPC links to Cloud Map instances, and the stage's access log."""

import random
import re
import time
from typing import Any

from ministack.core.responses import get_account_id
from ministack.services import apigateway, cloudwatch_logs, servicediscovery

from ..registry import Props, Response, camel, new_id
from .http_api import VPC_LINKS

JSON = {'Content-Type': 'application/json'}


def instance_url(service_arn: str) -> str | None:
    instances = list((servicediscovery._instances.get(service_arn.rsplit('/', 1)[-1]) or {}).values())
    if not instances:
        return None
    attributes = random.choice(instances)['Attributes']
    return f'http://{attributes["AWS_INSTANCE_IPV4"]}:{attributes["AWS_INSTANCE_PORT"]}'


def log_line(template: str, values: dict[str, Any]) -> str:
    return re.sub(r'\$context\.([A-Za-z0-9_.]+)', lambda match: str(values.get(match.group(1), '-')), template)


def write_log(group: str, line: str) -> None:
    stream = time.strftime('%Y-%m-%d', time.gmtime())
    target = {'logGroupName': group, 'logStreamName': stream}
    if stream not in cloudwatch_logs._log_groups[group].get('streams', {}):
        cloudwatch_logs._create_log_stream(target)
    cloudwatch_logs._put_log_events({**target, 'logEvents': [{'timestamp': int(time.time() * 1000), 'message': line}]})


def log_values(
    api_id: str, stage: str, method: str, path: str, headers: dict[str, str], response: Response
) -> dict[str, Any]:
    lower = {name.lower(): value for name, value in headers.items()}
    route = apigateway._match_route(api_id, method, '/' + path.lstrip('/')) or {}
    body = response[2] if isinstance(response[2], (bytes, bytearray)) else b''
    return {
        'accountId': get_account_id(),
        'apiId': api_id,
        'stage': stage,
        'requestId': new_id(16),
        'protocol': 'HTTP/1.1',
        'httpMethod': method,
        'path': path,
        'routeKey': route.get('routeKey', '-'),
        'status': response[0],
        'responseLength': len(body),
        'domainName': lower.get('host', '-'),
        'identity.sourceIp': '127.0.0.1',
        'identity.userAgent': lower.get('user-agent', '-'),
        'requestTime': time.strftime('%d/%b/%Y:%H:%M:%S +0000', time.gmtime()),
        'requestTimeEpoch': int(time.time()),
    }


def access_log(api_id: str, stage: str) -> tuple[str, str] | None:
    """Log group and line format of a stage that logs."""
    settings = camel(((apigateway._stages.get(api_id) or {}).get(stage) or {}).get('accessLogSettings') or {})
    group = settings.get('destinationArn', '').partition(':log-group:')[2].removesuffix(':*')
    return (group, settings.get('format', '')) if group in cloudwatch_logs._log_groups else None


def install() -> None:
    execute, proxy = apigateway._handle_execute_in_scope, apigateway._invoke_http_proxy

    async def handle_execute(
        api_id: str, stage: str, path: str, method: str, headers: dict[str, str], body: bytes, query: Props, *rest: Any
    ) -> Response:
        response = await execute(api_id, stage, path, method, headers, body, query, *rest)
        log = access_log(api_id, stage)
        if log:
            write_log(log[0], log_line(log[1], log_values(api_id, stage, method, path, headers or {}, response)))
        return response

    async def http_proxy(
        integration: Props, path: str, method: str, headers: dict[str, str], body: bytes, query: Props
    ) -> Response:
        uri = integration.get('integrationUri', '')
        if integration.get('connectionType') == 'VPC_LINK':
            if integration.get('connectionId') not in VPC_LINKS:
                return 500, dict(JSON), b'{"message":"Internal Server Error"}'
            if ':servicediscovery:' in uri:
                url = instance_url(uri)
                if url is None:
                    return 503, dict(JSON), b'{"message":"Service Unavailable"}'
                integration = {**integration, 'integrationUri': url}
        return await proxy(integration, path, method, headers, body, query)

    apigateway._handle_execute_in_scope, apigateway._invoke_http_proxy = handle_execute, http_proxy
