"""Frames are what the library for WebSockets would have made of them."""

import pytest
from websockets.frames import Frame, Opcode

from services.gateway.live.frames import payload, wire_frame


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 300_000])
def test_a_frame_is_one_whole_text(size: int) -> None:
    text = b"x" * size
    assert wire_frame(text) == Frame(Opcode.TEXT, text).serialize(mask=False)
    assert payload(wire_frame(text)) == text
