"""Conversations, wired: `python -m services.conversations`."""

from pathlib import Path

from pydantic import TypeAdapter

from services.conversations import policy
from services.conversations.deciders import contact, conversation, inbox
from shared.contracts.bots import BotsEvent
from shared.contracts.conversations import ConversationsCommand, ConversationsEvent
from shared.contracts.routing import RoutingEvent
from shared.contracts.transcripts import TranscriptsEvent
from shared.process import run
from shared.service import Hears, Service

service = Service(
    name="conversations",
    folder=Path(__file__).parent,
    commands=TypeAdapter(ConversationsCommand),
    events=TypeAdapter(ConversationsEvent),
    deciders=(conversation.DECIDER, contact.DECIDER, inbox.DECIDER),
    hears=(
        Hears("bots", TypeAdapter(BotsEvent), policy.BOTS, policy.hear_bots),
        Hears("routing", TypeAdapter(RoutingEvent), policy.ROUTING, policy.hear_routing),
        Hears("transcripts", TypeAdapter(TranscriptsEvent), policy.TRANSCRIPTS, policy.hear_transcripts),
    ),
)

if __name__ == "__main__":
    run(service)
