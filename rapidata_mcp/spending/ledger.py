"""The ledger: what was made from which content, so that the same call twice makes one thing.

The platform has no idempotency keys (contract A.8). Every create is written down before it is sent and settled after,
under a key made of the account and the content. An entry that was begun and not settled is continued by the next call,
also by another process after this one was killed.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import anyio
from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rapidata_mcp.client.idempotency import PREEXISTING
from rapidata_mcp.clock import Clock
from rapidata_mcp.concurrency import task_group
from rapidata_mcp.database import Database
from rapidata_mcp.database.tables import ledger as entries
from rapidata_mcp.errors import PlatformFailure, RapidataError

LEASE_S = 120
"""An open entry of another process that has been silent for so long belongs to one that ended."""
BEAT_S = 30.0
"""How often whoever is at an entry says so."""
POLL_S = 0.2
PATIENCE_S = 300
"""How long a call waits for the same call elsewhere."""
_at_work: set[tuple[str, int]] = set()
"""What the calls of this process are at, by the name of their ledger and the entry."""


@dataclass(frozen=True)
class Made:
    """What a create led to: the id, and whether it was there before."""

    id: str
    already_existed: bool


class LedgerAttempt:
    """A try at making what an entry describes."""

    def __init__(self, database: Database, entry: RowMapping, tried_at: float | None) -> None:
        self._database = database
        self._notes: dict[str, str] = dict(entry["notes"])
        self.entry_id: int = entry["id"]
        self.tried_at = tried_at

    def rule_out_earlier(self) -> None:
        """Know that no earlier try made anything, or will: it was looked for, late enough."""
        self.tried_at = None

    def checkpoint(self, name: str) -> str | None:
        """What an earlier step wrote down."""
        return self._notes.get(name)

    async def save_checkpoint(self, name: str, value: str) -> None:
        """Write down what a step led to, for a later try."""
        self._notes[name] = value
        async with self._database.write() as connection:
            change = update(entries).where(entries.c.id == self.entry_id)
            await connection.execute(change.values(notes=self._notes))

    async def claim(self, made_id: str) -> bool:
        """Take what was found for what this try made; False where it belongs to another entry."""
        others = select(entries.c.id).where(entries.c.made_id == made_id, entries.c.id != self.entry_id)
        async with self._database.write() as connection:
            if (await connection.execute(others.limit(1))).first() is not None:
                return False
            await connection.execute(update(entries).where(entries.c.id == self.entry_id).values(made_id=made_id))
        return True


class Ledger:
    """Makes things once."""

    def __init__(self, database: Database, clock: Clock, account: str, beat_s: float = BEAT_S) -> None:
        self._database = database
        self._clock = clock
        self._account = account
        self._beat_s = beat_s
        self._process = f"{_machine()} {os.getpid()} {secrets.token_hex(4)}"

    async def create_once(
        self,
        kind: str,
        content: Mapping[str, Any],
        *,
        make: Callable[[LedgerAttempt], Awaitable[str]],
        exists: Callable[[str], Awaitable[bool]],
        repeat: bool = False,
    ) -> Made:
        """Make what `content` describes, unless it was made and still exists. `repeat` makes another on purpose.

        The same call in flight elsewhere is waited for; one that ended without a result is continued.

        Raises:
            RapidataError: whatever `make` raises; what may have taken effect stays open for the next try.
        """
        key = self._key(kind, content)
        gone: set[str] = set()
        with anyio.move_on_after(PATIENCE_S) as patience:
            while True:
                attempt, made_id = await self._begin(key, kind, gone, repeat)
                if attempt is not None:
                    break
                if made_id is None:
                    await self._clock.sleep(POLL_S)
                elif await exists(made_id):
                    return Made(made_id, already_existed=True)
                else:
                    gone.add(made_id)  # it was deleted on the platform: its entry no longer counts
        if patience.cancelled_caught or attempt is None:
            raise PlatformFailure("The same call is still in flight elsewhere.", "Call again in a minute.")
        async with task_group() as group:
            group.start_soon(self._show_life, attempt.entry_id)
            made_id = await self._make(attempt, make)
            group.cancel_scope.cancel()
        return Made(made_id, already_existed=False)

    async def _make(self, attempt: LedgerAttempt, make: Callable[[LedgerAttempt], Awaitable[str]]) -> str:
        try:
            made_id = await make(attempt)
        except BaseException as failure:
            nothing_made = isinstance(failure, RapidataError) and failure.applied is False and attempt.tried_at is None
            with anyio.CancelScope(shield=True):
                await self._release(attempt, forget=nothing_made)
            raise
        with anyio.CancelScope(shield=True):  # a cancelled call would leave its entry in flight
            await self._settle(attempt.entry_id, made_id)
        return made_id

    async def _show_life(self, entry_id: int) -> None:
        """Say again and again that this process is at an entry, however long that takes."""
        while True:
            await anyio.sleep(self._beat_s)
            async with self._database.write() as connection:
                beat = update(entries).where(entries.c.id == entry_id, entries.c.owner == self._process)
                await connection.execute(beat.values(begun_at=self._clock.now()))

    async def made(self, kind: str, content: Mapping[str, Any], exists: Callable[[str], Awaitable[bool]]) -> str | None:
        """What was made from this content and still exists; None when nothing was, or it is not known yet."""
        newest = (
            select(entries.c.made_id).where(entries.c.key == self._key(kind, content)).order_by(entries.c.id.desc())
        )
        async with self._database.read() as connection:
            made_id = (await connection.execute(newest.limit(1))).scalar_one_or_none()
        return made_id if made_id is not None and await exists(made_id) else None

    def _key(self, kind: str, content: Mapping[str, Any]) -> str:
        return sha256(json.dumps([self._account, kind, content], sort_keys=True).encode()).hexdigest()

    async def _begin(
        self, key: str, kind: str, gone: Collection[str], repeat: bool
    ) -> tuple[LedgerAttempt | None, str | None]:
        """Open or continue an entry; or tell what the newest one made; (None, None) while that is in flight."""
        now = self._clock.now()
        async with self._database.write() as connection:
            latest = select(entries).where(entries.c.key == key).order_by(entries.c.id.desc()).limit(1)
            newest = (await connection.execute(latest)).mappings().one_or_none()
            open_entry = newest if newest is not None and newest["settled_at"] is None else None
            if open_entry is None and newest is not None and not repeat and newest["made_id"] not in gone:
                return None, str(newest["made_id"])
            if open_entry is not None and self._in_flight(open_entry, now):
                return None, None
            entry = await self._claim(connection, open_entry, key, kind, now)
        _at_work.add((self._process, entry["id"]))
        return LedgerAttempt(self._database, entry, None if open_entry is None else open_entry["begun_at"]), None

    async def _claim(
        self, connection: AsyncConnection, entry: RowMapping | None, key: str, kind: str, now: float
    ) -> RowMapping:
        if entry is None:
            new = insert(entries).values(key=key, kind=kind, begun_at=now, owner=self._process, notes={})
            claimed = await connection.execute(new.returning(entries))
        else:
            claim = update(entries).where(entries.c.id == entry["id"]).values(owner=self._process, begun_at=now)
            claimed = await connection.execute(claim.returning(entries))
        row: RowMapping = claimed.mappings().one()
        return row

    def _in_flight(self, entry: RowMapping, now: float) -> bool:
        """Whether somebody is at an open entry: a call of this process, or a process that still lives."""
        if entry["owner"] is None:
            return False
        if (entry["owner"], entry["id"]) in _at_work:
            return True
        machine, pid, _ = entry["owner"].split(" ")
        if machine == _machine() and (int(pid) == os.getpid() or not _lives(int(pid))):
            return False
        return bool(now - entry["begun_at"] < LEASE_S)

    async def _settle(self, entry_id: int, made_id: str) -> None:
        try:
            async with self._database.write() as connection:
                change = update(entries).where(entries.c.id == entry_id)
                await connection.execute(change.values(made_id=made_id, settled_at=self._clock.now(), owner=None))
        finally:
            _at_work.discard((self._process, entry_id))

    async def _release(self, attempt: LedgerAttempt, *, forget: bool) -> None:
        """Let go of an entry; it is forgotten where nothing can have been made for it.

        Where an earlier try may still take effect, its time stays: to look for what it made does not prolong that.
        """
        _at_work.discard((self._process, attempt.entry_id))
        mine = entries.c.id == attempt.entry_id
        async with self._database.write() as connection:
            notes = (await connection.execute(select(entries.c.notes).where(mine))).scalar_one()
            made_on_the_way = notes.keys() - {PREEXISTING}
            begun_at = self._clock.now() if attempt.tried_at is None else attempt.tried_at
            let_go = update(entries).where(mine).values(owner=None, begun_at=begun_at)
            await connection.execute(entries.delete().where(mine) if forget and not made_on_the_way else let_go)


@cache
def _machine() -> str:
    """Where the number of a process means one process: this boot and, for a container, its own numbering.

    The name of a host says neither: two containers can share one, with process 1 in both.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').readlink()}"
    except OSError:  # not Linux
        return socket.gethostname()


def _lives(pid: int) -> bool:
    if os.name != "posix":
        return True  # as far as anybody knows: to ask would end it
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
