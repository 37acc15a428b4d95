"""Where credentials come from, in the SDK's order (contract A.3), and that a login stores them there."""

from __future__ import annotations

import json
import logging
import socket
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rapidata_mcp.client.credentials import ClientCredentials, TokenFile, find_credentials
from rapidata_mcp.client.login import login
from rapidata_mcp.clock import SystemClock
from rapidata_mcp.connect import choose, connect
from rapidata_mcp.doctor import examine
from rapidata_mcp.errors import AccessDenied
from rapidata_mcp.local.listener import QuietServer
from rapidata_mcp.settings import Settings
from tests.assistant import MovingClock

SECRET, TOKEN = "client-s3cr3t", "access-t0ken"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("CLIENT_ID", "CLIENT_SECRET", "TOKEN_FILE", "ENVIRONMENT", "MCP_PLATFORM"):
        monkeypatch.delenv(f"RAPIDATA_{name}", raising=False)
    return tmp_path


def keep(home: Path, *entries: dict[str, str], endpoint: str = "https://auth.rapidata.ai") -> Path:
    path = home / ".config" / "rapidata" / "credentials.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({endpoint: list(entries)}))
    return path


def entry(client_id: str, last_used: str) -> dict[str, str]:
    return {"client_id": client_id, "client_secret": SECRET, "last_used": last_used}


def test_the_order_is_the_sdks(home: Path) -> None:
    """Token file, id and secret, then the entry of the file that was used last; else none."""
    assert find_credentials(Settings()) is None
    keep(home, entry("older", "2026-01-01T00:00:00Z"), entry("newer", "2026-02-01T00:00:00Z"))
    stored = find_credentials(Settings())
    assert isinstance(stored, ClientCredentials)
    assert stored.client_id == "newer"
    pair = {"client_id": "mine", "client_secret": SecretStr(SECRET)}
    named = find_credentials(Settings(**pair))
    assert isinstance(named, ClientCredentials)
    assert named.client_id == "mine"
    assert isinstance(find_credentials(Settings(**pair, token_file=home / "token.json")), TokenFile)
    assert SECRET not in repr((stored, named))


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"https://auth.rapidata.ai": 7}', '{"https://auth.rapidata.ai": [{}]}']
)
def test_a_broken_file_is_told(home: Path, content: str) -> None:
    """With the fix, and without its content."""
    keep(home).write_text(content)
    with pytest.raises(AccessDenied, match="rapidata-mcp login"):
        find_credentials(Settings())


def test_without_credentials_the_cloud_says_what_to_set() -> None:
    """And the automatic choice is the local platform."""
    assert choose(Settings(platform="auto")) is None
    with pytest.raises(AccessDenied, match="RAPIDATA_CLIENT_ID and RAPIDATA_CLIENT_SECRET"):
        choose(Settings(platform="cloud"))


class LoginServer:
    """The login of contract A.4; somebody logs in at the third look."""

    def __init__(self) -> None:
        self.looks = 0
        self.gone = False

    async def bridge(self, request: Request) -> Response:
        if request.method == "POST":
            assert request.query_params["clientId"] == "rapidata-cli"
            return JSONResponse({"readKey": "read", "writeKey": "wri/te"})
        self.looks += 1
        if self.gone:
            return Response(status_code=404)
        done = self.looks >= 3
        return JSONResponse({"accessToken": TOKEN}) if done else JSONResponse({"state": "pending"}, 202)

    async def client(self, request: Request) -> Response:
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        assert (await request.json())["displayName"].endswith("rapidata-mcp")
        return JSONResponse({"clientId": "made", "clientSecret": SECRET})

    async def token(self, request: Request) -> Response:
        return JSONResponse({"access_token": TOKEN, "expires_in": 3600})

    async def audiences(self, request: Request) -> Response:
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        return JSONResponse({"total": 0, "page": 1, "pageSize": 1, "totalPages": 0, "items": []})

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/identity/bridge-token", self.bridge, methods=["GET", "POST"]),
                Route("/Client", self.client, methods=["POST"]),
                Route("/connect/token", self.token, methods=["POST"]),
                Route("/audiences", self.audiences),
            ]
        )


@pytest.fixture
def login_server() -> LoginServer:
    return LoginServer()


@pytest.fixture
async def url(login_server: LoginServer) -> AsyncIterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = QuietServer(uvicorn.Config(login_server.app, log_config=None, timeout_graceful_shutdown=1))
    async with anyio.create_task_group() as group:
        group.start_soon(server.serve, [listener])
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True


async def test_a_login_stores_credentials_for_the_sdk_and_for_us(home: Path, url: str) -> None:
    """With those that were there before, readable by their owner only; the address is shown once."""
    path = keep(home, entry("older", ""), endpoint="https://auth.elsewhere")
    shown: list[str] = []
    settings = Settings(auth_url=url)
    await login(settings, MovingClock(), shown.append)
    assert shown == [
        f"{url}/connect/authorize/external?clientId=rapidata-cli&scope=openid%20profile%20email%20api&writeKey=wri%2Fte"
    ]
    found = find_credentials(settings)
    assert isinstance(found, ClientCredentials)
    assert (found.client_id, found.client_secret.get_secret_value()) == ("made", SECRET)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(json.loads(path.read_text())) == {"https://auth.elsewhere", url}
    assert [each.name for each in path.parent.iterdir()] == ["credentials.json"]


@pytest.mark.parametrize("gone", [True, False])
async def test_nobody_logs_in(login_server: LoginServer, url: str, gone: bool) -> None:
    """It ends after five minutes, or when the login server ends it."""
    login_server.gone, login_server.looks = gone, -1_000_000
    with pytest.raises(AccessDenied, match="rapidata-mcp login"):
        await login(Settings(auth_url=url), MovingClock(), lambda _address: None)


async def test_no_secret_gets_into_a_log(
    home: Path, url: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even at the finest level, from logging in to reading from the API."""
    caplog.set_level(logging.DEBUG)
    settings = Settings(auth_url=url, api_url=url, platform="cloud", data_dir=home / "data")
    await login(settings, MovingClock(), lambda _address: None)
    async with connect(settings, SystemClock()) as connection:
        assert (await connection.platform.audiences.find("", 1, 1)).total == 0
        said = repr(vars(connection.platform)) + connection.account
    assert caplog.records
    message = caplog.text + said + "".join(capsys.readouterr())
    assert SECRET not in message
    assert TOKEN not in message


async def test_the_doctor_says_where_credentials_are_and_whether_they_work(
    home: Path, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """For the cloud at another address; and without credentials, what to do."""
    for name, value in {"API_URL": url, "AUTH_URL": url, "DATA_DIR": str(home / "data")}.items():
        monkeypatch.setenv(f"RAPIDATA_MCP_{name}", value)
    path = keep(home, entry("made", ""), endpoint=url)
    assert await anyio.to_thread.run_sync(examine) == 0
    message = capsys.readouterr().out
    assert f"Rapidata's cloud at {url}, because credentials for it were found" in message
    assert f"found in {path}" in message
    assert "works with these credentials" in message
    assert SECRET not in message
    path.unlink()
    monkeypatch.setenv("RAPIDATA_MCP_PLATFORM", "cloud")
    assert await anyio.to_thread.run_sync(examine) == 1
    assert "RAPIDATA_CLIENT_ID" in capsys.readouterr().out
