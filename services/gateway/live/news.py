"""Whole states for consoles (counters, people, notices), sent when a projection says that they changed."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from time import monotonic
from typing import Any

import structlog

from services.gateway.accounts.sessions import Sessions
from services.gateway.directory import Directory
from services.gateway.live.fanout import Hub
from services.gateway.live.replay import Replay
from services.gateway.live.seats import AgentSeat
from services.gateway.live.states import State
from services.gateway.live.whole_states import WholeStates
from shared.contracts.live import Goodbye
from shared.errors import Unavailable
from shared.live import Signals
from shared.postgres import LOST

log = structlog.get_logger()

LOOK_SECONDS = 3.0


class News:
    """Keeps the consoles of this gateway up to date, and turns out those whose session has ended."""

    def __init__(self, signals: Signals, hub: Hub, directory: Directory, sessions: Sessions, replay: Replay) -> None:
        self._signals, self._hub, self._directory = signals, hub, directory
        self._sessions, self._replay = sessions, replay
        self._states = WholeStates(directory)
        self._wanted = asyncio.Event()
        self._counters = self._people = False
        self._agents: set[str] = set()

    async def run(self) -> None:
        """Looks whenever there is news, and every few seconds in case a signal was lost."""
        await self._signals.hear("projected", self._hear)
        looked_at = monotonic()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(looked_at + LOOK_SECONDS - monotonic()):
                    await self._wanted.wait()
            self._wanted.clear()
            if monotonic() >= looked_at + LOOK_SECONDS:  # however much news there is: sessions end without any
                self._states.forget()
                self._counters = self._people = True
                self._agents = self._hub.accounts()
                looked_at = monotonic()
            try:
                await self._look()
            except (Unavailable, *LOST) as away:
                log.info("news_wait", error=repr(away))

    async def greet(self, seat: AgentSeat) -> None:
        """All whole states, for a console that has just come; those that it missed, for one that polls."""
        seat.tell(self._states.people())
        seat.tell(await self._states.notices(seat.account_id))
        seat.tell(await self._states.counters(seat.account_id))

    def _hear(self, _key: str, body: dict[str, Any]) -> None:
        self._replay.projected = max(self._replay.projected, body["position"])
        if body["counters"]:
            self._states.forget_counters()
        for account_id in body["agents"]:
            self._states.forget_notices(account_id)
        self._counters |= body["counters"]
        self._people |= body["directory"]
        self._agents |= set(body["agents"])
        if self._counters or self._people or self._agents:
            self._wanted.set()

    async def _look(self) -> None:
        people, counters, agents = self._people, self._counters, self._agents
        self._people, self._counters, self._agents = False, False, set()
        if people:
            await self._look_at_people()
        if counters:
            for seat in list(self._hub.agents):
                seat.tell(await self._states.counters(seat.account_id))
        for account_id in agents & self._hub.accounts():
            notices = await self._states.notices(account_id)
            _tell_all(self._hub.of_account(account_id), notices)

    async def _look_at_people(self) -> None:
        if await self._directory.load():
            _tell_all(self._hub.agents, self._states.people())
        seats = list(self._hub.agents)
        living = await self._sessions.living({seat.session for seat in seats}) if seats else set()
        for seat in seats:
            if seat.session not in living or self._directory.active(seat.account_id) is None:
                seat.leave(Goodbye(reason="signed_out"))


def _tell_all(seats: Iterable[AgentSeat], state: State) -> None:
    for seat in seats:
        seat.tell(state)
