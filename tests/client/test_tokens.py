"""All calls share a token, which is renewed once, and never appears in an error."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import httpx2 as httpx
import pytest
from pydantic import SecretStr

from rapidata_mcp.client.credentials import ClientCredentials, TokenFile
from rapidata_mcp.client.http import Http
from rapidata_mcp.client.tokens import Tokens
from rapidata_mcp.errors import AccessDenied, PlatformFailure, RapidataError
from rapidata_mcp.models.jobs import JobProgress
from tests.assistant import MovingClock

SECRET = "s3cr3t-of-the-client"
CREDENTIALS = ClientCredentials("me", SecretStr(SECRET), "RAPIDATA_CLIENT_ID")


class Cloud(httpx.AsyncBaseTransport):
    """A login server that counts its tokens, and an API that accepts only the newest one."""

    def __init__(self) -> None:
        self.issued = 0
        self.requests = 0
        self.lifetime: object = 3600
        self.refusal: httpx.Response | None = None
        self.accepted = "token-0"

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await anyio.sleep(0.001)
        if request.url.path != "/connect/token":
            self.requests += 1
            authorized = request.headers["authorization"] == f"Bearer {self.accepted}"
            return httpx.Response(200 if authorized else 401, json={"completionPercentage": 1})
        self.issued += 1
        assert request.headers["authorization"].startswith("Basic ")
        assert await request.aread() == b"grant_type=client_credentials&scope=openid+email+api"
        self.accepted = f"token-{self.issued}"
        grant = {"access_token": self.accepted, "expires_in": self.lifetime, "token_type": "Bearer"}
        return self.refusal or httpx.Response(200, json=grant)


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


@pytest.fixture
async def http(cloud: Cloud, clock: MovingClock) -> AsyncIterator[Http]:
    async with httpx.AsyncClient(transport=cloud, base_url="https://api.test") as client:
        yield Http(client, clock, Tokens(client, "https://auth.test", CREDENTIALS, clock))


async def send_hundred(http: Http) -> list[RapidataError]:
    """Send a hundred concurrent requests, and return their errors."""
    failures: list[RapidataError] = []

    async def call() -> None:
        try:
            await http.send("GET", "/job/job_1/progress", JobProgress)
        except RapidataError as failure:
            failures.append(failure)

    async with anyio.create_task_group() as group:
        for _ in range(100):
            group.start_soon(call)
    return failures


async def test_a_hundred_calls_share_a_token(http: Http, cloud: Cloud, clock: MovingClock) -> None:
    """It is renewed a minute before it expires (contract A.2), once even for concurrent calls."""
    assert await send_hundred(http) == []
    clock.time += 3539
    assert await send_hundred(http) == []
    assert cloud.issued == 1
    clock.time += 2
    assert await send_hundred(http) == []
    assert cloud.issued == 2


async def test_a_refused_token_is_renewed_once(http: Http, cloud: Cloud) -> None:
    """Many calls may be refused with it. Each is sent a second time, and not a third time."""
    await send_hundred(http)
    cloud.accepted = "revoked elsewhere"
    assert await send_hundred(http) == []
    assert cloud.issued == 2
    assert cloud.requests <= 300


async def test_a_short_lived_token_serves_more_than_one_call(http: Http, cloud: Cloud) -> None:
    """A token with a shorter life than the leeway is renewed after half of its life."""
    cloud.lifetime = 30
    await send_hundred(http)
    await send_hundred(http)
    assert cloud.issued == 1


async def test_wrong_credentials_are_tried_once(http: Http, cloud: Cloud) -> None:
    """All waiting calls get an error with the fix and without the secret."""
    cloud.refusal = httpx.Response(401, json={"error": "invalid_client", "error_description": SECRET})
    failures = await send_hundred(http)
    assert len(failures) == 100
    assert cloud.issued <= 3  # for fifty concurrent calls, then for the later ones
    assert {type(failure) for failure in failures} == {AccessDenied}
    assert "RAPIDATA_CLIENT_ID" in str(failures[0])
    assert not any(SECRET in f"{failure!r}{vars(failure)}" for failure in failures)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(502, text="<html>"),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json={"access_token": "a b\r\nX: y", "expires_in": 60}),
        httpx.Response(200, json={"access_token": "x"}),
        httpx.Response(200, json={"access_token": "x", "expires_in": -1}),
        httpx.Response(200, content=b'{"access_token": "x", "expires_in": NaN}'),
        httpx.Response(302, headers={"location": "https://elsewhere.test"}),
    ],
)
async def test_a_request_without_a_token_has_no_effect(http: Http, cloud: Cloud, answer: httpx.Response) -> None:
    """The login server returns no token, and the error says that the request had no effect."""
    cloud.refusal = answer
    with pytest.raises(PlatformFailure, match="login server") as failure:
        await http.send("POST", "/job", JobProgress, deadline=0.5)
    assert failure.value.applied is False
    assert cloud.requests == 0


async def test_a_token_file_is_read_again_when_its_token_expires(
    cloud: Cloud, clock: MovingClock, tmp_path: Path
) -> None:
    """Another program renews it. An error about an expired token does not quote the token."""
    path = tmp_path / "token.json"

    def write_token(token: str, expires_at: float) -> None:
        path.write_text(json.dumps({"access_token": token, "token_type": "Bearer", "expires_at": expires_at}))

    async with httpx.AsyncClient(transport=cloud, base_url="https://api.test") as client:
        http = Http(client, clock, Tokens(client, "https://auth.test", TokenFile(path, "RAPIDATA_TOKEN_FILE"), clock))
        write_token("token-0", clock.now() + 100)
        await http.send("GET", "/job/job_1/progress", JobProgress)
        clock.time += 50
        cloud.accepted = "token-new"
        write_token("token-new", clock.now() + 100)
        await http.send("GET", "/job/job_1/progress", JobProgress)
        clock.time += 500
        with pytest.raises(AccessDenied, match="has expired") as failure:
            await http.send("GET", "/job/job_1/progress", JobProgress)
    assert "token-new" not in str(failure.value)
    assert cloud.issued == 0
