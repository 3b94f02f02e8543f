"""WAF: web ACL associations, and logging configurations with the three calls that manage them."""

import json
import re

from ministack.core.responses import AccountRegionScopedDict, error_response_json, json_response
from ministack.services import waf

from ..registry import Created, Props, Response, add, need, payload

LOGGING = AccountRegionScopedDict()
FIELDS = ('ResourceArn', 'LogDestinationConfigs', 'RedactedFields', 'LoggingFilter')


def associate(_name: str, props: Props) -> Created:
    need(props, 'WebACLArn', 'ResourceArn')
    payload(waf._associate_web_acl({'WebACLArn': props['WebACLArn'], 'ResourceArn': props['ResourceArn']}))
    return f'{props["ResourceArn"]}|{props["WebACLArn"]}', {}


def disassociate(_physical_id: str, props: Props) -> None:
    waf._disassociate_web_acl({'ResourceArn': props['ResourceArn']})


def put_logging(_name: str, props: Props) -> Created:
    need(props, 'ResourceArn', 'LogDestinationConfigs')
    if not any(acl.get('ARN') == props['ResourceArn'] for acl in waf._web_acls.values()):
        raise ValueError(f'the web ACL {props["ResourceArn"]} does not exist (WAFNonexistentItemException)')
    for destination in props['LogDestinationConfigs']:
        if not re.search('[:/]aws-waf-logs-[^:*]+$', destination):
            raise ValueError(
                f'a WAF log destination is called aws-waf-logs-..., and its ARN ends with its name: {destination} (WAFInvalidParameterException)'
            )
    LOGGING[props['ResourceArn']] = {field: props[field] for field in FIELDS if field in props}
    return props['ResourceArn'], {'ManagedByFirewallManager': False}


def update_logging(physical_id: str, _old: Props, new: Props) -> Props:
    return put_logging(physical_id, new)[1]


def delete_logging(physical_id: str, _props: Props) -> None:
    LOGGING.pop(physical_id, None)


def logging_call(action: str, request: Props) -> Response:
    if action == 'PutLoggingConfiguration':
        put_logging('', request['LoggingConfiguration'])
        return json_response({'LoggingConfiguration': LOGGING[request['LoggingConfiguration']['ResourceArn']]})
    if request['ResourceArn'] not in LOGGING:
        return error_response_json('WAFNonexistentItemException', 'no logging configuration for this web ACL', 400)
    if action == 'DeleteLoggingConfiguration':
        delete_logging(request['ResourceArn'], {})
        return json_response({})
    return json_response({'LoggingConfiguration': LOGGING[request['ResourceArn']]})


def install() -> None:
    served = waf.handle_request

    async def handle_request(method: str, path: str, headers: dict[str, str], body: bytes, query: Props) -> Response:
        action = headers.get('x-amz-target', '').rsplit('.', 1)[-1]
        if action.endswith('LoggingConfiguration'):
            return logging_call(action, json.loads(body))
        return await served(method, path, headers, body, query)

    waf.handle_request = handle_request
    add('AWS::WAFv2::WebACLAssociation', associate, disassociate)
    add('AWS::WAFv2::LoggingConfiguration', put_logging, delete_logging, update_logging)
