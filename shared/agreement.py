"""Holding mirror and log side by side. Where they disagree, the log is right: the mirror is made anew, under a new epoch.

A log that was restored from a dump ends before its mirror does, which then tells of events that never happened. So an owner looks
before it answers its first question (`vouch`), and consumers ask it before they read (`vouched_head`).
"""

import asyncio

import structlog
from nats.errors import Error as NatsError
from nats.js import JetStreamContext

from shared.bus import Bus
from shared.errors import Refused, Unavailable
from shared.eventlog import EventLog
from shared.metrics import EPOCHS
from shared.mirror import event_at, find_stream, stream_config, stream_name
from shared.postgres import borrowed
from shared.reading import BATCH, Doubt, Head
from shared.settings import Settings

log = structlog.get_logger()


async def vouch(settings: Settings, service: str, events: EventLog, bus: Bus) -> None:
    """Makes sure, before the service answers anything, that its epoch is that of a mirror which agrees with the log.

    Where there is no mirror at all, nothing proves that clients' positions belong to this log, and its epoch ends, too.
    """
    js = bus.client.jetstream(timeout=5)
    while True:
        try:
            async with borrowed(events.pool) as connection, connection.transaction():
                await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", f"{service}/vouch")
                if await find_stream(js, service) is None and (await events.head())[0]:
                    await events.new_epoch()
                await agree(settings, service, events, js)
        except (NatsError, Unavailable) as away:
            log.info("cannot_vouch_yet", error=repr(away))
            await asyncio.sleep(0.5)
        else:
            return


async def agree(settings: Settings, service: str, events: EventLog, js: JetStreamContext) -> int:
    """The mirror's last position, once the two agree."""
    info = await find_stream(js, service)
    head, epoch = await events.head()  # read last: a relay that is about to notice the loss of its lock may still publish
    if info is None:
        await js.add_stream(stream_config(settings, service, epoch))
        return 0
    last, whole = info.state.last_seq, not info.state.num_deleted
    if whole and (info.config.metadata or {}).get("epoch") == epoch and await _same(service, events, js, last, head):
        return last
    EPOCHS.inc()
    log.error("mirror_diverged", last_sequence=last, head=head)
    epoch = await events.new_epoch() if last else epoch
    await js.delete_stream(stream_name(service))
    await js.add_stream(stream_config(settings, service, epoch))
    return 0


async def _same(service: str, events: EventLog, js: JetStreamContext, last: int, head: int) -> bool:
    """Whether all that relays may have had in flight at once is in the mirror as it is in the log.

    The last event alone does not tell: after a foreign message at 4, the publish of 5 expects 4, and is taken.
    """
    if last == 0 or last > head:
        return last == 0
    recorded = await events.after(max(last - BATCH, 0), min(last, BATCH))
    try:
        mirrored = await asyncio.gather(*(event_at(js, service, raw.position) for raw in recorded))
    except ValueError:
        return False
    return all(m is None or m.event_id == r.event_id for m, r in zip(mirrored, recorded, strict=True))


async def vouched_head(bus: Bus, source: str) -> int:
    """Where the log of `source` stands. Raises Doubt unless its owner answers, and knows the mirror as its own."""
    try:
        head = await bus.ask(source, Head())
    except Refused as gone:
        raise Doubt(str(gone)) from gone
    info = await find_stream(bus.client.jetstream(timeout=5), source)
    if info is None or (info.config.metadata or {}).get("epoch") != head["epoch"]:
        raise Doubt(f"the mirror of {source} is not ready yet")
    return int(head["position"])
