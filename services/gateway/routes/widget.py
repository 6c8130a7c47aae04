"""What a widget needs: its channel's looks, its session, its older entries."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.responses import Response

from services.gateway.accounts.signing import Visitor
from services.gateway.directory import Channel
from services.gateway.gateway import Gateway
from services.gateway.http.addresses import ip_of
from services.gateway.http.answering import Json
from services.gateway.http.dependencies import TheGateway, Visiting, id_in
from services.gateway.queries import snapshot
from services.gateway.threads import END, visitor_entries_before, visitor_threads
from shared.contracts.inboxes import ChannelNotFound
from shared.contracts.refusals import ConversationNotFound
from shared.contracts.values import Page
from shared.contracts.views import GreetingShown, WidgetSession
from shared.messages import Id, new_id

router = APIRouter(prefix="/api/widget", tags=["widget"])


class Opening(BaseModel):
    """A widget opens on a page."""

    model_config = ConfigDict(extra="forbid")
    channel_id: Id
    token: Annotated[str, StringConstraints(max_length=2000)] | None = None
    page: Page
    locale: Annotated[str, StringConstraints(max_length=35, pattern=r"^[A-Za-z0-9-]+$")] = "en"
    time_zone: Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")] = "UTC"


@router.get("/channels/{channel_id}")
async def channel(channel_id: str, gateway: TheGateway) -> Response:
    """How a channel's launcher looks; the loader asks from the customer's page."""
    found = _channel(gateway, id_in(channel_id, ChannelNotFound))
    headers = {"access-control-allow-origin": "*", "cache-control": "public, max-age=60"}
    return Json({"appearance": found.settings.appearance}, headers=headers)


@router.post("/session", response_model=WidgetSession)
async def session(body: Opening, request: Request, gateway: TheGateway) -> Response:
    """Everything a widget opens with. A token that is not good makes a new visitor, never somebody's history."""
    gateway.limits.check_address("widgets", ip_of(request), rate=200, burst=5000)
    channel = _channel(gateway, body.channel_id)
    known = gateway.tokens.read(body.token)
    contact_id = known.contact_id if known and known.channel_id == channel.channel_id else new_id()
    visitor = Visitor(contact_id, channel.channel_id, body.locale, body.time_zone)
    return Json(await _session(gateway, channel, visitor))


async def _session(gateway: Gateway, channel: Channel, visitor: Visitor) -> WidgetSession:
    epoch, bot = gateway.follower.epoch, gateway.directory.bot_of(channel)
    async with snapshot(gateway.parts.pool) as (connection, position):
        conversations = await visitor_threads(connection, visitor.contact_id)
    return WidgetSession(
        token=gateway.tokens.issue(visitor), contact_id=visitor.contact_id, epoch=epoch, position=position,
        appearance=channel.settings.appearance, team=gateway.directory.faces(),
        greeting=bot.greeting if bot else GreetingShown(), conversations=conversations,
    )  # fmt: skip


@router.get("/conversations/{conversation_id}")
async def entries(
    conversation_id: str, visitor: Visiting, gateway: TheGateway, before: Annotated[int, Query(ge=0, le=END)] = END
) -> Response:
    """Older entries of an own conversation."""
    conversation_id = id_in(conversation_id, ConversationNotFound)
    return Json(await visitor_entries_before(gateway.parts.pool, visitor.contact_id, conversation_id, before))


def _channel(gateway: Gateway, channel_id: str) -> Channel:
    if (found := gateway.directory.channels.get(channel_id)) is None:
        raise ChannelNotFound
    return found
