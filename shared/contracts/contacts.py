"""Contacts, decided by the conversations service: who a visitor is, as far as we know."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from shared.errors import NotFound
from shared.messages import Address, Command, Event, Id, Name

# Refusals


class ContactNotFound(NotFound):
    """There is no such contact."""


# Commands


class MeetContact(Command):
    """A browser shows up for the first time. The visitor stays anonymous until an address arrives."""

    type: Literal["meet_contact"] = "meet_contact"
    contact_id: Id
    name: Name
    locale: Annotated[str, StringConstraints(max_length=35)] = "en"
    time_zone: Annotated[str, StringConstraints(max_length=64)] = "UTC"


class IdentifyContact(Command):
    """An address arrives. A claimed address gives no history and no merge, only a way to write back."""

    type: Literal["identify_contact"] = "identify_contact"
    contact_id: Id
    address: Address
    name: Name | None = None
    source: Literal["bot", "agent", "widget"] = "bot"


class RenameContact(Command):
    """An agent corrects a contact's name."""

    type: Literal["rename_contact"] = "rename_contact"
    contact_id: Id
    name: Name


# Events


class ContactMet(Event):
    """An anonymous visitor showed up."""

    type: Literal["contact_met"] = "contact_met"
    contact_id: Id
    name: str
    locale: str = "en"
    time_zone: str = "UTC"


class ContactIdentified(Event):
    """A contact has an address now (claimed, not verified)."""

    type: Literal["contact_identified"] = "contact_identified"
    contact_id: Id
    address: str
    name: str | None = None
    source: Literal["bot", "agent", "widget"] = "bot"


class ContactRenamed(Event):
    """A contact has another name."""

    type: Literal["contact_renamed"] = "contact_renamed"
    contact_id: Id
    name: str


ContactCommand = MeetContact | IdentifyContact | RenameContact
ContactEvent = ContactMet | ContactIdentified | ContactRenamed
