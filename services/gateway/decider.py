"""An account: who may sign in, how colleagues see them, and whether a console of theirs is connected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from shared.contracts.gateway import (
    AccountCreated,
    AccountDeactivated,
    AccountNotFound,
    AddressTaken,
    ChangeProfile,
    CreateAccount,
    DeactivateAccount,
    GatewayCommand,
    GatewayEvent,
    NotePresence,
    PresenceChanged,
    ProfileChanged,
)  # fmt: skip
from shared.decider import Decider
from shared.messages import Event


@dataclass(frozen=True)
class Account:
    """What deciding needs to know."""

    exists: bool = False
    active: bool = False
    connected: bool = False
    shown: tuple[str, str, str] = ("", "", "")


def decide(command: GatewayCommand, state: Account) -> Sequence[Event]:
    """The events that follow. Raises AccountNotFound or AddressTaken."""
    if isinstance(command, CreateAccount):
        return _create(command, state)
    if not state.exists:
        raise AccountNotFound
    match command:
        case ChangeProfile():
            return _change(command, state)
        case DeactivateAccount():
            return _deactivate(command, state)
        case NotePresence():
            return _note_presence(command, state)
        case _:
            assert_never(command)


def _create(command: CreateAccount, state: Account) -> Sequence[Event]:
    if state.exists:
        raise AddressTaken
    return [
        AccountCreated(
            at=command.at, account_id=command.account_id, address=command.address.lower(), name=command.name,
            title=command.title, role=command.role, avatar=command.avatar, capacity=command.capacity,
        )
    ]  # fmt: skip


def _change(command: ChangeProfile, state: Account) -> Sequence[Event]:
    if (command.name, command.title, command.avatar) == state.shown:
        return []
    return [
        ProfileChanged(
            at=command.at, account_id=command.account_id, name=command.name, title=command.title, avatar=command.avatar
        )
    ]


def _deactivate(command: DeactivateAccount, state: Account) -> Sequence[Event]:
    if not state.active:
        return []
    gone = [PresenceChanged(at=command.at, account_id=command.account_id, connected=False)] if state.connected else []
    return [AccountDeactivated(at=command.at, account_id=command.account_id), *gone]


def _note_presence(command: NotePresence, state: Account) -> Sequence[Event]:
    if command.connected == state.connected or (command.connected and not state.active):
        return []
    return [PresenceChanged(at=command.at, account_id=command.account_id, connected=command.connected)]


def evolve(state: Account, event: GatewayEvent) -> Account:
    """The account after `event`."""
    match event:
        case AccountCreated():
            return Account(exists=True, active=True, shown=(event.name, event.title, event.avatar))
        case ProfileChanged():
            return replace(state, shown=(event.name, event.title, event.avatar))
        case AccountDeactivated():
            return replace(state, active=False)
        case PresenceChanged():
            return replace(state, connected=event.connected)
        case _:
            assert_never(event)


DECIDER = Decider(
    commands=(CreateAccount, ChangeProfile, DeactivateAccount, NotePresence),
    stream_of=lambda command: f"account-{command.account_id}",
    initial=Account(),
    decide=decide,
    evolve=evolve,
)
