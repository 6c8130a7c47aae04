"""What the read model knows: the facts of an ending, and what a transcript sent by hand lacks."""

from datetime import UTC
from typing import Any

from services.transcripts.policy import Ending
from shared.catching_up import caught_up
from shared.contracts.inboxes import ChannelSettings
from shared.contracts.transcripts import ConversationStillOpen, NothingToSend, SendTranscript
from shared.envelope import Recorded
from shared.postgres import Connection, borrowed
from shared.reading import Head
from shared.service import Parts

PROJECTION = "transcripts_projection_conversations"

CONVERSATION = """
select c.status, c.locale, p.address, i.fallback_address, h.settings from conversations c
join inboxes i using (inbox_id) join channels h using (channel_id) left join contacts p using (contact_id)
where c.conversation_id = $1
"""


A_DAY = 100
"""Transcripts that go out by themselves to an address somebody merely claimed (docs/decisions/0008)."""

CLAIMED = """
select case when claimed then address end from claims where contact_id = $1 and position < $2 order by position desc limit 1
"""
EARLIER = """
select count(*) from endings e join conversations c using (conversation_id)
cross join lateral (
    select s.switched_on from switches s where s.channel_id = c.channel_id and s.position < e.position
    order by s.position desc limit 1
) s
cross join lateral (
    select k.address, k.claimed from claims k where k.contact_id = e.contact_id and k.position < e.position
    order by k.position desc limit 1
) k
where e.contact_id in (select contact_id from claims where address = $1) and e.day = $2 and e.position < $3
and k.claimed and k.address = $1 and s.switched_on
"""


async def ending_of(connection: Connection, recorded: Recorded[Any]) -> Ending:
    """The facts of a conversation's end. Raises LookupError when its inbox or channel was never heard of: that is poison."""
    await caught_up(connection, PROJECTION, recorded.position)
    row = await connection.fetchrow(CONVERSATION, recorded.event.conversation_id)
    if row is None:
        raise LookupError(f"{recorded.stream_id} ended in an inbox or channel that was never opened")
    channel = ChannelSettings.model_validate(row["settings"])
    return Ending(
        switched_on=channel.transcripts,
        to_address=row["address"],
        from_address=channel.transcript_from or row["fallback_address"],
        company=channel.appearance.company,
        locale=row["locale"],
        too_many=await _has_had_its_share(connection, recorded),
    )


async def _has_had_its_share(connection: Connection, recorded: Recorded[Any]) -> bool:
    """Whether enough conversations ended today, before this one, with the same claimed address."""
    address = await connection.fetchval(CLAIMED, recorded.event.contact_id, recorded.position)
    if address is None:
        return False
    day = recorded.event.at.astimezone(UTC).date()
    return bool(await connection.fetchval(EARLIER, address, day, recorded.position) >= A_DAY)


async def fill_in(parts: Parts, command: SendTranscript) -> SendTranscript:
    """Sender and language, if the conversation is there and has ended. What was acknowledged to the asker counts as heard."""
    head = await parts.bus.ask("conversations", Head())
    async with borrowed(parts.pool) as connection:
        await caught_up(connection, PROJECTION, head["position"])
        row = await connection.fetchrow(CONVERSATION, command.conversation_id)
    if row is None:
        raise NothingToSend
    if row["status"] != "closed":
        raise ConversationStillOpen
    sender = ChannelSettings.model_validate(row["settings"]).transcript_from or row["fallback_address"]
    return command.model_copy(update={"from_address": sender, "locale": row["locale"]})
