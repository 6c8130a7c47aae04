"""What can go wrong and be said to a caller.

    Refused (409)             the rules say no; the class docstring is the sentence people read
    ├── NotFound (404)        no such thing, or not yours: the two look alike
    ├── NotAllowed (403)      your role may not
    ├── Invalid (422)         the message itself is wrong
    └── CommandIdReused (409) same command id, other content
    Unavailable (503)         the log or the owner cannot answer now; ask again
    Conflict                  somebody was faster; retried, never shown

Only the gateway knows HTTP: it turns these into Problem Details (RFC 9457).
"""

import re
from inspect import getdoc
from typing import Any, ClassVar

from pydantic import BaseModel


class Problem(BaseModel):
    """A refusal on the wire: `code` for programs, `title` for people, `detail` says what to do about this one."""

    code: str
    status: int
    title: str
    detail: str | None = None


class Refused(Exception):
    """This cannot be done now."""

    status: ClassVar[int] = 409

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail or self.title())
        self.detail = detail

    @classmethod
    def code(cls) -> str:
        """`ConversationIsClosed` → `conversation_is_closed`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def title(cls) -> str:
        """The first line of the docstring, written for people."""
        return (getdoc(cls) or cls.__name__).split("\n", 1)[0]

    def problem(self) -> Problem:
        """This refusal as it travels."""
        return Problem(code=self.code(), status=self.status, title=self.title(), detail=self.detail)


class NotFound(Refused):
    """There is no such thing here."""

    status = 404


class NotAllowed(Refused):
    """Your role does not allow this."""

    status = 403


class Invalid(Refused):
    """This message is not well formed."""

    status = 422


class CommandIdReused(Refused):
    """This command id was used before for something else. Send the command again with a new id."""


class Unavailable(Refused):
    """This part of Parley is not answering right now, so it is not certain that anything was stored. Try again in a moment."""

    status = 503


class Conflict(Exception):
    """Another writer appended to this stream first. The handler loads it again and decides anew."""


class RefusedElsewhere(Refused):
    """A refusal that another service answered, raised again on the asking side with its own words."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail or problem.title)
        self._problem = problem

    def problem(self) -> Problem:
        """The problem exactly as its owner worded it."""
        return self._problem


def as_problem(body: dict[str, Any]) -> Problem | None:
    """The problem inside a reply, if the reply is one."""
    found = body.get("refused")
    return Problem.model_validate(found) if found is not None else None
