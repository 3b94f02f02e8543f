"""API Gateway HTTP APIs, control plane: VPC links; CORS and throttle settings in the spelling of the API."""

import time

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import apigateway

from ..registry import HANDLERS, Created, Props, Response, add, after, camel, need, new_id

VPC_LINKS = AccountRegionScopedDict()


def create_link(_name: str, props: Props) -> Created:
    need(props, 'Name', 'SubnetIds')
    link = new_id(6)
    VPC_LINKS[link] = {
        'vpcLinkId': link,
        'name': props['Name'],
        'subnetIds': props['SubnetIds'],
        'securityGroupIds': props.get('SecurityGroupIds') or [],
        'tags': props.get('Tags') or {},
        'vpcLinkStatus': 'AVAILABLE',
        'vpcLinkVersion': 'V2',
        'createdDate': time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime()),
    }
    return link, {'VpcLinkId': link}


def delete_link(physical_id: str, _props: Props) -> None:
    VPC_LINKS.pop(physical_id, None)


def replace_or_rename(physical_id: str, old: Props, new: Props, stack: str, logical_id: str) -> Created:
    """Name and tags change in place; other subnets or groups make a new link."""
    if any(old.get(name) != new.get(name) for name in ('SubnetIds', 'SecurityGroupIds')):
        return create_link(logical_id, new)
    VPC_LINKS[physical_id].update(name=new['Name'], tags=new.get('Tags') or {})
    return physical_id, {'VpcLinkId': physical_id}


def link_call(method: str, link_id: str | None) -> Response:
    if link_id is None:
        return apigateway._apigw_response({'items': list(VPC_LINKS.values())})
    if link_id not in VPC_LINKS:
        return apigateway._apigw_error('NotFoundException', 'Invalid VpcLink identifier specified', 404)
    if method == 'DELETE':
        VPC_LINKS.pop(link_id)
        return apigateway._apigw_response({}, 202)
    return apigateway._apigw_response(VPC_LINKS[link_id])


def spell_cors(api_id: str, props: Props) -> None:
    if props.get('CorsConfiguration'):
        apigateway._apis[api_id]['corsConfiguration'] = camel(props['CorsConfiguration'])


def spell_throttle(stage_name: str, props: Props) -> None:
    stage = apigateway._stages[props['ApiId']][stage_name]
    if props.get('DefaultRouteSettings'):
        stage['defaultRouteSettings'] = camel(props['DefaultRouteSettings'])
    if props.get('RouteSettings'):
        stage['routeSettings'] = {route: camel(settings) for route, settings in props['RouteSettings'].items()}


def install() -> None:
    served = apigateway.handle_request

    async def handle_request(method: str, path: str, headers: dict[str, str], body: bytes, query: Props) -> Response:
        parts = [part for part in path.split('/') if part]
        if parts[:2] == ['v2', 'vpclinks'] and method in ('GET', 'DELETE'):
            return link_call(method, parts[2] if len(parts) > 2 else None)
        return await served(method, path, headers, body, query)

    apigateway.handle_request = handle_request
    add('AWS::ApiGatewayV2::VpcLink', create_link, delete_link)
    HANDLERS['AWS::ApiGatewayV2::VpcLink'].update(update=replace_or_rename, update_with_logical_id=True)
    after('AWS::ApiGatewayV2::Api', spell_cors)
    after('AWS::ApiGatewayV2::Stage', spell_throttle)
