"""Frames as they come in: read strictly, and never trusted."""

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shared.contracts.live import AgentFrame, VisitorFrame
from shared.errors import Invalid

AGENT_FRAMES: TypeAdapter[Any] = TypeAdapter(AgentFrame)
VISITOR_FRAMES: TypeAdapter[Any] = TypeAdapter(VisitorFrame)


_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


class NotJson(Exception):
    """This is no JSON at all: whoever sends it is no client of ours."""


class Unreadable(Invalid):
    """This message is not well formed."""

    def __init__(self, detail: str, command_id: str | None) -> None:
        super().__init__(detail)
        self.command_id = command_id

    @classmethod
    def code(cls) -> str:
        """One code for all that is not well formed."""
        return Invalid.code()


def read(contract: TypeAdapter[Any], text: str | bytes) -> Any:
    """The message. Raises NotJson, or Unreadable with the field that is wrong and the ask's id if that can be read."""
    try:
        message = contract.validate_json(text)
    except ValidationError as wrong:
        raise Unreadable(first_fault(wrong), _command_id(_parsed(text))) from wrong
    check_no_nul(text)
    return message


def check_no_nul(text: str | bytes) -> None:
    """Raises Unreadable when any text in the JSON holds a NUL, which no database text can."""
    if not _has_nul(text):
        return
    parsed = _parsed(text)
    if any("\0" in found for found in _texts(parsed)):
        raise Unreadable("the character NUL cannot be kept", _command_id(parsed))


def first_fault(wrong: ValidationError) -> str:
    """What is wrong, in one line: `field: why`."""
    fault = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"


def _parsed(text: str | bytes) -> Any:
    """As leniently as the standard allows: half an emoji is bad text, and still JSON."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        raise NotJson from wrong


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _command_id(parsed: Any) -> str | None:
    ask = parsed.get("ask", parsed) if isinstance(parsed, dict) else None
    found = ask.get("command_id") if isinstance(ask, dict) else None
    return found if isinstance(found, str) and _ID.match(found) else None


def _has_nul(text: str | bytes) -> bool:
    return "\\u0000" in text if isinstance(text, str) else b"\\u0000" in text


def _texts(parsed: Any) -> Iterator[str]:
    """All text in it, however deep."""
    waiting = [parsed]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case dict() as inner:
                waiting += [*inner.keys(), *inner.values()]
            case list() as inner:
                waiting += inner
            case _:
                pass
