"""From somebody's event to own commands: a policy is pure, this sends what it asks for.

A policy's command ids are derived from the event, so a redelivery asks for the same thing twice and it happens once. Events of
one stream are answered in order, different streams side by side: their appends commit together.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from shared.consuming import Afterwards, nothing_done
from shared.envelope import Recorded
from shared.errors import Refused, Unavailable
from shared.eventlog import Trail
from shared.handling import CommandHandler
from shared.messages import Command
from shared.postgres import Connection

log = structlog.get_logger()

React = Callable[[Recorded[Any], Any], Sequence[Command]]
Facts = Callable[[Connection, Recorded[Any]], Awaitable[Any]]


@dataclass
class Reacting:
    """The effect of a policy's consumer. `facts` looks up in the own read model what the policy has to know."""

    react: React
    facts: Facts | None
    handler: CommandHandler

    async def __call__(self, connection: Connection, batch: list[Recorded[Any]]) -> Afterwards | None:
        """Sends the commands each event asks for. Raises Unavailable when they cannot be committed now."""
        by_stream: dict[str, list[tuple[Recorded[Any], Sequence[Command]]]] = {}
        for recorded in batch:
            known = await self.facts(connection, recorded) if self.facts else None
            if commands := self.react(recorded, known):
                by_stream.setdefault(recorded.stream_id, []).append((recorded, commands))
        if not by_stream:
            return nothing_done
        ended = await asyncio.gather(*map(self._in_order, by_stream.values()), return_exceptions=True)
        if wrong := [error for error in ended if error is not None]:
            # An owner that is away comes first: whatever else is wrong shows again when it is back.
            raise next((error for error in wrong if isinstance(error, Unavailable)), wrong[0])
        return None

    async def _in_order(self, answers: list[tuple[Recorded[Any], Sequence[Command]]]) -> None:
        for recorded, commands in answers:
            for command in commands:
                await self._send(recorded, command)

    async def _send(self, recorded: Recorded[Any], command: Command) -> None:
        try:
            await self.handler.handle(command, Trail(recorded.correlation_id, recorded.event_id))
        except Unavailable:
            raise
        except Refused as no:
            log.info("reaction_refused", heard=recorded.type, command=command.type, code=no.code())  # type: ignore[attr-defined]
