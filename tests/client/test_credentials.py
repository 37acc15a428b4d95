"""Credentials are found in the SDK's order (contract A.3), and a login stores them for the SDK."""

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


def write_file(home: Path, *entries: dict[str, str], endpoint: str = "https://auth.rapidata.ai") -> Path:
    path = home / ".config" / "rapidata" / "credentials.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({endpoint: list(entries)}))
    return path


def entry(client_id: str, last_used: str) -> dict[str, str]:
    return {"client_id": client_id, "client_secret": SECRET, "last_used": last_used}


def test_the_order_is_that_of_the_sdk(home: Path) -> None:
    """Token file, id and secret, then the latest entry of the credentials file."""
    assert find_credentials(Settings()) is None
    write_file(home, entry("older", "2026-01-01T00:00:00Z"), entry("newer", "2026-02-01T00:00:00Z"))
    stored = find_credentials(Settings())
    assert isinstance(stored, ClientCredentials)
    assert stored.client_id == "newer"
    pair = {"client_id": "mine", "client_secret": SecretStr(SECRET)}
    from_settings = find_credentials(Settings(**pair))
    assert isinstance(from_settings, ClientCredentials)
    assert from_settings.client_id == "mine"
    assert isinstance(find_credentials(Settings(**pair, token_file=home / "token.json")), TokenFile)
    assert SECRET not in repr((stored, from_settings))


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"https://auth.rapidata.ai": 7}', '{"https://auth.rapidata.ai": [{}]}']
)
def test_an_error_about_a_broken_file_names_the_fix(home: Path, content: str) -> None:
    """It does not quote the file."""
    write_file(home).write_text(content)
    with pytest.raises(AccessDenied, match="rapidata-mcp login"):
        find_credentials(Settings())


def test_the_cloud_without_credentials_fails_with_the_settings_to_set() -> None:
    """The automatic choice is the local platform."""
    assert choose(Settings(platform="auto")) is None
    with pytest.raises(AccessDenied, match="RAPIDATA_CLIENT_ID and RAPIDATA_CLIENT_SECRET"):
        choose(Settings(platform="cloud"))


class LoginServer:
    """The login of contract A.4. The user has logged in at the third poll."""

    def __init__(self) -> None:
        self.polls = 0
        self.ended = False

    async def bridge(self, request: Request) -> Response:
        if request.method == "POST":
            assert request.query_params["clientId"] == "rapidata-cli"
            return JSONResponse({"readKey": "read", "writeKey": "wri/te"})
        self.polls += 1
        if self.ended:
            return Response(status_code=404)
        logged_in = self.polls >= 3
        return JSONResponse({"accessToken": TOKEN}) if logged_in else JSONResponse({"state": "pending"}, 202)

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


async def test_a_login_stores_credentials_for_the_sdk_and_this_program(home: Path, url: str) -> None:
    """The file keeps its other entries, and only its owner can read it. The address is shown once."""
    path = write_file(home, entry("older", ""), endpoint="https://auth.elsewhere")
    shown: list[str] = []
    settings = Settings(auth_url=url)
    await login(settings, MovingClock(), shown.append)
    assert shown == [
        f"{url}/connect/authorize/external?clientId=rapidata-cli&scope=openid%20profile%20email%20api&writeKey=wri%2Fte"
    ]
    credentials = find_credentials(settings)
    assert isinstance(credentials, ClientCredentials)
    assert (credentials.client_id, credentials.client_secret.get_secret_value()) == ("made", SECRET)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(json.loads(path.read_text())) == {"https://auth.elsewhere", url}
    assert [file.name for file in path.parent.iterdir()] == ["credentials.json"]


@pytest.mark.parametrize("ended", [True, False])
async def test_a_login_without_a_user_ends(login_server: LoginServer, url: str, ended: bool) -> None:
    """It ends after five minutes, or if the login server ends it."""
    login_server.ended, login_server.polls = ended, -1_000_000
    with pytest.raises(AccessDenied, match="rapidata-mcp login"):
        await login(Settings(auth_url=url), MovingClock(), lambda _address: None)


async def test_no_secret_gets_into_a_log(
    home: Path, url: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even at the debug level, from the login to a request to the API."""
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


async def test_the_doctor_shows_where_credentials_are_and_whether_they_work(
    home: Path, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The cloud has another address here. Without credentials the doctor shows the fix."""
    for name, value in {"API_URL": url, "AUTH_URL": url, "DATA_DIR": str(home / "data")}.items():
        monkeypatch.setenv(f"RAPIDATA_MCP_{name}", value)
    path = write_file(home, entry("made", ""), endpoint=url)
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
