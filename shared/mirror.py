"""The JetStream stream of a service: an exact mirror of its log, sequence = position. Nothing here is the truth."""

from nats.js import JetStreamContext
from nats.js.api import RetentionPolicy, StorageType, StreamConfig, StreamInfo
from nats.js.errors import NotFoundError

from shared.envelope import Raw, from_wire
from shared.settings import Settings

EXPECTED = "Nats-Expected-Last-Sequence"
"""The header by which the relay says where an event stands: right after this position."""


def stream_name(service: str) -> str:
    """`conversations` → `CONVERSATIONS`."""
    return service.upper()


def stream_config(settings: Settings, service: str, epoch: str) -> StreamConfig:
    """The mirror's shape. It is only ever refilled from the log, so nothing but the relay may publish or delete."""
    return StreamConfig(
        name=stream_name(service),
        subjects=[f"{service}.event.>"],
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE if settings.mirror_storage == "file" else StorageType.MEMORY,
        num_replicas=settings.mirror_replicas,
        duplicate_window=0.1,
        metadata={"epoch": epoch},
    )


async def find_stream(js: JetStreamContext, service: str) -> StreamInfo | None:
    """The stream as it is now, or None."""
    try:
        return await js.stream_info(stream_name(service))
    except NotFoundError:
        return None


async def event_at(js: JetStreamContext, service: str, position: int) -> Raw | None:
    """The mirrored event at a position, or None when the mirror does not hold it. Raises ValueError for what is no event."""
    try:
        message = await js.get_msg(stream_name(service), seq=position)
    except NotFoundError:
        return None
    return from_wire(message.data or b"")
