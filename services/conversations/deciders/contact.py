"""A contact: a visitor, anonymous until an address arrives."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from shared.contracts.contacts import (
    ContactCommand,
    ContactEvent,
    ContactIdentified,
    ContactMet,
    ContactNotFound,
    ContactRenamed,
    IdentifyContact,
    MeetContact,
    RenameContact,
)  # fmt: skip
from shared.decider import Decider
from shared.messages import Event

LONGEST_NAME = 120
Righted = Literal["name", "address"]


@dataclass(frozen=True)
class Contact:
    """Who it is, as far as deciding needs to know. Not `named`: the name is one that nobody gave.

    `sure_of`: what a colleague has put right, and no page may claim otherwise.
    """

    name: str = ""
    address: str | None = None
    named: bool = False
    sure_of: frozenset[Righted] = frozenset()


def decide(command: ContactCommand, state: Contact) -> Sequence[Event]:
    """The events that follow. Raises ContactNotFound for somebody never met, or not oneself."""
    if isinstance(command, MeetContact):
        return [] if state.name else [_met(command)]
    if not state.name or _is_somebody_else(command):
        raise ContactNotFound
    match command:
        case IdentifyContact():
            return _identify(command, state)
        case RenameContact():
            renamed = ContactRenamed(at=command.at, contact_id=command.contact_id, name=command.name)
            return [] if command.name == state.name else [renamed]
        case _:
            assert_never(command)


def _met(command: MeetContact) -> ContactMet:
    return ContactMet(
        at=command.at, contact_id=command.contact_id, name=command.name, locale=command.locale, time_zone=command.time_zone
    )


def _is_somebody_else(command: IdentifyContact | RenameContact) -> bool:
    kind, _, who = command.actor.partition(":")
    return kind == "visitor" and who != command.contact_id


def _identify(command: IdentifyContact, state: Contact) -> Sequence[Event]:
    """Whoever has given no name is called by the address: it tells people apart, which "Visitor 4F2A" does not."""
    sure_of = state.sure_of if command.source == "widget" else frozenset()
    address = state.address if "address" in sure_of and state.address else command.address
    name = None if "name" in sure_of else command.name or (None if state.named or len(address) > LONGEST_NAME else address)
    if address == state.address and name in {None, state.name}:
        return []
    return [ContactIdentified(at=command.at, contact_id=command.contact_id, address=address, name=name, source=command.source)]


def evolve(state: Contact, event: ContactEvent) -> Contact:
    """The contact after `event`."""
    match event:
        case ContactMet():
            return Contact(name=event.name)
        case ContactIdentified():
            given = event.name not in {None, event.address}
            return Contact(
                name=event.name or state.name, address=event.address, named=state.named or given,
                sure_of=_sure_of(state, event, given=given),
            )  # fmt: skip
        case ContactRenamed():
            return replace(state, name=event.name, named=True, sure_of=state.sure_of | {"name"})
        case _:
            assert_never(event)


def _sure_of(state: Contact, event: ContactIdentified, *, given: bool) -> frozenset[Righted]:
    match event.source:
        case "agent":
            return state.sure_of | ({"address", "name"} if given else {"address"})
        case "bot":
            return state.sure_of - {"address"}  # the visitor has said another one since
        case "widget":
            return state.sure_of
        case _:
            assert_never(event.source)


DECIDER = Decider(
    commands=ContactCommand.__args__,
    stream_of=lambda command: f"contact-{command.contact_id}",
    initial=Contact(),
    decide=decide,
    evolve=evolve,
)
