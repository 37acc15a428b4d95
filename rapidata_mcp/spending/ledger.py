"""The ledger of creates, which makes the same call create one thing only.

The platform has no idempotency keys (contract A.8). So each create has an entry, under a key of the account and the
content. The entry is opened before the request is sent, and settled with the id of the created thing. The next call
continues an entry that is still open, also in another process after this one was killed.
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
"""If another process has not sent a heartbeat for an entry for this number of seconds, it has ended."""
HEARTBEAT_S = 30.0
"""Seconds between the heartbeats of a process that works on an entry."""
POLL_S = 0.2
WAIT_TIMEOUT_S = 300
"""Seconds that a call waits for the same call in progress elsewhere."""
_in_progress: set[tuple[str, int]] = set()
"""The entries that calls of this process work on, each with the name of its ledger's process."""


@dataclass(frozen=True)
class Made:
    """The thing that a create made or found."""

    id: str
    already_existed: bool


class LedgerAttempt:
    """A try at the create of an entry.

    `tried_at` is the time at which an earlier try ended without a result, or began if it was killed; None without one.
    """

    def __init__(self, database: Database, entry: RowMapping, tried_at: float | None) -> None:
        self._database = database
        self._notes: dict[str, str] = dict(entry["notes"])
        self.entry_id: int = entry["id"]
        self.tried_at = tried_at

    def rule_out_earlier(self) -> None:
        """Record that no earlier try created anything or still can."""
        self.tried_at = None

    def checkpoint(self, name: str) -> str | None:
        """Return the result that an earlier step saved under this name."""
        return self._notes.get(name)

    async def save_checkpoint(self, name: str, value: str) -> None:
        """Save the result of a step for a later try."""
        self._notes[name] = value
        async with self._database.write() as connection:
            change = update(entries).where(entries.c.id == self.entry_id)
            await connection.execute(change.values(notes=self._notes))

    async def claim(self, made_id: str) -> bool:
        """Record that this entry created a thing that was found. Return False if it belongs to another entry."""
        others = select(entries.c.id).where(entries.c.made_id == made_id, entries.c.id != self.entry_id)
        async with self._database.write() as connection:
            if (await connection.execute(others.limit(1))).first() is not None:
                return False
            await connection.execute(update(entries).where(entries.c.id == self.entry_id).values(made_id=made_id))
        return True


class Ledger:
    """The ledger of an account. Each call of `create_once` with the same content creates the same thing."""

    def __init__(self, database: Database, clock: Clock, account: str, heartbeat_s: float = HEARTBEAT_S) -> None:
        self._database = database
        self._clock = clock
        self._account = account
        self._heartbeat_s = heartbeat_s
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
        """Create the thing that `content` describes, unless it was created and still exists. `repeat` creates another.

        If the same call is in progress elsewhere, wait for it. If it ended without a result, continue it.

        Raises:
            RapidataError: `make` failed; if it may have taken effect, the entry stays open for the next try.
        """
        key = self._key(kind, content)
        gone: set[str] = set()
        with anyio.move_on_after(WAIT_TIMEOUT_S) as waiting:
            while True:
                attempt, made_id = await self._begin(key, kind, gone, repeat)
                if attempt is not None:
                    break
                if made_id is None:
                    await self._clock.sleep(POLL_S)
                elif await exists(made_id):
                    return Made(made_id, already_existed=True)
                else:
                    gone.add(made_id)  # deleted on the platform, so its entry no longer counts
        if waiting.cancelled_caught or attempt is None:
            raise PlatformFailure("The same call is still in progress elsewhere.", "Call again in a minute.")
        async with task_group() as group:
            group.start_soon(self._send_heartbeats, attempt.entry_id)
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
        with anyio.CancelScope(shield=True):  # else a cancelled call would leave its entry in progress
            await self._settle(attempt.entry_id, made_id)
        return made_id

    async def _send_heartbeats(self, entry_id: int) -> None:
        while True:
            await anyio.sleep(self._heartbeat_s)
            async with self._database.write() as connection:
                heartbeat = update(entries).where(entries.c.id == entry_id, entries.c.owner == self._process)
                await connection.execute(heartbeat.values(begun_at=self._clock.now()))

    async def find_made(
        self, kind: str, content: Mapping[str, Any], exists: Callable[[str], Awaitable[bool]]
    ) -> str | None:
        """Return the id of the thing that was created from this content; None if there is none, or not yet."""
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
        """Open or continue an entry, or return the id in the newest one; (None, None) while it is in progress."""
        now = self._clock.now()
        async with self._database.write() as connection:
            latest = select(entries).where(entries.c.key == key).order_by(entries.c.id.desc()).limit(1)
            newest = (await connection.execute(latest)).mappings().one_or_none()
            open_entry = newest if newest is not None and newest["settled_at"] is None else None
            if open_entry is None and newest is not None and not repeat and newest["made_id"] not in gone:
                return None, str(newest["made_id"])
            if open_entry is not None and self._is_in_progress(open_entry, now):
                return None, None
            entry = await self._claim(connection, open_entry, key, kind, now)
        _in_progress.add((self._process, entry["id"]))
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

    def _is_in_progress(self, entry: RowMapping, now: float) -> bool:
        """Whether a call of this process, or another process that is alive, works on an open entry."""
        if entry["owner"] is None:
            return False
        if (entry["owner"], entry["id"]) in _in_progress:
            return True
        machine, pid, _ = entry["owner"].split(" ")
        if machine == _machine() and (int(pid) == os.getpid() or not _is_alive(int(pid))):
            return False
        return bool(now - entry["begun_at"] < LEASE_S)

    async def _settle(self, entry_id: int, made_id: str) -> None:
        try:
            async with self._database.write() as connection:
                change = update(entries).where(entries.c.id == entry_id)
                await connection.execute(change.values(made_id=made_id, settled_at=self._clock.now(), owner=None))
        finally:
            _in_progress.discard((self._process, entry_id))

    async def _release(self, attempt: LedgerAttempt, *, forget: bool) -> None:
        """Give up the ownership of an entry. `forget` deletes it, unless steps have created something.

        If an earlier try may still take effect, its time stays. To look for its effect does not extend that time.
        """
        _in_progress.discard((self._process, attempt.entry_id))
        has_id = entries.c.id == attempt.entry_id
        async with self._database.write() as connection:
            notes = (await connection.execute(select(entries.c.notes).where(has_id))).scalar_one()
            created_by_steps = notes.keys() - {PREEXISTING}
            begun_at = self._clock.now() if attempt.tried_at is None else attempt.tried_at
            release = update(entries).where(has_id).values(owner=None, begun_at=begun_at)
            await connection.execute(entries.delete().where(has_id) if forget and not created_by_steps else release)


@cache
def _machine() -> str:
    """Return a name for the scope in which a process id is unique: this boot, and the PID namespace of a container.

    A host name does not work: two containers can share one, with a process 1 in each.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').readlink()}"
    except OSError:  # not Linux
        return socket.gethostname()


def _is_alive(pid: int) -> bool:
    if os.name != "posix":
        return True  # not known: os.kill would end the process here
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
