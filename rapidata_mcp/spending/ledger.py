"""The ledger: what was made from which content, so that the same call twice makes one thing.

The platform has no idempotency keys (contract A.8). Every create is written down before it is sent and settled after,
under a key made of its content.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Double, Integer, MetaData, String, Table, insert, select, update

from rapidata_mcp.clock import Clock
from rapidata_mcp.database import Database
from rapidata_mcp.errors import PlatformFailure

metadata = MetaData()

entries = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("begun_at", Double, nullable=False),
    Column("settled_at", Double),
    Column("made_id", String),
)

IN_FLIGHT_S = 60
"""An entry that is older and not settled belongs to a process that ended."""
POLL_S = 0.2


@dataclass(frozen=True)
class Made:
    """What a create led to: the id, and whether it was there before."""

    id: str
    already_existed: bool


class Ledger:
    """Makes things once."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def once(
        self,
        kind: str,
        content: Mapping[str, Any],
        *,
        make: Callable[[], Awaitable[str]],
        exists: Callable[[str], Awaitable[bool]],
        repeat: bool = False,
    ) -> Made:
        """Make what `content` describes, unless it was made and still exists. `repeat` makes another on purpose.

        The same call in flight elsewhere is waited for.

        Raises:
            PlatformFailure: when the other call does not end.
        """
        key = sha256(json.dumps([kind, content], sort_keys=True).encode()).hexdigest()
        while True:
            begun, made_id = await self._begin(key, kind, repeat)
            if begun is not None:
                break
            if made_id is not None and await exists(made_id):
                return Made(made_id, already_existed=True)
            if made_id is not None:
                repeat = True  # it was deleted on the platform: the entry no longer counts
                continue
            await self._clock.sleep(POLL_S)
        try:
            made_id = await make()
        except PlatformFailure:
            raise  # it may have taken effect: the entry stays open
        except BaseException:
            await self._forget(begun)
            raise
        await self._settle(begun, made_id)
        return Made(made_id, already_existed=False)

    async def _begin(self, key: str, kind: str, repeat: bool) -> tuple[int | None, str | None]:
        """Open an entry, or tell what the newest one made; (None, None) while that one is in flight."""
        now = self._clock.now()
        async with self._database.write() as connection:
            newest = select(entries).where(entries.c.key == key).order_by(entries.c.id.desc()).limit(1)
            entry = (await connection.execute(newest)).mappings().one_or_none()
            if entry is not None and not repeat:
                if entry["settled_at"] is not None:
                    return None, entry["made_id"]
                if now - entry["begun_at"] < IN_FLIGHT_S:
                    return None, None
            new = insert(entries).values(key=key, kind=kind, begun_at=now).returning(entries.c.id)
            return int((await connection.execute(new)).scalar_one()), None

    async def _settle(self, entry_id: int, made_id: str) -> None:
        async with self._database.write() as connection:
            change = update(entries).where(entries.c.id == entry_id)
            await connection.execute(change.values(made_id=made_id, settled_at=self._clock.now()))

    async def _forget(self, entry_id: int) -> None:
        async with self._database.write() as connection:
            await connection.execute(entries.delete().where(entries.c.id == entry_id))
