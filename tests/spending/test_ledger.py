"""The ledger: whatever fails between a request and its entry, a thing is made once and belongs to one entry."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import anyio
import pytest
from sqlalchemy import select, update

from rapidata_mcp.client.idempotency import Attempt, FirstAttempt, send_once
from rapidata_mcp.database import Database, open_database
from rapidata_mcp.errors import BadAnswer, PlatformFailure, Refused, Unreachable
from rapidata_mcp.settings import Settings
from rapidata_mcp.spending.budget import Budget
from rapidata_mcp.spending.ledger import LEASE_S, Ledger, entries
from rapidata_mcp.usd import Usd
from tests.assistant import MovingClock
from tests.conftest import OpenAssistant

THING = {"name": "thing"}


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    async with open_database(settings.database) as opened:
        yield opened


@pytest.fixture
def ledger(database: Database, clock: MovingClock) -> Ledger:
    return Ledger(database, clock, "mine")


class Maker:
    """Makes things and knows which exist."""

    def __init__(self, clock: MovingClock) -> None:
        self.made: list[str] = []
        self.gone: set[str] = set()
        self.failures: list[Exception] = []
        self.clock = clock

    async def send(self) -> str:
        if self.failures:
            raise self.failures.pop(0)
        await anyio.sleep(0.01)
        self.made.append(f"made_{len(self.made)}")
        return self.made[-1]

    async def make(self, attempt: Attempt) -> str:
        async def find() -> str | None:
            for made_id in reversed(self.made):
                if await attempt.claim(made_id):
                    return made_id
            return None

        return await send_once(self.send, find, attempt, self.clock)

    async def exists(self, made_id: str) -> bool:
        return made_id not in self.gone


@pytest.fixture
def maker(clock: MovingClock) -> Maker:
    return Maker(clock)


async def test_a_call_that_is_cancelled_after_the_create_settles_its_entry(ledger: Ledger, maker: Maker) -> None:
    """The next call neither waits for the cancelled one nor makes another."""

    async def make_and_cancel(attempt: Attempt) -> str:
        made_id = await maker.make(attempt)
        scope.cancel()
        return made_id

    with anyio.CancelScope() as scope:
        await ledger.create_once("thing", THING, make=make_and_cancel, exists=maker.exists)
    with anyio.fail_after(60):
        again = await ledger.create_once("thing", THING, make=maker.make, exists=maker.exists)
    assert (again.id, again.already_existed, maker.made) == ("made_0", True, ["made_0"])


async def test_a_deleted_thing_is_made_again_once(ledger: Ledger, maker: Maker) -> None:
    """Even if several calls notice the deletion at the same time."""
    await ledger.create_once("thing", THING, make=maker.make, exists=maker.exists)
    maker.gone.add("made_0")
    again = []

    async def call() -> None:
        again.append((await ledger.create_once("thing", THING, make=maker.make, exists=maker.exists)).id)

    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(call)
    assert again == ["made_1"] * 5


async def test_a_thing_belongs_to_one_entry(ledger: Ledger, maker: Maker) -> None:
    """A repeat with a lost answer and no effect does not return the earlier thing."""
    await ledger.create_once("thing", THING, make=maker.make, exists=maker.exists)
    maker.failures = [BadAnswer("lost", transient=True)]
    made = await ledger.create_once("thing", THING | {"again": "quo_1"}, make=maker.make, exists=maker.exists)
    assert made.id == "made_1"


async def test_a_refusal_after_an_unknown_outcome_settles_nothing(ledger: Ledger, maker: Maker) -> None:
    """The first request may have taken effect, so the entry stays open and the next call looks for its effect."""
    maker.failures = [BadAnswer("lost", transient=True), Refused("there is one already")]
    with pytest.raises(PlatformFailure, match="there is one already"):
        await ledger.create_once("thing", THING, make=maker.make, exists=maker.exists)
    maker.made.append("late")
    assert (await ledger.create_once("thing", THING, make=maker.make, exists=maker.exists)).id == "late"


async def test_an_unknown_outcome_stays_unknown_when_the_connection_fails_next(maker: Maker) -> None:
    """The budget relies on it: `applied` is False only if no request can have taken effect."""
    maker.failures = [BadAnswer("lost", transient=True), *[Unreachable("no connection", applied=False)] * 2]
    with pytest.raises(Unreachable) as failure:
        await send_once(maker.send, _nothing, FirstAttempt(), maker.clock)
    assert failure.value.applied is None


async def test_the_estimate_of_an_open_start_is_counted_for_it_alone(
    ledger: Ledger, database: Database, clock: MovingClock, maker: Maker
) -> None:
    """A start that is refused after a lost answer keeps its entry, so no other start takes over its reservation."""
    budget = Budget(database, clock, "mine", None, 1.0)

    async def start(attempt: Attempt) -> str:
        await budget.reserve(f"start {attempt.entry_id}", Usd(0.9))
        return await maker.make(attempt)

    lost = BadAnswer("lost")
    for failure in (lost, Refused("no")):
        maker.failures = [failure]
        with pytest.raises(type(failure)):
            await ledger.create_once("job", THING, make=start, exists=maker.exists)
    with pytest.raises(Refused, match="today's limit"):
        await ledger.create_once("job", {"name": "another"}, make=start, exists=maker.exists)


async def test_rehearsals_do_not_use_up_a_real_budget(database: Database, clock: MovingClock) -> None:
    """All real accounts share one budget; the local platform has its own."""
    for account, limit in (("local", 1.0), ("mine", 1.0), ("other", 2.0)):
        await Budget(database, clock, account, None, limit).reserve(f"start {account}", Usd(1.0))
    for account in ("local", "mine", "other"):
        with pytest.raises(Refused, match="today's limit"):
            await Budget(database, clock, account, None, 2.0).reserve("one more", Usd(1.1))


async def test_a_reservation_counts_on_the_day_and_at_the_estimate_of_its_latest_try(
    database: Database, clock: MovingClock
) -> None:
    """Once it is settled it stays, whatever is tried or released later."""
    budget = Budget(database, clock, "mine", None, 1.0)
    await budget.reserve("start 1", Usd(0.3))
    clock.time += 86_400
    await budget.reserve("start 1", Usd(0.6))
    with pytest.raises(Refused, match=r"\$0.40 of \$1.00"):
        await budget.reserve("start 2", Usd(0.5))
    await budget.settle("start 1", "job_1")
    await budget.reserve("start 1", Usd(0.1))
    await budget.release("start 1")
    with pytest.raises(Refused, match=r"\$0.40 of \$1.00"):
        await budget.reserve("start 2", Usd(0.5))


async def _nothing() -> None:
    return None


async def test_an_entry_whose_process_has_been_silent_is_continued(
    ledger: Ledger, database: Database, maker: Maker, clock: MovingClock
) -> None:
    """Another process may have its id by now."""
    maker.failures = [BadAnswer("lost")]
    with pytest.raises(BadAnswer):
        await ledger.create_once("thing", THING, make=maker.make, exists=maker.exists)
    async with database.write() as connection:
        owner = f"{socket.gethostname()} {os.getppid()} gone"
        await connection.execute(update(entries).values(owner=owner, begun_at=clock.now() - LEASE_S))
    with anyio.fail_after(60):
        made = await ledger.create_once("thing", THING, make=maker.make, exists=maker.exists)
    assert (made.already_existed, maker.made) == (False, ["made_0"])


async def test_an_entry_of_another_container_is_not_abandoned(
    ledger: Ledger, database: Database, maker: Maker, clock: MovingClock
) -> None:
    """It can have our host name and our process id, so only the time since its heartbeat counts."""
    maker.failures = [BadAnswer("lost")]
    with pytest.raises(BadAnswer):
        await ledger.create_once("thing", THING, make=maker.make, exists=maker.exists)
    async with database.write() as connection:
        owner = f"{socket.gethostname()} {os.getpid()} elsewhere"
        await connection.execute(update(entries).values(owner=owner, begun_at=clock.now()))
    begun_at = clock.now()
    with anyio.fail_after(60):
        await ledger.create_once("thing", THING, make=maker.make, exists=maker.exists)
    assert clock.now() >= begun_at + LEASE_S


async def test_a_long_create_sends_heartbeats(database: Database, clock: MovingClock, maker: Maker) -> None:
    """However long an upload takes, no other call begins it."""
    slow = Ledger(database, clock, "mine", heartbeat_s=0.01)

    async def make_slowly(attempt: Attempt) -> str:
        clock.time += 10 * LEASE_S
        with anyio.fail_after(60):
            while await begun_at() != clock.time:  # noqa: ASYNC110 - only the database shows the heartbeat
                await anyio.sleep(0.01)
        return await maker.make(attempt)

    async def begun_at() -> float:
        async with database.read() as connection:
            return float((await connection.execute(select(entries.c.begun_at))).scalar_one())

    await slow.create_once("thing", THING, make=make_slowly, exists=maker.exists)


async def test_a_database_failure_is_reported_as_such(open_assistant: OpenAssistant, settings: Settings) -> None:
    """Not as a bug of the program. Nothing was created."""
    async with open_assistant() as assistant:
        await assistant.call("find_jobs")
        with closing(sqlite3.connect(settings.data_dir / "rapidata.db")) as other:
            other.execute("DROP TABLE ledger")
        refusal = await assistant.refusal("create_audience", name="Readers")
        assert "The database cannot be used: no such table" in refusal
        assert (await assistant.call("find_audiences", name="Readers"))["total"] == 0
