"""A contact: a visitor, anonymous until an address arrives."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

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


@dataclass(frozen=True)
class Contact:
    """Who it is, as far as deciding needs to know."""

    name: str = ""
    address: str | None = None


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
    if command.address == state.address and command.name in {None, state.name}:
        return []
    return [
        ContactIdentified(
            at=command.at, contact_id=command.contact_id, address=command.address, name=command.name, source=command.source
        )
    ]


def evolve(state: Contact, event: ContactEvent) -> Contact:
    """The contact after `event`."""
    match event:
        case ContactMet():
            return Contact(name=event.name)
        case ContactIdentified():
            return replace(state, address=event.address, name=event.name or state.name)
        case ContactRenamed():
            return replace(state, name=event.name)
        case _:
            assert_never(event)


DECIDER = Decider(
    commands=ContactCommand.__args__,
    stream_of=lambda command: f"contact-{command.contact_id}",
    initial=Contact(),
    decide=decide,
    evolve=evolve,
)
