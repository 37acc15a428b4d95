"""The embedded platform on a socket of its own, as another program sees it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import anyio
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rapidata_mcp.database import open_database
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.settings import Settings


class RunningClock:
    """A clock that runs faster than ours, and can be moved on or stopped."""

    def __init__(self, speed: float = 20) -> None:
        self._started = time.monotonic()
        self.speed = speed
        self.moved = 0.0

    def now(self) -> float:
        return 1_800_000_000 + self.moved + self.speed * (time.monotonic() - self._started)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Let it stand still; it moves only when it is moved."""
        self.moved, speed, self.speed = self.now() - 1_800_000_000, self.speed, 0
        try:
            yield
        finally:
            self._started, self.speed = time.monotonic(), speed

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds / self.speed)


@dataclass
class Answer:
    """One request and its answer, as they went over the socket."""

    method: str
    path: str
    query: str
    status: int
    content: bytes
    sent: bytes = b""


@dataclass
class Served:
    """A platform that answers at `url`, and what it has answered."""

    url: str
    clock: RunningClock
    answers: list[Answer] = field(default_factory=list)

    def requests(self, path: str = "") -> list[str]:
        """The requests so far whose path begins so."""
        return [f"{answer.method} {answer.path}" for answer in self.answers if answer.path.startswith(path)]


class _Recorder:
    def __init__(self, app: ASGIApp, answers: list[Answer]) -> None:
        self.app = app
        self.answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = Answer(scope["method"], scope["path"], scope["query_string"].decode(), 0, b"")

        async def record(message: Message) -> None:
            answer.status = message.get("status", answer.status)
            answer.content += message.get("body", b"")
            await send(message)

        async def remember() -> Message:
            message = await receive()
            answer.sent += message.get("body", b"")
            return message

        self.answers.append(answer)
        await self.app(scope, remember, record)


@contextmanager
def serve(settings: Settings, scenario: Scenario, clock: RunningClock) -> Iterator[Served]:
    """Serve the platform in a thread while the context lasts."""
    listener = socket.create_server(("127.0.0.1", 0))
    served = Served(f"http://127.0.0.1:{listener.getsockname()[1]}", clock)
    started = threading.Event()
    servers: list[uvicorn.Server] = []

    async def run() -> None:
        async with open_database(settings.database) as database:
            app = _Recorder(await open_local(settings, database, clock, scenario), served.answers)
            servers.append(uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False)))
            started.set()
            await servers[0].serve(sockets=[listener])

    thread = threading.Thread(target=anyio.run, args=(run,), daemon=True)
    thread.start()
    assert started.wait(20)
    try:
        yield served
    finally:
        servers[0].should_exit = True
        servers[0].force_exit = True
        thread.join(20)
