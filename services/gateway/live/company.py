"""Who else is here: colleagues who look at a conversation, and whoever is typing in it. Signals, never events."""

import asyncio
from collections import defaultdict
from typing import Any

from services.gateway.accounts.access import may_change
from services.gateway.directory import Directory
from services.gateway.live.fanout import Hub, push_all
from services.gateway.live.frames import framed
from services.gateway.live.known import Known
from services.gateway.live.seats import AgentSeat, Seat, VisitorSeat
from services.gateway.live.states import state
from shared.contracts.live import SomebodyTyping, Typing, Viewer, Viewers
from shared.live import Fading, Signals

VIEWING_SECONDS = 25.0
SWEEP_SECONDS = 5.0


class Company:
    """Typing and viewing, told to all gateways and heard from them."""

    def __init__(self, signals: Signals, hub: Hub, known: Known, directory: Directory) -> None:
        self._signals, self._hub, self._known, self._directory = signals, hub, known, directory
        self._viewers: defaultdict[str, Fading[str, Viewer]] = defaultdict(lambda: Fading(VIEWING_SECONDS))

    async def run(self) -> None:
        """Hears the signals, and lets go of viewers who faded."""
        await self._signals.hear("typing", self._hear_typing)
        await self._signals.hear("viewing", self._hear_viewing)
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            self._sweep()

    async def type(self, seat: Seat, typing: Typing) -> None:
        """Somebody writes. A visitor's signal about a conversation that is not theirs goes nowhere."""
        contact_id = await self._known.contact_of(typing.conversation_id)
        match seat:
            case VisitorSeat() if contact_id == seat.visitor.contact_id:
                name = await self._known.name_of(seat.visitor)
                somebody = SomebodyTyping(conversation_id=typing.conversation_id, kind="visitor", id=contact_id, name=name)
            case AgentSeat() if contact_id and (person := self._directory.active(seat.account_id)) and may_change(person):
                somebody = SomebodyTyping(
                    conversation_id=typing.conversation_id, kind="agent", id=person.id, name=person.name, comment=typing.comment
                )
            case _:
                return
        body = {"contact_id": contact_id, "typing": somebody.model_dump()}
        await self._signals.send("typing", typing.conversation_id, body)

    async def view(self, seat: AgentSeat, conversation_id: str | None) -> None:
        """A colleague looks at a conversation, still does, or has turned away."""
        before = seat.viewing
        if before is not None and before != conversation_id:
            await self._turn_away(seat, before)
        person = self._directory.active(seat.account_id)
        self._hub.look_at(seat, conversation_id)
        if conversation_id is None or person is None:
            return
        if before != conversation_id:
            self._tell(conversation_id, [seat])
        viewer = Viewer(id=person.id, name=person.name)
        await self._signals.send("viewing", conversation_id, {"seat": seat.seat_id, "viewer": viewer.model_dump()})

    async def _turn_away(self, seat: AgentSeat, conversation_id: str) -> None:
        """Nothing is said while the same window's next poll is here already, and looks at the same."""
        looking = self._hub.viewing.get(conversation_id, ())
        if not any(other.seat_id == seat.seat_id for other in looking if other is not seat):
            await self._signals.send("viewing", conversation_id, {"seat": seat.seat_id, "viewer": None})

    def _hear_typing(self, conversation_id: str, body: dict[str, Any]) -> None:
        somebody = SomebodyTyping.model_validate(body["typing"])
        frame = framed(somebody)
        push_all((seat for seat in self._hub.viewing.get(conversation_id, ()) if seat.account_id != somebody.id), frame)
        if somebody.kind == "agent" and not somebody.comment:
            push_all(self._hub.visitors.get(body["contact_id"], ()), frame)

    def _hear_viewing(self, conversation_id: str, body: dict[str, Any]) -> None:
        viewers = self._viewers[conversation_id]
        before = _people(viewers)
        if body["viewer"] is None:
            viewers.drop(body["seat"])
        else:
            viewers.put(body["seat"], Viewer.model_validate(body["viewer"]))
        if _people(viewers) != before:
            self._tell(conversation_id, self._hub.viewing.get(conversation_id, ()))

    def _tell(self, conversation_id: str, seats: Any) -> None:
        present = _people(self._viewers[conversation_id]) if conversation_id in self._viewers else {}
        for seat in seats:
            others = [viewer for viewer in present.values() if viewer.id != seat.account_id]
            seat.tell(state("viewers", framed(Viewers(conversation_id=conversation_id, viewers=others))))

    def _sweep(self) -> None:
        for conversation_id, viewers in list(self._viewers.items()):
            if viewers.forget_faded():
                self._tell(conversation_id, self._hub.viewing.get(conversation_id, ()))
            if not viewers.values():
                del self._viewers[conversation_id]


def _people(viewers: Fading[str, Viewer]) -> dict[str, Viewer]:
    return {viewer.id: viewer for viewer in viewers.values()}
