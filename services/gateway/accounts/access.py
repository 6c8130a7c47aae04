"""Who may what. Colleagues see every inbox; viewers change nothing. Visitors have only their own conversations.

A visitor's conversations are guarded twice: live events reach them by their contact id, and the owner of the log refuses
what another visitor's actor asks for in the very words it has for ids that do not exist.
"""

from shared.contracts.asks import AgentAsk, ReadNoticeAsk
from shared.contracts.views import Person
from shared.errors import NotAllowed


def check_agent_may(person: Person, ask: AgentAsk) -> None:
    """Raises NotAllowed when the person's role does not cover the ask."""
    if not isinstance(ask, ReadNoticeAsk):
        check_may_change(person)


def check_may_change(person: Person) -> None:
    """Raises NotAllowed for those who only look on."""
    if not may_change(person):
        raise NotAllowed("Your account may look, but not change anything.")


def may_change(person: Person) -> bool:
    """Whether the person works here, rather than looks on."""
    return person.role != "viewer"
