"""A platform of which some things cannot be read, and a job that is collecting there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.assistant import Assistant


@dataclass
class Ailing:
    """A platform on which some reads fail or never end, and which has states that nobody here has heard of."""

    app: ASGIApp
    fails: str = "never"
    status: int = 500
    stalls: str = "never"
    renames: dict[bytes, bytes] = field(default_factory=dict)
    stalled: anyio.Event = field(default_factory=anyio.Event)
    """Set when a request has begun to stall."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = f"{scope.get('method')} {scope.get('path')}"
        if re.search(self.stalls, asked):
            self.stalled.set()
            await anyio.sleep_forever()
        if re.search(self.fails, asked):
            await send({"type": "http.response.start", "status": self.status, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return

        async def renamed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [header for header in message["headers"] if header[0] != b"content-length"]
            for old, new in self.renames.items():
                message["body"] = message.get("body", b"").replace(old, new)
            await send(message)

        await self.app(scope, receive, renamed)


@dataclass
class Started:
    """A job that is collecting on an ailing platform."""

    assistant: Assistant
    job_id: str
    platform: Ailing
