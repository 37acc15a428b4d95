"""A platform at the other end of a socket, which loses answers on request."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import anyio
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rapidata_mcp.database import open_database
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.local.listener import QuietServer
from rapidata_mcp.settings import Settings
from tests.assistant import MovingClock

Loss = Literal["reset", "503", "stall"]


@dataclass
class LossyAnswers:
    """Lets every request take effect, and loses the answer to the POST with number `lose` (from 0)."""

    app: ASGIApp
    how: Loss = "reset"
    lose: int | None = None
    posts: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        self.posts.append(scope["path"])
        if len(self.posts) - 1 != self.lose:
            await self.app(scope, receive, send)
            return

        async def swallow(_message: Message) -> None:
            """The answer nobody hears."""

        await self.app(scope, receive, swallow)
        if self.how == "503":
            await send({"type": "http.response.start", "status": 503, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        elif self.how == "stall":  # until the client gives up
            while (await receive())["type"] != "http.disconnect":
                pass
        else:  # the connection ends before the answer does
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})


@dataclass
class Cloud:
    """A served platform: settings with which a client reaches it, and what stands in front of it."""

    settings: Settings
    answers: LossyAnswers


@asynccontextmanager
async def serve_cloud(
    directory: Path,
    clock: MovingClock,
    *,
    price: float | None = 0.01,
    credit: float | None = None,
    deadline_s: float = 30,
) -> AsyncIterator[Cloud]:
    """Serve the platform on loopback as if it were the cloud: with a token, and with prices."""
    own = Settings(data_dir=directory / "cloud", local_price=price, local_credit=credit)
    token = directory / "token.json"
    token.write_text(json.dumps({"access_token": "secret-token", "token_type": "Bearer", "expires_at": 9e9}))
    async with AsyncExitStack() as stack:
        listener = stack.enter_context(closing(socket.create_server(("127.0.0.1", 0))))
        database = await stack.enter_async_context(open_database(own.database))
        answers = LossyAnswers(await open_local(own, database, clock, Scenario()))
        server = QuietServer(uvicorn.Config(answers, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
        group = await stack.enter_async_context(anyio.create_task_group())
        group.start_soon(server.serve, [listener])
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            yield Cloud(
                Settings(
                    platform="cloud", api_url=url, token_file=token, data_dir=directory / "client", timeout=deadline_s
                ),
                answers,
            )
        finally:
            server.should_exit = True
