"""Gateway: who may sign in, and who is connected. Passwords and sessions are not events; they live in tables."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.errors import NotFound, Refused
from shared.messages import Address, Command, Event, GivenName, Id, Name

Role = Literal["owner", "admin", "agent", "viewer"]
Title = Annotated[str, StringConstraints(max_length=120)]

# Refusals


class AccountNotFound(NotFound):
    """There is no such account."""


class AddressTaken(Refused):
    """An account with this address exists."""


class WrongCredentials(Refused):
    """Address and password do not match."""

    status = 401


class TooManyTries(Refused):
    """Too many tries. Wait a moment, then try again."""

    status = 429


class NotSignedIn(Refused):
    """Sign in first."""

    status = 401


class FileRefused(Refused):
    """This file cannot be attached."""

    status = 422


# Commands


class CreateAccount(Command):
    """A colleague joins. `avatar` is the name of a portrait the gateway serves, empty for initials."""

    type: Literal["create_account"] = "create_account"
    account_id: Id
    address: Address
    name: GivenName
    title: Title = ""
    role: Role = "agent"
    avatar: str = ""
    capacity: Annotated[int, Field(ge=0, le=100)] = 6


class ChangeProfile(Command):
    """An account's name, title or portrait changes."""

    type: Literal["change_profile"] = "change_profile"
    account_id: Id
    name: Name
    title: Title = ""
    avatar: str = ""


class DeactivateAccount(Command):
    """The account may not sign in any more; its sessions and sockets end at once."""

    type: Literal["deactivate_account"] = "deactivate_account"
    account_id: Id


class NotePresence(Command):
    """The agent's first console connected, or their last one has been gone long enough."""

    type: Literal["note_presence"] = "note_presence"
    account_id: Id
    connected: bool


# Events


class AccountCreated(Event):
    """A colleague joined."""

    type: Literal["account_created"] = "account_created"
    account_id: Id
    address: str
    name: str
    title: str = ""
    role: Role = "agent"
    avatar: str = ""
    capacity: int = 6


class ProfileChanged(Event):
    """An account shows another name, title or portrait."""

    type: Literal["profile_changed"] = "profile_changed"
    account_id: Id
    name: str
    title: str = ""
    avatar: str = ""


class AccountDeactivated(Event):
    """The account may not sign in any more."""

    type: Literal["account_deactivated"] = "account_deactivated"
    account_id: Id


class PresenceChanged(Event):
    """An agent's console connected, or the last one went."""

    type: Literal["presence_changed"] = "presence_changed"
    account_id: Id
    connected: bool


GatewayCommand = Annotated[CreateAccount | ChangeProfile | DeactivateAccount | NotePresence, Field(discriminator="type")]
GatewayEvent = Annotated[AccountCreated | ProfileChanged | AccountDeactivated | PresenceChanged, Field(discriminator="type")]
