"""A person who may sign in: made in the emulated user pool."""

import base64
import hashlib
import hmac
from typing import Any

NAME = 'ann@example.com'
PASSWORD = 'Walk-through-1'


def enroll(cognito: Any, pool: str) -> None:
    cognito.admin_create_user(
        UserPoolId=pool, Username=NAME, MessageAction='SUPPRESS', UserAttributes=[{'Name': 'email', 'Value': NAME}]
    )
    cognito.admin_set_user_password(UserPoolId=pool, Username=NAME, Password=PASSWORD, Permanent=True)


def token(cognito: Any, pool: str, client_id: str) -> str:
    """An ID token of the person for a client of the pool."""
    client = cognito.describe_user_pool_client(UserPoolId=pool, ClientId=client_id)['UserPoolClient']
    parameters = {'USERNAME': NAME, 'PASSWORD': PASSWORD}
    if client.get('ClientSecret'):
        digest = hmac.new(client['ClientSecret'].encode(), (NAME + client_id).encode(), hashlib.sha256).digest()
        parameters['SECRET_HASH'] = base64.b64encode(digest).decode()
    answer = cognito.admin_initiate_auth(
        UserPoolId=pool, ClientId=client_id, AuthFlow='ADMIN_USER_PASSWORD_AUTH', AuthParameters=parameters
    )
    return str(answer['AuthenticationResult']['IdToken'])
