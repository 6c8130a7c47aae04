"""The gateway, wired: `python -m services.gateway`."""

from pathlib import Path

from pydantic import TypeAdapter

from services.gateway.decider import DECIDER
from services.gateway.edge import Edge
from services.gateway.http.server import PUBLIC_PORT
from services.gateway.live.announcing import Announcer
from services.gateway.projection import ACCOUNTS, BOTS, CONVERSATIONS, NOTICES, ROUTING, Projection
from shared.contracts.bots import BotsEvent
from shared.contracts.conversations import ConversationsEvent
from shared.contracts.gateway import GatewayCommand, GatewayEvent
from shared.contracts.notifications import NotificationsEvent
from shared.contracts.routing import RoutingEvent
from shared.process import run
from shared.service import Projects, Service

announcer = Announcer()
projection = Projection(announcer)
edge = Edge(announcer)

service = Service(
    name="gateway",
    folder=Path(__file__).parent,
    commands=TypeAdapter(GatewayCommand),
    events=TypeAdapter(GatewayEvent),
    deciders=(DECIDER,),
    projects=(
        Projects("conversations", TypeAdapter(ConversationsEvent), CONVERSATIONS, projection.conversations),
        Projects("gateway", TypeAdapter(GatewayEvent), ACCOUNTS, projection.accounts),
        Projects("routing", TypeAdapter(RoutingEvent), ROUTING, projection.availability),
        Projects("bots", TypeAdapter(BotsEvent), BOTS, projection.bots),
        Projects("notifications", TypeAdapter(NotificationsEvent), NOTICES, projection.notices),
    ),
    workers=(
        edge.http, edge.follow, edge.announce, edge.tell, edge.keep_company, edge.pulse, edge.renew_presence,
        edge.watch_presence,
    ),
    orders=frozenset({"conversations", "routing", "transcripts", "notifications"}),
    opens=frozenset({PUBLIC_PORT}),
)  # fmt: skip

if __name__ == "__main__":
    run(service)
