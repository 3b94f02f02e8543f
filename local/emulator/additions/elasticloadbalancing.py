"""Load balancing: sign-in actions are kept, described and run; load balancers of every Region take requests."""

import os
from collections.abc import Callable
from typing import Any

from ministack.core.responses import get_region, set_request_region
from ministack.services import alb, cognito
from ministack.services.cloudformation import provisioners

from ..registry import Props, Response
from .cognito import issuer

CONFIGS = ('AuthenticateCognitoConfig', 'AuthenticateOidcConfig')
DESCRIBED = (
    'UserPoolArn',
    'UserPoolClientId',
    'UserPoolDomain',
    'SessionCookieName',
    'Scope',
    'SessionTimeout',
    'OnUnauthenticatedRequest',
)


def as_oidc(action: Props) -> Props:
    """A Cognito action as the OpenID Connect action that the emulator runs, on the emulator's own hosted UI."""
    config = action.get('AuthenticateCognitoConfig')
    if not config:
        return action
    pool = config['UserPoolArn'].rsplit('/', 1)[-1]
    client = (cognito._user_pools.get(pool) or {}).get('_clients', {}).get(config['UserPoolClientId'])
    if client is None:
        raise ValueError(f'no user pool client {config["UserPoolClientId"]} in {config["UserPoolArn"]}')
    base = f'http://127.0.0.1:{os.environ["GATEWAY_PORT"]}/oauth2'
    options = {
        name: config[name]
        for name in ('Scope', 'SessionTimeout', 'SessionCookieName', 'OnUnauthenticatedRequest')
        if name in config
    }
    return {
        'Type': 'authenticate-oidc',
        'Order': action.get('Order', 1),
        'AuthenticateOidcConfig': {
            **options,
            'Issuer': issuer(pool),
            'AuthorizationEndpoint': f'{base}/authorize',
            'TokenEndpoint': f'{base}/token',
            'UserInfoEndpoint': f'{base}/userInfo',
            'ClientId': config['UserPoolClientId'],
            'ClientSecret': client.get('ClientSecret', ''),
        },
    }


def described(config: Props) -> str:
    inner = ''.join(f'<{name}>{alb._esc(str(config[name]))}</{name}>' for name in DESCRIBED if name in config)
    return f'<AuthenticateCognitoConfig>{inner}</AuthenticateCognitoConfig>'


def install() -> None:
    install_sign_in()
    install_regions()


def install_regions() -> None:
    """A request names no Region: find the load balancer wherever it is, and go on in its Region."""
    by_host, by_name = alb.find_lb_for_host, alb._find_lb_by_name

    def elsewhere(find: Callable[[str], Props | None], name: str) -> Props | None:
        here = get_region()
        for region in dict.fromkeys([here, *(key[1] for key, _ in alb._lbs.all_items())]):
            set_request_region(region)
            found = find(name)
            if found:
                return found
        set_request_region(here)
        return None

    alb.find_lb_for_host = lambda host: elsewhere(by_host, host)
    alb._find_lb_by_name = lambda name: elsewhere(by_name, name)


def install_sign_in() -> None:
    listener_actions, action_xml, execute = provisioners._elbv2_listener_actions, alb._action_xml, alb._execute_actions

    def with_sign_in(props: Props, load_balancer: str, prop: str = 'DefaultActions') -> list[Props]:
        entries = listener_actions(props, load_balancer, prop)
        for entry, wanted in zip(entries, [each for each in props.get(prop) or [] if isinstance(each, dict)]):
            entry.update({name: dict(wanted[name]) for name in CONFIGS if isinstance(wanted.get(name), dict)})
        return entries

    def xml(action: Props) -> str:
        config = action.get('AuthenticateCognitoConfig')
        return (
            action_xml(action).replace('</member>', f'{described(config)}</member>') if config else action_xml(action)
        )

    async def execute_actions(actions: list[Props], *args: Any, **kwargs: Any) -> Response:
        return await execute([as_oidc(action) for action in actions], *args, **kwargs)

    provisioners._elbv2_listener_actions, alb._action_xml, alb._execute_actions = with_sign_in, xml, execute_actions
