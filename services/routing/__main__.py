"""Routing, wired: `python -m services.routing`."""

from pathlib import Path

from pydantic import TypeAdapter

from services.routing import decider, policy
from shared.contracts.conversations import ConversationsEvent
from shared.contracts.gateway import GatewayEvent
from shared.contracts.routing import RoutingCommand, RoutingEvent
from shared.process import run
from shared.service import Hears, Service

service = Service(
    name="routing",
    folder=Path(__file__).parent,
    commands=TypeAdapter(RoutingCommand),
    events=TypeAdapter(RoutingEvent),
    deciders=(decider.DECIDER,),
    hears=(
        Hears("conversations", TypeAdapter(ConversationsEvent), policy.CONVERSATIONS, policy.hear_conversations),
        Hears("gateway", TypeAdapter(GatewayEvent), policy.GATEWAY, policy.hear_gateway),
    ),
)

if __name__ == "__main__":
    run(service)
