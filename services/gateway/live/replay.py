"""What a client missed: from memory when it was away for a moment, from the owners' logs when longer, or else not at all."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from services.gateway.live.following import SOURCE, Follower
from services.gateway.live.frames import framed
from services.gateway.live.happened import Happened
from services.gateway.live.seats import AgentSeat, Seat, VisitorSeat
from services.gateway.queries import SNAPSHOTS
from shared.bus import Bus
from shared.contracts.live import Hello, Poll, Welcome
from shared.errors import Refused
from shared.postgres import Pool, borrowed
from shared.reading import EventsAfter

FURTHEST = 5_000
"""Events further back than this are quicker had as a new snapshot."""

MISSED = """
select e.position, e.type, e.body from entries e
where e.contact_id = $1 and e.position > $2 and e.position <= $3 order by e.position limit $4
"""


@dataclass
class Replay:
    """Greets a client. `projected` is how far the snapshots have come, as of the last news."""

    bus: Bus
    pool: Pool
    follower: Follower
    projected: int = 0

    async def reach(self, hello: Hello | Poll) -> None:
        """Waits a little for what the client knows already: the gateway that told it may be some moments ahead of this one."""
        position, follower = hello.position or 0, self.follower
        if follower.knows and hello.epoch == follower.epoch and position <= follower.position + FURTHEST:
            await follower.near(position)

    async def welcome(self, seat: Seat, hello: Hello | Poll) -> None:
        """Sends `welcome` and everything after the client's position up to now; later events wait on the held wire.

        Who polls hears `welcome` only when its position is of no use any more: it was welcomed before. Raises Unavailable
        before the log is known, ConnectionError when the client takes no more.
        """
        head, epoch = self.follower.position, self.follower.epoch
        missed = await self._missed(seat, hello, head, epoch)
        resumed = missed is not None
        position = hello.position if resumed and hello.position is not None else self._from_snapshots(head)
        if missed is None or isinstance(hello, Hello):
            await seat.wire.send(framed(Welcome(epoch=epoch, position=position, resumed=resumed)))
        if missed is None:
            missed = self._remembered(position, head)
        for frame in _frames(seat, missed):
            await seat.wire.send(frame)

    def _from_snapshots(self, head: int) -> int:
        """Snapshots lag a little: whoever begins with one begins where they are, if memory reaches back as far."""
        position = min(head, self.projected)
        return position if self.follower.ring.covers(position) else head

    def _remembered(self, position: int, head: int) -> list[Happened]:
        return [happened for happened in self.follower.ring.after(position) if happened.position <= head]

    async def _missed(self, seat: Seat, hello: Hello | Poll, head: int, epoch: str) -> list[Happened] | None:
        position = hello.position
        if position is None or hello.epoch != epoch or not 0 <= position <= head:
            return None
        if position == head or self.follower.ring.covers(position):
            return self._remembered(position, head)
        try:
            return [happened async for happened in self._older(seat, position, head)]
        except (TooFar, Refused):
            return None

    def _older(self, seat: Seat, position: int, head: int) -> AsyncIterator[Happened]:
        if isinstance(seat, VisitorSeat):
            return self._own_entries(seat, position, head)
        return self._from_owner(position, head)

    async def _from_owner(self, position: int, head: int) -> AsyncIterator[Happened]:
        if head - position > FURTHEST:
            raise TooFar
        while position < head:
            events = (await self.bus.ask(SOURCE, EventsAfter(position=position)))["events"]
            if not events:
                return
            for happened in map(Happened, events):
                position = happened.position
                if position <= head:
                    yield happened

    async def _own_entries(self, seat: VisitorSeat, position: int, head: int) -> AsyncIterator[Happened]:
        """A visitor's own events from the read model, and from memory those it does not hold yet."""
        async with borrowed(self.pool) as connection:
            projected = await connection.fetchval("select position from positions where consumer = $1", SNAPSHOTS) or 0
            rows = await connection.fetch(MISSED, seat.visitor.contact_id, position, min(head, projected), FURTHEST + 1)
        if len(rows) > FURTHEST or not (projected >= head or self.follower.ring.covers(projected)):
            raise TooFar
        for row in rows:
            yield Happened({"position": row["position"], "type": row["type"], "data": row["body"]})
        for happened in self._remembered(max(position, projected), head):
            yield happened


class TooFar(Exception):
    """It was away for too long to catch up event by event."""


def _frames(seat: Seat, missed: Iterable[Happened]) -> Iterable[bytes]:
    if isinstance(seat, AgentSeat):
        return (frame for happened in missed if (frame := happened.agent_frame))
    own = seat.visitor.contact_id if isinstance(seat, VisitorSeat) else None
    return (frame for happened in missed if happened.contact_id == own and (frame := happened.visitor_frame))
