"""What every route of the embedded platform works with, and how it answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from rapidata_mcp.clock import Clock
from rapidata_mcp.database import Database
from rapidata_mcp.local.api.scenario import JobScript, Scenario
from rapidata_mcp.local.problems import ProblemError
from rapidata_mcp.local.store.cache import Cache
from rapidata_mcp.sharing import Sharing
from rapidata_mcp.wire import WireModel

CACHE_SIZE = 1_000
MOST_DIGITS = 9
"""Of a number in a URL: not every database keeps larger ones."""


@dataclass(frozen=True)
class LocalPlatform:
    """What the platform stands on.

    `crowd` is the number of simulated labelers (0 for none), `files` the directory of uploaded files, `price` in
    dollars per response, `credit` in dollars, None for as much as one likes; `data_id` identifies the data,
    `sharing` under which address and with which tokens others may reach it (None: nobody else may).
    """

    database: Database
    clock: Clock
    crowd: int
    scenario: Scenario
    data_id: str
    files: Path
    price: float | None = None
    credit: float | None = None
    sharing: Sharing | None = None
    upload_attempts: Counter[str] = field(default_factory=Counter)
    """How often a URL was tried that the scenario lets fail."""
    cache: Cache = field(default_factory=lambda: Cache(CACHE_SIZE))
    """Questions and revisions that people are working on."""

    def script_of(self, *names: str) -> JobScript | None:
        """Where the scenario lets a job get stuck that goes by one of these names."""
        return next((self.scenario.job_states[name] for name in names if name in self.scenario.job_states), None)


def platform_of(request: Request) -> LocalPlatform:
    """The platform that a request is for."""
    platform: LocalPlatform = request.app.state.platform
    return platform


def base_url(request: Request) -> str:
    """Return the address of the pages: that of a server in this process, or else the request's own."""
    return getattr(request.app.state, "pages_url", None) or str(request.base_url).rstrip("/")


def label_link(request: Request, link: str, audience_id: str) -> str:
    """Where people label for an audience, or one of its jobs; `link` is the id of either."""
    sharing = platform_of(request).sharing
    return sharing.label_link(link, audience_id) if sharing else f"{base_url(request)}/label/{link}"


def answer(model: WireModel) -> Response:
    """200 with a model of the contract."""
    return Response(model.model_dump_json(by_alias=True), media_type="application/json")


def whole_number(request: Request, name: str, default: int, most: int) -> int:
    """A query parameter from 1 to `most`. Raises ProblemError (400) on anything else."""
    number = read_whole(request.query_params.get(name, str(default)))
    if number is None or not 1 <= number <= most:
        raise ProblemError(400, f"{name} must be a whole number from 1 to {most}.")
    return number


def read_whole(text: str) -> int | None:
    """A whole number from 0, of at most `MOST_DIGITS` digits; None where the text is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
