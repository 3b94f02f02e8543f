"""Cognito: a user pool's issuer URL as an attribute."""

from ministack.core.responses import get_region

from ..registry import after


def issuer(pool_id: str) -> str:
    return f'https://cognito-idp.{get_region()}.amazonaws.com/{pool_id}'


def install() -> None:
    after('AWS::Cognito::UserPool', lambda physical_id, _props: {'ProviderURL': issuer(physical_id)})
