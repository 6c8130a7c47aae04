"""The mailer: tries what is due, several deliveries side by side, each by one attempt at a time.

One instance is active (advisory lock). That alone would not do, a lock can be lost unnoticed: what counts is that an attempt's
final dot is only sent by whoever got its `delivery_data_sent` into the log.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from services.notifications.attempt import Attempt
from services.notifications.projection import project_deliveries
from shared.clock import now
from shared.envelope import Recorded
from shared.errors import Unavailable
from shared.postgres import LOST, Connection, borrowed
from shared.service import Parts

log = structlog.get_logger()

AT_ONCE = 8
LOOK_SECONDS = 0.25
LONGEST_REST_SECONDS = 60.0
HOPELESS = 10
"""Attempts in a row that failed before there was a mail to send; then the delivery's age says whether it is given up."""

WIND_UP_SECONDS = 10.0


class Mailer:
    """Sends what waits. Woken by its own projection, it looks every quarter of a second all the same."""

    def __init__(self) -> None:
        self._wanted = asyncio.Event()
        self._running: dict[str, tuple[Attempt, asyncio.Task[None]]] = {}
        self._failed: dict[str, int] = {}
        self._resting: set[str] = set()

    async def project(self, connection: Connection, batch: list[Recorded[Any]]) -> Callable[[], None]:
        """The projection of the deliveries, which wakes this mailer."""
        return await project_deliveries(connection, batch, self._wanted.set)

    async def send_mail(self, parts: Parts) -> None:
        """The worker. Raises ConnectionError when another instance may have taken over."""
        async with parts.locks.held("mailer") as still_held:
            try:
                while still_held.is_set():
                    await self._look(parts)
            finally:
                await self._wind_up()
        raise ConnectionError("the mailer's lock is lost")

    async def _look(self, parts: Parts) -> None:
        self._wanted.clear()
        try:
            for delivery_id in await self._due(parts):
                self._begin(parts, delivery_id)
        except (Unavailable, *LOST) as away:
            log.warning("mailer_waits", why=repr(away))
        try:
            await asyncio.wait_for(self._wanted.wait(), LOOK_SECONDS)
        except TimeoutError:
            return

    async def _due(self, parts: Parts) -> list[str]:
        async with borrowed(parts.pool) as connection:
            rows = await connection.fetch(
                "select delivery_id from waiting where due_at <= $1 and delivery_id <> all($2) order by due_at limit $3",
                now(), [*self._running, *self._resting], AT_ONCE - len(self._running),
            )  # fmt: skip
        return [row["delivery_id"] for row in rows]

    def _begin(self, parts: Parts, delivery_id: str) -> None:
        attempt = Attempt(parts, delivery_id)
        task = asyncio.create_task(self._attempted(attempt, delivery_id))
        self._running[delivery_id] = attempt, task
        task.add_done_callback(lambda _: self._running.pop(delivery_id, None))

    async def _wind_up(self) -> None:
        """Stops at once what the mail server has not got, and gives it a moment to answer for what it has."""
        running = list(self._running.values())
        for attempt, task in running:
            if not attempt.data_sent:
                task.cancel()
        if tasks := [task for _, task in running]:
            await asyncio.wait(tasks, timeout=WIND_UP_SECONDS)
            for task in tasks:
                task.cancel()

    async def _attempted(self, attempt: Attempt, delivery_id: str) -> None:
        try:
            await attempt.make()
        except Exception as failed:
            if isinstance(failed, (Unavailable, *LOST)):
                log.warning("mail_waits", delivery_id=delivery_id, why=repr(failed))
            else:
                log.exception("attempt_failed", delivery_id=delivery_id)
            self._rest(delivery_id)
            why = f"it could not be put together, and is given up ({type(failed).__name__})"
            if self._failed[delivery_id] >= HOPELESS and await attempt.gave_up(why):
                del self._failed[delivery_id]
        else:
            self._failed.pop(delivery_id, None)

    def _rest(self, delivery_id: str) -> None:
        """What cannot be tried now leaves its place to others, for longer each time."""
        failed = self._failed[delivery_id] = self._failed.get(delivery_id, 0) + 1
        self._resting.add(delivery_id)
        pause = min(LOOK_SECONDS * 2 ** min(failed, 10), LONGEST_REST_SECONDS)
        asyncio.get_running_loop().call_later(pause, self._resting.discard, delivery_id)
