"""The one command handler: load, decide, append, evolve. Everything a service decides passes here."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import random
from time import perf_counter
from typing import Any

import structlog
from cachetools import LRUCache
from pydantic import TypeAdapter

from shared.crash import crash_point
from shared.decider import Decider
from shared.errors import CommandIdReused, Conflict, Refused, Unavailable
from shared.eventlog import Append, EventLog, Repeated, Trail, digest
from shared.messages import Command
from shared.metrics import COMMAND_SECONDS, COMMANDS
from shared.snapshots import load_snapshot, save_snapshot

log = structlog.get_logger()

TRIES = 12
LONGEST_PAUSE_SECONDS = 0.1
KEPT = 20_000


@dataclass
class _Stream:
    """An aggregate in memory; not `fresh`: not loaded yet, or known to be behind."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    state: Any = None
    revision: int = 0
    fresh: bool = False


class CommandHandler:
    """Decides the commands of one service, each stream one at a time, different streams side by side.

    The stream kept in memory is never trusted alone: the log's unique revision is the check, and whoever was slower loads again.
    """

    def __init__(self, events: EventLog, contract: TypeAdapter[Any], deciders: Iterable[Decider]) -> None:
        self._log = events
        self._contract = contract
        self._deciders = {command: decider for decider in deciders for command in decider.commands}
        self._streams: LRUCache[str, _Stream] = LRUCache(KEPT)

    async def handle(self, command: Command, trail: Trail) -> int | None:
        """Position of the last event that followed, None when nothing was left to do. Raises a `Refused`."""
        kind = str(command.type)  # type: ignore[attr-defined]
        started, outcome = perf_counter(), "accepted"
        try:
            return await self._handle(command, trail)
        except Refused as no:
            outcome = no.code()
            raise
        finally:
            COMMANDS.labels(kind, outcome).inc()
            COMMAND_SECONDS.labels(kind).observe(perf_counter() - started)

    async def _handle(self, command: Command, trail: Trail) -> int | None:
        decider = self._deciders[type(command)]
        stream_id = decider.stream_of(command)
        stream = self._streams.setdefault(stream_id, _Stream())
        async with stream.lock:
            for attempt in range(TRIES):
                if not stream.fresh:
                    await self._load(decider, stream_id, stream)
                try:
                    return await self._decide(decider, stream_id, stream, command, trail)
                except Conflict:
                    stream.fresh = False
                    await asyncio.sleep(random() * min(0.001 * 2**attempt, LONGEST_PAUSE_SECONDS))
        raise Unavailable("too many writers at once")

    async def _decide(self, decider: Decider, stream_id: str, stream: _Stream, command: Command, trail: Trail) -> int | None:
        try:
            events = decider.decide(command, stream.state)
        except Refused:
            if (position := await self._before(command)) is not None:
                return position
            await self._check_newest(stream_id, stream)
            raise
        if not events:
            await self._check_newest(stream_id, stream)
            return await self._before(command)
        try:
            position = await self._log.append(Append(stream_id, stream.revision, command, events, trail))
        except Repeated:
            stream.fresh = False
            return await self._before(command)
        except (Unavailable, asyncio.CancelledError):
            stream.fresh = False
            raise
        crash_point("command_before_reply")
        stream.state = decider.fold(stream.state, events, first=position - len(events) + 1)
        before, stream.revision = stream.revision, stream.revision + len(events)
        if decider.state and before // decider.snapshot_every != stream.revision // decider.snapshot_every:
            await save_snapshot(self._log.pool, decider, stream_id, stream.revision, stream.state)
        return position

    async def _check_newest(self, stream_id: str, stream: _Stream) -> None:
        """Raises Conflict when another instance has added to the stream: what appends nothing is not checked by the append."""
        if await self._log.revision(stream_id) != stream.revision:
            raise Conflict

    async def _before(self, command: Command) -> int | None:
        """Where this command's effect stands if it had one before. Raises when its id served another command."""
        if (found := await self._log.earlier(command)) is None:
            return None
        position, same = found
        if same != digest(command):
            raise CommandIdReused
        return position

    async def _load(self, decider: Decider, stream_id: str, stream: _Stream) -> None:
        state, revision = decider.initial, 0
        if decider.state:
            state, revision = await load_snapshot(self._log.pool, decider, stream_id) or (state, revision)
        for raw in await self._log.stream(stream_id, after=revision):
            state = decider.step(state, self._contract.validate_json(raw.body), raw.position)
            revision = raw.revision
        stream.state, stream.revision, stream.fresh = state, revision, True
