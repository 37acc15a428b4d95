"""`/connect`: as much of a login as clients need that insist on one (contract A.2).

Everybody is let in; where the platform is shared, the owner."""

from __future__ import annotations

import base64
import binascii
import secrets
from urllib.parse import parse_qs, unquote_plus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.local.api.platform import platform_of
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.store.account import OWNER_ID, OWNER_MAIL

LIFETIME_S = 3600
MAX_FORM = 16 * 1024


async def token(request: Request) -> Response:
    """`POST /connect/token`: client credentials, in the Basic header or in the form. Any are good, none are not"""
    form = await _form(request)
    if form.get("grant_type") != "client_credentials":
        return _refusal(400, "unsupported_grant_type", "Only client_credentials is supported.")
    client_id, secret = _basic(request) or (form.get("client_id", ""), form.get("client_secret", ""))
    if not client_id or not secret:
        return _refusal(401, "invalid_client", "A client id and its secret are needed.")
    sharing = platform_of(request).sharing
    if sharing is not None and not sharing.is_owner_token(secret):
        return _refusal(401, "invalid_client", "The secret is not the owner's token.")
    granted = {
        "access_token": sharing.owner_token if sharing else secrets.token_urlsafe(24),
        "token_type": "Bearer",
        "expires_in": LIFETIME_S,
        "scope": form.get("scope", "openid"),
    }
    return JSONResponse(granted, headers={"Cache-Control": "no-store"})


async def _form(request: Request) -> dict[str, str]:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM:
            raise ProblemError(413, f"The request is larger than {MAX_FORM} bytes.")
    return {name: values[0] for name, values in parse_qs(body.decode(errors="replace")).items()}


def _basic(request: Request) -> tuple[str, str] | None:
    kind, _, encoded = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(client_id), unquote_plus(secret)


def _refusal(status: int, error: str, description: str) -> Response:
    return JSONResponse({"error": error, "error_description": description}, status)


async def userinfo(_request: Request) -> Response:
    """`GET /connect/userinfo`: who owns everything here"""
    return JSONResponse({"sub": OWNER_ID, "email": OWNER_MAIL, "role": ["Customer"]})


async def configuration(request: Request) -> Response:
    """`GET /.well-known/openid-configuration`"""
    issuer = str(request.base_url).rstrip("/")
    return JSONResponse(
        {
            "issuer": issuer,
            "token_endpoint": f"{issuer}/connect/token",
            "userinfo_endpoint": f"{issuer}/connect/userinfo",
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "scopes_supported": ["openid", "email", "api", "profile", "roles"],
            "response_types_supported": [],
            "subject_types_supported": ["public"],
        }
    )


ROUTES = [
    Route("/connect/token", token, methods=["POST"]),
    Route("/connect/userinfo", userinfo),
    Route("/.well-known/openid-configuration", configuration),
]
