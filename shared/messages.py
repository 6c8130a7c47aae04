"""The four kinds of message and the few value types they share.

Commands and queries are strict (an unknown field is refused), events are read tolerantly (an unknown field is ignored),
so that a newer writer never stops an older reader. Every message names itself with a `type` literal: that one spelling is
the class, the subject, the row in the log and the TypeScript type.
"""

import re
from datetime import datetime
from operator import not_
from typing import Annotated, ClassVar, TypeVar
from uuid import NAMESPACE_OID, uuid5

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from uuid_utils import uuid7

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""A UUID in lower-case text form; new ones are version 7, so they sort by time and cannot be guessed."""

Actor = Annotated[str, StringConstraints(pattern=r"^(agent|visitor|bot|service):[0-9a-z-]{1,64}$")]
"""Who does it: `agent:<id>`, `visitor:<contact id>`, `bot:<id>` or `service:<name>`."""

T = TypeVar("T")
Added = Annotated[T, Field(exclude_if=not_)]
"""A command's field that came after the command. False or None, it is not there: a command is the same as before it came,
for an instance that does not know it yet as for the digest of what the log has (docs/decisions/0005)."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]

_STEERS = r"\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_STEERING = re.compile(f"[{_STEERS}]+")


def _unsteered(given: object) -> object:
    return _STEERING.sub(" ", given) if isinstance(given, str) else given


GivenName = Annotated[Name, BeforeValidator(_unsteered)]
"""A name as somebody types it: without letters that break lines or turn round what stands beside it (U+202A-E, U+2066-9)."""

_PART = rf"[^\s{_STEERS}@<>,;:\"\\]+"

Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254, pattern=rf"^{_PART}@{_PART}\.{_PART}$")]
"""An e-mail address: its shape, and nothing in it that steers what stands beside it, for people are called by it. Whether mail
arrives is the mail server's answer."""


def new_id() -> str:
    """A fresh time-ordered id."""
    return str(uuid7())


def derived_id(cause: str, purpose: str) -> str:
    """The one id that belongs to `cause` and `purpose`: deriving it again gives the same, so a redelivery repeats nothing."""
    return str(uuid5(NAMESPACE_OID, f"{cause}/{purpose}"))


class Value(BaseModel):
    """A value inside a message."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Command(BaseModel):
    """Asks one aggregate for a decision. `command_id` is the idempotency key: the same command twice has its effect once.

    `at` is the moment the caller asked, `actor` who asked; both are set at the edge, never by a browser. `circumstances` are
    the fields the edge looked up meanwhile: they may differ when the same command is sent again.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    circumstances: ClassVar[frozenset[str]] = frozenset({"at"})
    command_id: Id
    at: AwareDatetime
    actor: Actor


class Event(BaseModel):
    """Something that happened, `at` a moment. Never changed, only followed by others."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    at: AwareDatetime


class Query(BaseModel):
    """A question to the service that owns the answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    answer: ClassVar[type[BaseModel]]


class Cause(Value):
    """One line of a "why?": what was known, when (if it has a moment), and whether it decided."""

    text: str
    at: AwareDatetime | None = None
    deciding: bool = False


Why = Annotated[tuple[Cause, ...], Field(max_length=5)]
"""At most five causes, newest last."""


def why(*causes: str | tuple[str, datetime]) -> tuple[Cause, ...]:
    """Causes from plain sentences (or sentence and moment); the last one is the deciding one."""
    texts = [(c, None) if isinstance(c, str) else c for c in causes]
    return tuple(Cause(text=t, at=at, deciding=n == len(texts)) for n, (t, at) in enumerate(texts, 1))
