"""Waiting for something to become true, with a deadline; never for a fixed time."""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any

PATIENCE_SECONDS = 15.0
POLL_SECONDS = 0.02


async def eventually(condition: Callable[[], Awaitable[Any] | Any], within: float = PATIENCE_SECONDS) -> Any:
    """The first truthy answer. AssertionError with the last answer when there is none in time."""
    loop = asyncio.get_running_loop()
    give_up = loop.time() + within
    while True:
        answer = condition()
        found = await answer if isawaitable(answer) else answer
        if found:
            return found
        assert loop.time() < give_up, f"not within {within:g} s; last answer: {found!r}"
        await asyncio.sleep(POLL_SECONDS)
