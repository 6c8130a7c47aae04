"""Answers with a transcript as it is mailed: rendered once, from the conversation's own log, and kept."""

import asyncio

from pydantic import TypeAdapter

from services.transcripts.look import Look
from services.transcripts.record import READS, Record, record_of
from services.transcripts.render import Rendered, render
from shared.contracts.conversations import ConversationsEvent
from shared.contracts.inboxes import ChannelSettings
from shared.contracts.transcripts import (
    NothingToSend,
    RenderedTranscript,
    TranscriptNotFound,
    TranscriptOf,
    TranscriptRequested,
    TranscriptsEvent,
)  # fmt: skip
from shared.mailed_links import MailedLinks
from shared.postgres import borrowed
from shared.reading import whole_stream
from shared.service import Parts
from shared.settings import Settings

PART_LENGTH = 60_000
"""Characters of html, and of text, in one reply: escaped at its worst, both still fit into NATS' 1 MiB."""

_OWN: TypeAdapter[TranscriptsEvent] = TypeAdapter(TranscriptsEvent)
_CONVERSATIONS: TypeAdapter[ConversationsEvent] = TypeAdapter(ConversationsEvent)


async def transcript_of(parts: Parts, query: TranscriptOf) -> dict[str, object]:
    """One part of the rendered transcript. Raises TranscriptNotFound when none was ever asked for, or has no such part."""
    requested = await _requested(parts, query.transcript_id)
    rendered = await _kept(parts, query.transcript_id) or await _render(parts, requested)
    longest = max(len(rendered.html), len(rendered.text))
    count = max(1, -(-longest // PART_LENGTH))
    if query.part >= count:
        raise TranscriptNotFound
    piece = slice(query.part * PART_LENGTH, (query.part + 1) * PART_LENGTH)
    return RenderedTranscript(
        transcript_id=query.transcript_id, subject=requested.subject, html=rendered.html[piece], text=rendered.text[piece],
        parts=count,
    ).model_dump()  # fmt: skip


async def _requested(parts: Parts, transcript_id: str) -> TranscriptRequested:
    for raw in await parts.events.stream(f"transcript-{transcript_id}"):
        if isinstance(event := raw.read(_OWN).event, TranscriptRequested):
            return event
    raise TranscriptNotFound


async def _kept(parts: Parts, transcript_id: str) -> Rendered | None:
    async with borrowed(parts.pool) as connection:
        row = await connection.fetchrow("select html, text from rendered where transcript_id = $1", transcript_id)
    return Rendered(row["html"], row["text"]) if row else None


async def _render(parts: Parts, requested: TranscriptRequested) -> Rendered:
    """Renders beside the event loop, and keeps the result of whoever is first."""
    raws = await whole_stream(parts.bus, "conversations", f"conversation-{requested.conversation_id}")
    events = [raw.read(_CONVERSATIONS) for raw in raws if raw.type in READS]
    record = record_of(events, requested.transcript_id, requested.at)
    if record is None:
        raise NothingToSend
    look = await _look(parts, record.started.channel_id)
    links = _links(parts.settings, record)
    rendered = await asyncio.to_thread(render, record, look, requested.subject, requested.locale, links)
    async with borrowed(parts.pool) as connection:
        await connection.execute(
            "insert into rendered values ($1, $2, $3) on conflict do nothing",
            requested.transcript_id, rendered.html, rendered.text,
        )  # fmt: skip
    return await _kept(parts, requested.transcript_id) or rendered


async def _look(parts: Parts, channel_id: str) -> Look:
    async with borrowed(parts.pool) as connection:
        found = await connection.fetchval("select settings from channels where channel_id = $1", channel_id)
    appearance = ChannelSettings.model_validate(found or {"name": "Chat"}).appearance
    return Look(appearance.company, appearance.brand)


def _links(settings: Settings, record: Record) -> dict[str, str]:
    """Where each attachment can be had; nowhere when the deployment has no address of its own."""
    if not settings.public_url:
        return {}
    mailed, base = MailedLinks(settings.secret.get_secret_value()), settings.public_url.rstrip("/")
    files = [file for message in record.messages for file in message.content.attachments]
    return {file.file_id: base + mailed.path(file.file_id, file.name) for file in files}
