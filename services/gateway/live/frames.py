"""Frames as they leave: serialised once, for however many clients."""

import orjson
from pydantic import BaseModel

from shared.contracts.live import Goodbye, RefusedFrame
from shared.errors import Problem

WHOLE_TEXT = 0x81
SHORT, LONG = 126, 1 << 16


def framed(message: BaseModel) -> bytes:
    """A message as a WebSocket text frame."""
    return wire_frame(message.model_dump_json().encode())


def wire_frame(payload: bytes) -> bytes:
    """JSON text as a WebSocket text frame, header and all (RFC 6455, 5.2): by hand, for it is made for every event."""
    size = len(payload)
    if size < SHORT:
        return b"%c%c%b" % (WHOLE_TEXT, size, payload)
    if size < LONG:
        return b"%c~%b%b" % (WHOLE_TEXT, size.to_bytes(2), payload)
    return b"%c\x7f%b%b" % (WHOLE_TEXT, size.to_bytes(8), payload)


def payload(frame: bytes) -> bytes:
    """The JSON text in one of our frames: the header's length follows from its second byte (RFC 6455, 5.2)."""
    return frame[{126: 4, 127: 10}.get(frame[1], 2) :]


def event_frame(position: int, body: bytes) -> bytes:
    """An `event` frame around an event's JSON."""
    return wire_frame(b'{"type":"event","position":%d,"event":%b}' % (position, body))


def accepted_frame(command_id: str, position: int | None) -> bytes:
    """The answer to an ask that was done."""
    return wire_frame(orjson.dumps({"type": "accepted", "command_id": command_id, "position": position}))


def refused_frame(command_id: str | None, problem: Problem) -> bytes:
    """The answer to an ask that was not."""
    return framed(RefusedFrame(command_id=command_id, problem=problem))


def heartbeat_frame(position: int) -> bytes:
    """Still here, and this is the head."""
    return wire_frame(b'{"type":"heartbeat","position":%d}' % position)


def goodbye_frame(goodbye: Goodbye) -> bytes:
    """The last frame of a socket."""
    return framed(goodbye)
