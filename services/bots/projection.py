"""The bots' read model: when a silent visitor's session ends."""

from datetime import timedelta
from typing import Any

from shared.contracts.bots import SessionEnded, SessionHandedOver, StepReached, TimeOutSession
from shared.envelope import Recorded
from shared.messages import derived_id
from shared.postgres import Connection
from shared.timers import clear_timer, set_timer

OWN = frozenset({"step_reached", "session_handed_over", "session_ended"})


async def project(connection: Connection, batch: list[Recorded[Any]]) -> None:
    """Keeps one timer per waiting session."""
    for recorded in batch:
        event = recorded.event
        match event:
            case StepReached():
                await _wait_for_visitor(connection, recorded)
            case SessionHandedOver() | SessionEnded():
                await clear_timer(connection, _timer(event.conversation_id))
            case _:
                pass


async def _wait_for_visitor(connection: Connection, recorded: Recorded[StepReached]) -> None:
    event = recorded.event
    due = event.at + timedelta(minutes=event.timeout_minutes)
    command = TimeOutSession(
        command_id=derived_id(recorded.event_id, "timeout"), at=due, actor="service:bots",
        conversation_id=event.conversation_id, answers=event.answers,
    )  # fmt: skip
    await set_timer(connection, _timer(event.conversation_id), due, command, recorded.event_id)


def _timer(conversation_id: str) -> str:
    return f"session-{conversation_id}"
