"""A log of many conversations, written as the service itself would have written it, and the gateway's views rebuilt from it.

The other services are told that they have heard it all: they would react to what is made up here.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from signal import SIGTERM
from time import monotonic
from typing import Any

import asyncpg

from shared.bus import connect
from shared.mirror import stream_name
from tests.bench.history import conversation
from tests.bench.sides.parley import ParleySide, Rebuilt

LISTENERS = ("routing", "bots", "transcripts", "notifications", "gateway")
AT_ONCE = 5_000
COLUMNS = (
    "position", "stream_id", "revision", "event_id", "type", "body", "actor", "correlation_id", "causation_id", "command_id",
    "digest",
)  # fmt: skip
DIGEST = bytes(8)
ACTOR = "service:bench"
HEAD = "(select position from conversations.log_head)"


def fill(side: ParleySide, conversations: int) -> Rebuilt:
    """Fills up to so many conversations, rebuilds, and leaves the gateway running on what came of it; each number once."""
    if conversations not in side.filled:
        side.filled[conversations] = _filled(side, conversations)
    return side.filled[conversations]


def _filled(side: ParleySide, conversations: int) -> Rebuilt:
    servers = side.parley
    for name in LISTENERS:
        servers.services[name].stop()
    asyncio.run(_write(servers.postgres.url, side, conversations))
    asyncio.run(_until_mirrored(side))
    for positions in (f"{name}{views}.positions" for name in LISTENERS for views in ("", "_views")):
        servers.postgres.sql(f"update {positions} set position = {HEAD} where consumer like '%_conversations'")
    servers.start(*LISTENERS)
    began = monotonic()
    subprocess.run(
        [sys.executable, "-m", "deploy.parley", "rebuild", "gateway"],
        env=os.environ | servers.environment, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    seconds = monotonic() - began
    servers.postgres.sql("analyze")
    servers.services["gateway"].restart(SIGTERM)
    side.wait_until_it_answers()
    return Rebuilt(int(servers.postgres.sql(f"select {HEAD}")), seconds)


async def _write(url: str, side: ParleySide, conversations: int) -> None:
    connection = await asyncpg.connect(url)
    there = await connection.fetchval("select count(*) from conversations.events where type = 'conversation_started'")
    agents = [row[0] for row in await connection.fetch("select account_id::text from gateway_views.people")]
    for first in range(there, conversations, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, conversations))
        events = [line for number in numbers for line in _lines(number, side, agents)]
        async with connection.transaction():
            head = await connection.fetchval(
                "update conversations.log_head set position = position + $1 returning position - $1", len(events)
            )
            rows = [(head + n, *line) for n, line in enumerate(events, 1)]
            await connection.copy_records_to_table("events", schema_name="conversations", columns=COLUMNS, records=rows)
    await connection.close()


def _lines(number: int, side: ParleySide, agents: list[str]) -> Iterator[tuple[Any, ...]]:
    revisions: dict[str, int] = {}
    for stream_id, event_id, event in conversation(number, side.inbox_id, side.channel_id, agents):
        revisions[stream_id] = revisions.get(stream_id, 0) + 1
        yield (
            stream_id, revisions[stream_id], event_id, event.type, event.model_dump_json(), ACTOR, event_id, event_id, event_id,
            DIGEST,
        )  # fmt: skip


async def _until_mirrored(side: ParleySide) -> None:
    client = await connect(side.parley.settings, "bench")
    head = int(side.parley.postgres.sql(f"select {HEAD}"))
    mirror = client.jetstream()
    while (await mirror.stream_info(stream_name("conversations"))).state.last_seq < head:
        await asyncio.sleep(0.1)
    await client.close()
