"""What people ask for: looks up what the edge alone knows, sends the owner's command, and answers with its position."""

from dataclasses import dataclass
from typing import assert_never

from services.gateway.accounts.access import check_agent_may, may_change
from services.gateway.accounts.signing import Visitor
from services.gateway.asking.agent_commands import LookedUp, for_agent
from services.gateway.asking.saying import content_of
from services.gateway.asking.visitor_commands import identify, mark_read, meet, say, start
from services.gateway.directory import Channel, Directory
from services.gateway.files.uploads import Uploads
from services.gateway.live.following import Follower
from services.gateway.live.known import Known
from shared.bus import Bus
from shared.contracts.asks import (
    AddCommentAsk,
    AgentAsk,
    AssignAsk,
    IdentifyContactAsk,
    MarkReadAsk,
    PostMessageAsk,
    ReadNoticeAsk,
    StartConversationAsk,
    VisitorAsk,
)  # fmt: skip
from shared.contracts.gateway import AccountNotFound
from shared.contracts.inboxes import ChannelNotFound
from shared.contracts.notifications import NoticeNotFound
from shared.contracts.views import Person
from shared.errors import CommandIdReused, RefusedElsewhere
from shared.messages import Command
from shared.postgres import borrowed


@dataclass
class Asks:
    """Does what agents and visitors ask. Answers with the position of what followed, None when nothing was left to do."""

    bus: Bus
    directory: Directory
    known: Known
    uploads: Uploads
    follower: Follower

    async def by_agent(self, person: Person, ask: AgentAsk) -> int | None:
        """Raises NotAllowed, the owner's refusal, or Unavailable."""
        check_agent_may(person, ask)
        service, command = for_agent(ask, person, await self._look_up(person, ask))
        return await self._send(service, command)

    async def by_visitor(self, visitor: Visitor, ask: VisitorAsk) -> int | None:
        """Raises the owner's refusal, or Unavailable."""
        match ask:
            case StartConversationAsk():
                return await self._start(visitor, ask)
            case PostMessageAsk():
                content = await content_of(ask.written, visitor.actor, self.uploads)
                return await self._send("conversations", say(ask, visitor, await self.known.name_of(visitor), content))
            case MarkReadAsk():
                return await self._send("conversations", mark_read(ask, visitor))
            case IdentifyContactAsk():
                return await self._identify(visitor, ask)
            case _:
                assert_never(ask)

    async def _identify(self, visitor: Visitor, ask: IdentifyContactAsk) -> int | None:
        """Answers once this gateway has heard of it, so that what they say next is said in their name."""
        await self._meet(visitor)
        position = await self._send("conversations", identify(ask, visitor))
        await self.follower.near(position or 0)
        return position

    async def _look_up(self, person: Person, ask: AgentAsk) -> LookedUp:
        match ask:
            case PostMessageAsk() | AddCommentAsk():
                return LookedUp(content=await content_of(ask.written, f"agent:{person.id}", self.uploads))
            case AssignAsk(account_id=str(account_id)):
                return LookedUp(colleague=self._colleague(account_id))
            case ReadNoticeAsk():
                await self._check_own_notice(person, ask.notice_id)
            case _:
                pass
        return LookedUp()

    def _colleague(self, account_id: str) -> Person:
        colleague = self.directory.active(account_id)
        if colleague is None or not may_change(colleague):
            raise AccountNotFound
        return colleague

    async def _check_own_notice(self, person: Person, notice_id: str) -> None:
        async with borrowed(self.directory.pool) as connection:
            owner = await connection.fetchval("select agent_id::text from notices where notice_id = $1", notice_id)
        if owner != person.id:
            raise NoticeNotFound

    async def _start(self, visitor: Visitor, ask: StartConversationAsk) -> int | None:
        content = await content_of(ask.written, visitor.actor, self.uploads)
        channel = self._channel(visitor)
        await self._meet(visitor)
        name = await self.known.name_of(visitor)
        return await self._send("conversations", start(ask, visitor, name, channel, self.directory.bot_of(channel), content))

    def _channel(self, visitor: Visitor) -> Channel:
        if (channel := self.directory.channels.get(visitor.channel_id)) is None:
            raise ChannelNotFound
        return channel

    async def _meet(self, visitor: Visitor) -> None:
        """A browser becomes a contact with its first words, not by looking around."""
        if await self.known.met_name(visitor.contact_id) is not None:
            return
        try:
            await self._send("conversations", meet(visitor))
        except RefusedElsewhere as refused:
            if refused.problem().code != CommandIdReused.code():
                raise

    async def _send(self, service: str, command: Command) -> int | None:
        position: int | None = (await self.bus.ask(service, command))["accepted"]
        return position
