"""Whatever goes wrong between us and a platform ends in time, in a typed error or well, and makes nothing twice."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from email.utils import formatdate

import anyio
import httpx2 as httpx
import pytest

from rapidata_mcp.client.authorization import FixedAuthorization
from rapidata_mcp.client.http import DEADLINE_S, Http
from rapidata_mcp.client.platform import Platform
from rapidata_mcp.client.upload_cache import UploadCache
from rapidata_mcp.database import open_database
from rapidata_mcp.errors import BadAnswer, PlatformFailure, RapidataError, Refused, Throttled, Unreachable
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.models.jobs import Job
from rapidata_mcp.settings import Settings
from rapidata_mcp.tasks.arguments import Stopping
from rapidata_mcp.tasks.compare import CompareExample, CompareTask
from rapidata_mcp.tasks.drafts import ExampleOptions, JobOptions
from tests.assistant import MovingClock
from tests.faults import SECRET, Failing, Faults, answer, broken, failure_of, passed, replaced, stalled

QUESTION = "Which is better?"
STACK = f"<html><pre>{' '.join(SECRET)}</pre></html>".encode()
JUNK = SECRET[0].encode() * 600_000  # 10 MB


class Bench:
    """A client on an embedded platform, with faults between them."""

    def __init__(self, platform: Platform, http: Http, faults: Faults, clock: MovingClock) -> None:
        self.platform = platform
        self.http = http
        self.faults = faults
        self.clock = clock

    async def define(self, pairs: int = 3, **given: float) -> str:
        texts = [[f"first {at}", f"second {at}"] for at in range(pairs)]
        task = CompareTask.from_arguments(QUESTION, texts, JobOptions(data_type="text"))
        return await self.platform.definitions.create("Draft", task, Stopping(), **given)  # type: ignore[arg-type]


@pytest.fixture
async def bench(request: pytest.FixtureRequest, settings: Settings, clock: MovingClock) -> AsyncIterator[Bench]:
    async with open_database(settings.database) as database:
        app = await open_local(settings, database, clock, Scenario())
        faults = Faults(httpx.ASGITransport(app=app))
        uploads = UploadCache(database, "test")
        async with httpx.AsyncClient(transport=faults, base_url="http://127.0.0.1") as client:
            http = Http(client, clock, FixedAuthorization(), SHORT if "short" in request.fixturenames else DEADLINE_S)
            with anyio.fail_after(30):
                yield Bench(Platform(http, clock, uploads), http, faults, clock)


SHORT = 0.3

FAULTS: dict[str, tuple[Failing, type[RapidataError]]] = {
    "reset": (broken(httpx.ReadError, applied=False), Unreachable),
    "refused": (broken(httpx.ConnectError, applied=False), Unreachable),
    "stalled": (stalled(applied=False), Unreachable),
    "500 with a stack trace": (answer(500, STACK), BadAnswer),
    "500 as a problem": (answer(500, f'{{"title": "{SECRET[0]}"}}'.encode(), "application/problem+json"), BadAnswer),
    "502 with HTML": (answer(502, STACK), BadAnswer),
    "a redirect": (answer(302, STACK, location="https://elsewhere.test"), BadAnswer),
    "400 with HTML": (answer(400, STACK), Refused),
    "empty": (answer(200), BadAnswer),
    "not JSON": (answer(200, STACK), BadAnswer),
    "truncated": (answer(200, b'{"jobId": "job_1", "na'), BadAnswer),
    "cut off": (replaced(200, b'{"total"', httpx.RemoteProtocolError(SECRET[0])), Unreachable),
    "wrong types": (answer(200, f'{{"jobId": 7, "{SECRET[1]}": [1]}}'.encode(), "application/json"), BadAnswer),
    "deep": (answer(200, b"[" * 100_000, "application/json"), BadAnswer),
    "a deep problem": (answer(400, b"[" * 100_000, "application/problem+json"), Refused),
    "10 MB of junk": (answer(200, JUNK, "application/json"), BadAnswer),
    "throttled": (answer(429), Throttled),
}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("fault", FAULTS)
async def test_every_fault_ends_in_a_typed_error(bench: Bench, fault: str, method: str) -> None:
    """Within the deadline that the caller set, and without a word of what somebody else sent."""
    failing, expected = FAULTS[fault]
    bench.faults.on("", failing, times=1_000)
    began = time.monotonic()
    failure = await failure_of(bench.http.send(method, "/job/job_1", Job, deadline=0.5))
    assert type(failure) is expected
    assert failure.next_step or isinstance(failure, Refused)
    assert time.monotonic() - began < 20  # and not after the 30 s of other requests
    assert len(bench.faults.sent) < 20


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-1"])
async def test_an_amount_that_is_none_is_not_a_price(bench: Bench, amount: str) -> None:
    """It would pass every comparison with a budget."""
    body = f'{{"estimatedCost": {amount}, "datapointCount": 1, "requiredResponses": 10}}'
    bench.faults.on("cost-estimate", answer(200, body.encode(), "application/json"))
    assert "estimatedCost" in str(await failure_of(bench.platform.definitions.cost_estimate("jdf_1")))


async def test_a_read_is_repeated_until_it_succeeds(bench: Bench) -> None:
    """On every transient fault, one after the other."""
    for failing in (
        answer(502, STACK),
        answer(503),
        answer(504),
        answer(429),
        broken(httpx.ReadError, applied=False),
        broken(httpx.ConnectTimeout, applied=False),
    ):
        bench.faults.on("GET /audiences", failing)
    assert (await bench.platform.audiences.find("", 1, 10)).total == 2
    assert len(bench.faults.sent) == 7


@pytest.mark.parametrize("fault", [answer(500, STACK), answer(404), answer(501), answer(403)])
async def test_what_will_not_mend_itself_is_not_repeated(bench: Bench, fault: Failing) -> None:
    """Neither reads nor writes (contract A.8)."""
    bench.faults.on("GET", fault)
    await failure_of(bench.platform.audiences.find("", 1, 10))
    assert len(bench.faults.sent) == 1


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [("7", 7, 7), ("2.5", 2.5, 2.5), ("0", 0, 0.3), ("DATE", 6, 8), ("PAST", 0, 0.3), ("soon", 0, 0.3), ("", 0, 0.3)],
)
async def test_a_wait_is_as_long_as_the_platform_asks(bench: Bench, value: str, least: float, most: float) -> None:
    """Seconds and dates; without a usable wish it is short."""
    dates = {"DATE": formatdate(bench.clock.now() + 7, usegmt=True), "PAST": formatdate(0, usegmt=True)}
    bench.faults.on("GET", answer(429, retry_after=dates.get(value, value)))
    began = bench.clock.now()
    await bench.platform.audiences.find("", 1, 10)
    assert least <= bench.clock.now() - began <= most


@pytest.mark.parametrize("value", ["3600", "999999999", "DATE"])
async def test_a_wait_beyond_the_deadline_is_told_at_once(bench: Bench, value: str) -> None:
    """With how long it is; nobody sleeps for an hour."""
    date = formatdate(bench.clock.now() + 3600, usegmt=True)
    bench.faults.on("GET", answer(429, retry_after=date if value == "DATE" else value))
    began = bench.clock.now()
    failure = await failure_of(bench.platform.audiences.find("", 1, 10))
    assert isinstance(failure, Throttled)
    assert "Try again in" in str(failure.next_step)
    assert bench.clock.now() == began


async def test_a_problem_is_told_in_the_platforms_words(bench: Bench) -> None:
    """Title, fields and trace id; shortened, in one line."""
    body = (
        '{"title": "One or more\\n errors.'
        + "x" * 5000
        + '", "errors": {"Name": ["must not be empty"]}, "traceId": "00-1"}'
    )
    bench.faults.on("POST", answer(400, body.encode(), "application/problem+json; charset=utf-8"))
    failure = await failure_of(bench.platform.audiences.create("Readers", 0.75, 3, 10))
    assert isinstance(failure, Refused)
    assert "One or more errors.xx" in failure.message
    assert "Name: must not be empty." in failure.message
    assert failure.trace_id == "00-1"
    assert failure.fields == {"Name": ["must not be empty"]}
    assert len(failure.message) < 500


async def test_of_a_flood_of_problems_the_first_are_told(bench: Bench) -> None:
    """A platform that finds something wrong with every datapoint does not fill the conversation."""
    flood = {f"Field {number}": ["is wrong in a way that takes a sentence"] * 1_000 for number in range(100)}
    bench.faults.on("POST", answer(400, json.dumps({"errors": flood}).encode(), "application/problem+json"))
    failure = await failure_of(bench.platform.audiences.create("Readers", 0.75, 3, 10))
    assert isinstance(failure, Refused)
    assert "Field 0: is wrong" in failure.message
    assert len(failure.message) < 2_000


LOST: dict[str, Failing] = {
    "reset before": broken(httpx.ReadError, applied=False),
    "reset after": broken(httpx.ReadError, applied=True),
    "stalled before": stalled(applied=False),
    "stalled after": stalled(applied=True),
    "502 before": answer(502, STACK),
    "502 after": replaced(502, STACK, kind="text/html"),
    "500 after": replaced(500, STACK, kind="text/html"),
    "empty after": replaced(200),
    "junk after": replaced(200, STACK),
    "cut off after": replaced(200, b"{", httpx.RemoteProtocolError(SECRET[0])),
    "throttled": answer(429, retry_after="0.1"),
    "refused": broken(httpx.ConnectError, applied=False),
}

Making = Callable[[Bench], Awaitable[object]]


async def add_example(bench: Bench) -> None:
    audience_id = (await bench.platform.audiences.find("Mine", 1, 1)).items[0].id
    pair = ["good", "bad"]
    example = CompareExample.from_arguments(QUESTION, pair, "good", ExampleOptions(data_type="text"))
    await bench.platform.examples.add(audience_id, example)


async def start_job(bench: Bench) -> None:
    draft = (await bench.platform.definitions.find("Draft", 1, 1)).items[0].definition_id
    await bench.platform.jobs.start(draft, 1, "global")


MAKING: dict[str, tuple[str, Making, Callable[[Bench], Awaitable[int]]]] = {
    "audience": (
        "POST /audience$",
        lambda bench: bench.platform.audiences.create("Readers", 0.75, 3, 10),
        lambda bench: _total(bench.platform.audiences.find("Readers", 1, 10)),
    ),
    "definition": (
        "POST /job/definition$",
        lambda bench: bench.define(),
        lambda bench: _total(bench.platform.definitions.find("Draft", 1, 10), less=1),
    ),
    "job": ("POST /job$", start_job, lambda bench: _total(bench.platform.jobs.find("", 1, 10))),
    "example": ("POST /audience/[^/]+/example$", add_example, lambda bench: _examples(bench)),
}


async def _total(page: Awaitable[object], less: int = 0) -> int:
    return (await page).total - less  # type: ignore[attr-defined,no-any-return]


async def _examples(bench: Bench) -> int:
    audience_id = (await bench.platform.audiences.find("Mine", 1, 1)).items[0].id
    return len(await bench.platform.examples.all(audience_id))


@pytest.fixture
def short() -> None:
    """Requests that stall are given up after a third of a second."""


SPENT = [("job", fault) for fault in LOST if fault.endswith(" before")]


@pytest.mark.parametrize(
    ("what", "fault"), [(what, fault) for what in MAKING for fault in LOST if (what, fault) not in SPENT]
)
@pytest.mark.usefixtures("short")
async def test_a_lost_answer_makes_nothing_twice(bench: Bench, what: str, fault: str) -> None:
    """It is looked up before it is asked for again, and in the end it is there once."""
    await bench.platform.audiences.create("Mine", 0.75, 3, 10)
    await bench.define()
    pattern, make, count = MAKING[what]
    bench.faults.on(pattern, LOST[fault])
    await make(bench)
    assert await count(bench) == 1


@pytest.mark.parametrize(("what", "fault"), SPENT)
@pytest.mark.usefixtures("short")
async def test_what_spends_is_not_repeated_on_a_guess(bench: Bench, what: str, fault: str) -> None:
    """A start that is not visible yet may still appear. The error says so, and another call checks first."""
    await bench.define()
    pattern, make, count = MAKING[what]
    bench.faults.on(pattern, LOST[fault])
    failure = await failure_of(make(bench))
    assert "Call again in 60 seconds" in str(failure.next_step)
    assert (failure.applied, await count(bench)) == (None, 0)


@pytest.mark.usefixtures("short")
async def test_throttled_then_stalled_is_not_taken_for_untouched(bench: Bench) -> None:
    """A request that stalls after it was throttled may have been applied, so it is looked up before it is repeated."""
    bench.faults.on("POST /audience$", answer(429, retry_after="0"))
    bench.faults.on("POST /audience$", stalled(applied=True))
    await bench.platform.audiences.create("Readers", 0.75, 3, 10)
    assert bench.faults.asked["POST /audience"] == 1


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("fault", LOST)
async def test_datapoints_arrive_once_and_in_order(bench: Bench, fault: str) -> None:
    """Whatever becomes of three answers among twenty."""
    bench.faults.on("POST /dataset/[^/]+/datapoint$", LOST[fault], times=3)
    definition_id = await bench.define(20)
    dataset_id = (await bench.platform.definitions.revision(definition_id)).dataset_id
    assert await bench.platform.definitions.datapoint_count(dataset_id) == 20


async def test_a_refused_datapoint_is_remembered_through_later_rounds(bench: Bench) -> None:
    """It is named with its stage, and no definition is made without it."""
    refusal = answer(400, b'{"title": "Too ugly."}', "application/problem+json")
    bench.faults.on("POST /dataset/[^/]+/datapoint$", refusal)
    bench.faults.on("POST /dataset/[^/]+/datapoint$", broken(httpx.ReadError, applied=False))
    failure = await failure_of(bench.define(5))
    assert "1 of 5 datapoints could not be uploaded: datapoints.0 (datapoint: Too ugly.)" in failure.message
    assert (await bench.platform.definitions.find("", 1, 10)).total == 0


async def test_failures_within_the_tolerance_are_left_out(bench: Bench) -> None:
    """The others keep their places."""
    refusal = answer(400, b'{"title": "Too ugly."}', "application/problem+json")
    bench.faults.on("POST /dataset/[^/]+/datapoint$", refusal)
    definition_id = await bench.define(5, failure_tolerance=0.2)
    dataset_id = (await bench.platform.definitions.revision(definition_id)).dataset_id
    assert await bench.platform.definitions.datapoint_count(dataset_id) == 4


async def test_a_failed_look_leaves_the_outcome_open(bench: Bench) -> None:
    """Losing the right to look does not mean that nothing was made."""
    bench.faults.on("POST /audience$", broken(httpx.ReadError, applied=True))
    bench.faults.on("GET /audiences$", passed())  # what is there before
    bench.faults.on("GET /audiences$", answer(403))
    failure = await failure_of(bench.platform.audiences.create("Readers", 0.75, 3, 10))
    assert isinstance(failure, PlatformFailure)
    assert failure.applied is None


async def test_a_burst_of_429_halves_the_gate_once(bench: Bench) -> None:
    """And everything arrives."""

    all_sent = anyio.Event()

    async def throttle(request: httpx.Request, ask: object) -> httpx.Response:
        if bench.faults.rules[-1].times == 0:
            all_sent.set()
        await all_sent.wait()
        return httpx.Response(429)

    bench.faults.on("POST /dataset/[^/]+/datapoint$", throttle, times=50)
    await bench.define(60)
    assert 20 <= bench.http._limiter.capacity <= 30
