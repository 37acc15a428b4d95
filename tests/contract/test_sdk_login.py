"""The SDK's own login against the embedded platform (contract A.2)."""

from __future__ import annotations

import pytest
from authlib.integrations.base_client import OAuthError
from rapidata import RapidataClient

from tests.contract.served import Served


def log_in(sdk: RapidataClient, platform: Served, secret: str) -> str:
    rest = sdk._openapi_service.api_client.rest_client
    rest.session.close()
    rest.setup_oauth_client_credentials("id", secret, f"{platform.url}/connect/token", "openid email api")
    return str(rest.get_token()["access_token"])


def test_client_credentials_become_a_token(sdk: RapidataClient, platform: Served) -> None:
    """The SDK sends them in the Basic header. The token works and identifies its owner."""
    token = log_in(sdk, platform, "s3cret")
    assert len(token) > 20
    assert sdk.audience.find_audiences("Global")[0].id == "global"
    session = sdk._openapi_service.api_client.rest_client.session
    assert session.get(f"{platform.url}/connect/userinfo").json()["role"] == ["Customer"]
    discovered = session.get(f"{platform.url}/.well-known/openid-configuration").json()
    assert discovered["token_endpoint"] == f"{platform.url}/connect/token"


def test_no_credentials_are_no_client(sdk: RapidataClient, platform: Served) -> None:
    """The refusal is OAuth's, which is what makes the SDK forget them."""
    with pytest.raises(OAuthError, match="invalid_client"):
        log_in(sdk, platform, "")
