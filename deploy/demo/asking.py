"""Asking the services, again and again while they are still starting."""

import asyncio
from collections.abc import Awaitable, Callable

from services.gateway.demonstration import SHOP
from shared.bus import Bus
from shared.errors import CommandIdReused, NotFound, RefusedElsewhere, Unavailable
from shared.messages import Command, derived_id

TRIES, PAUSE_SECONDS = 120, 0.5
OPERATOR = "service:demo"


def demo_id(what: str) -> str:
    """The id that belongs to a part of the demonstration, always the same."""
    return derived_id(SHOP, what)


async def ask(bus: Bus, service: str, command: Command) -> None:
    """Sends a command; that it was sent in an earlier run, with other words, is no harm."""
    try:
        await patiently(lambda: bus.ask(service, command))
    except RefusedElsewhere as refused:
        if refused.problem().code != CommandIdReused.code():
            raise


async def patiently(step: Callable[[], Awaitable[object]]) -> None:
    """Tries until the services answer and know what was said a moment ago. Raises their refusal in the end."""
    for attempt in range(1, TRIES + 1):
        try:
            await step()
        except (Unavailable, NotFound):
            if attempt == TRIES:
                raise
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            return
