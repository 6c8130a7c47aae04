"""Whole states as they are now, in memory until a projection says that they changed, however many consoles ask."""

from functools import partial

import orjson

from services.gateway.directory import Directory
from services.gateway.live.frames import framed, wire_frame
from services.gateway.live.once import Once
from services.gateway.live.states import State, state
from services.gateway.queries import CountersFound, counters_of, notices_of


class WholeStates:
    """Read when somebody wants them, and no more often than they change."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self.forget()

    def forget(self) -> None:
        """Nothing is sure any more."""
        self.forget_counters()
        self._notices: dict[str, Once[State]] = {}

    def forget_counters(self) -> None:
        """They changed. Whoever reads them this very moment reads the old ones; the next one does not."""
        self._counters = Once(self._read_counters)

    def forget_notices(self, account_id: str) -> None:
        """Likewise."""
        self._notices.pop(account_id, None)

    def people(self) -> State:
        """All colleagues."""
        return state("people", wire_frame(b'{"type":"people","people":%b}' % self._directory.people_json()))

    async def counters(self, account_id: str) -> State:
        """The counters as one colleague sees them. Raises Unavailable."""
        found = await self._counters.value()
        counts = orjson.dumps(found.counts_of(account_id))
        return state("counters", wire_frame(b'{"type":"counters","position":%d,"counts":%b}' % (found.position, counts)), counts)

    async def notices(self, account_id: str) -> State:
        """What one colleague has not seen yet. Raises Unavailable."""
        return await self._notices.setdefault(account_id, Once(partial(self._read_notices, account_id))).value()

    async def _read_counters(self) -> CountersFound:
        return await counters_of(self._directory.pool, set(self._directory.people))

    async def _read_notices(self, account_id: str) -> State:
        return state("notices", framed(await notices_of(self._directory.pool, account_id)))
