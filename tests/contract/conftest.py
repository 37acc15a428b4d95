"""The official SDK on the embedded platform: nothing beyond this computer, and every answer read strictly."""

from __future__ import annotations

import socket
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rapidata import RapidataClient, rapidata_config
from rapidata.api_client.lazy_model import LazyValidatedModel

from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.settings import Settings
from tests.contract.declared import check_answer
from tests.contract.served import RunningClock, Served, serve

TOKEN = {"access_token": "x", "token_type": "Bearer", "expires_at": 9_999_999_999}
OpenPlatform = Callable[..., Served]
_resolve = socket.getaddrinfo
rapidata_config.logging.enable_otlp = False  # for good: what it logs between tests must not leave this computer either
_environments = count()  # the SDK remembers uploads by environment for the life of the process


def _resolve_loopback(host: Any, *args: Any, **kwargs: Any) -> Any:
    if host not in ("127.0.0.1", "localhost", None):
        raise socket.gaierror(socket.EAI_NONAME, f"{host} is beyond this computer")
    return _resolve(host, *args, **kwargs)


def _refuse(cls: type, data: dict[str, Any], error: ValueError) -> None:
    raise error


@pytest.fixture(autouse=True, scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """No names but our own, no telemetry, no browser, no files of the user; the SDK accepts no incomplete answer."""
    opened: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        patch.setattr(socket, "getaddrinfo", _resolve_loopback)
        patch.setattr(webbrowser, "open", lambda url, *_args: opened.append(url) is None)
        patch.setattr(LazyValidatedModel, "_lazy_construct", classmethod(_refuse))
        patch.setattr(
            "rapidata.api_client.rest._backoff_delay", lambda _attempt: 0.0
        )  # it asks hosts that are not there
        patch.setattr(rapidata_config.upload, "cacheToDisk", False)
        yield opened


@contextmanager
def client_for(url: str) -> Iterator[RapidataClient]:
    """The SDK's client, with the one change that leads it to another host."""
    client = RapidataClient(token=dict(TOKEN), environment=f"platform-{next(_environments)}.test")
    client._openapi_service.api_client.configuration.host = url
    try:
        yield client
    finally:
        client._openapi_service.api_client.rest_client.session.close()


@pytest.fixture(scope="module")
def open_platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenPlatform]:
    """Opens platforms, and at the end checks everything they answered against the SDK's declarations."""
    served: list[Served] = []
    with ExitStack() as stack:

        def open_one(scenario: Scenario | None = None, speed: float = 20, **changes: Any) -> Served:
            settings = Settings(data_dir=tmp_path_factory.mktemp("data"), platform="local", **changes)
            served.append(stack.enter_context(serve(settings, scenario or Scenario(), RunningClock(speed))))
            return served[-1]

        yield open_one
    for one in served:
        for answer in one.answers:
            check_answer(answer.method, answer.path, answer.status, answer.content)


@pytest.fixture(scope="module")
def platform(open_platform: OpenPlatform) -> Served:
    """An ordinary platform, shared by the tests of a file."""
    return open_platform()


@pytest.fixture(scope="module")
def sdk(platform: Served) -> Iterator[RapidataClient]:
    """The SDK's client on it."""
    with client_for(platform.url) as client:
        yield client


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK asks again after a tenth of a second instead of five, or two."""
    for module in ("rapidata_job", "cost"):
        monkeypatch.setattr(f"rapidata.rapidata_client.job.{module}.sleep", lambda _seconds: time.sleep(0.1))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A local picture of one pixel."""
    path = tmp_path / "pixel.png"
    path.write_bytes(PIXEL)
    return path


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c636060606000000005"
    "0001a5f645400000000049454e44ae426082".replace(" ", "")
)
