"""What the read model knows: the facts of an ending, and what a transcript sent by hand lacks."""

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
    )


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
