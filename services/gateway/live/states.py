"""Whole states on their way to consoles, and the marks by which it is known which of them a console has."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

Kind = Literal["people", "notices", "counters", "viewers"]
Marks = dict[str, str]


@dataclass(frozen=True)
class State:
    """A frame that replaces the one of its kind before. The same state has the same mark, at every gateway."""

    kind: Kind
    mark: str
    frame: bytes


def state(kind: Kind, frame: bytes, content: bytes | None = None) -> State:
    """The state in a frame; `content` is what makes it another state, when that is not all of the frame."""
    return State(kind, blake2b(content or frame, digest_size=6).hexdigest(), frame)


def write_seen(marks: Marks) -> str:
    """The marks of what a console has, and its window, for its next poll."""
    return " ".join(f"{kind}={mark}" for kind, mark in marks.items())


def read_seen(seen: str | None) -> Marks:
    """The marks a console came back with; whatever it made up costs it a state it has already."""
    parts = (part.partition("=") for part in (seen or "").split())
    return {kind: mark for kind, _, mark in parts}
