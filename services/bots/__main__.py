"""Bots, wired: `python -m services.bots`."""

from pathlib import Path

from pydantic import TypeAdapter

from services.bots import policy, projection, queries
from services.bots.deciders import bot, session
from shared.contracts.bots import BotsCommand, BotsEvent
from shared.contracts.conversations import ConversationsEvent
from shared.process import run
from shared.service import Hears, Projects, Service

service = Service(
    name="bots",
    folder=Path(__file__).parent,
    commands=TypeAdapter(BotsCommand),
    events=TypeAdapter(BotsEvent),
    deciders=(bot.DECIDER, session.DECIDER),
    hears=(
        Hears("conversations", TypeAdapter(ConversationsEvent), policy.CONVERSATIONS, policy.hear_conversations, queries.flow_of),
    ),
    projects=(Projects("bots", TypeAdapter(BotsEvent), projection.OWN, projection.project),),
    timers=True,
)

if __name__ == "__main__":
    run(service)
