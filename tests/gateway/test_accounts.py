"""Accounts: who may join, leave, and when it is worth saying that somebody is here."""

from typing import Any

from services.gateway.decider import DECIDER
from shared.contracts.gateway import (
    AccountCreated,
    AccountDeactivated,
    AccountNotFound,
    AddressTaken,
    ChangeProfile,
    CreateAccount,
    DeactivateAccount,
    NotePresence,
    PresenceChanged,
    ProfileChanged,
)  # fmt: skip
from tests.examples import BEN, NOON, asked_by_service
from tests.given import given

HIRED = AccountCreated(at=NOON, account_id=BEN.id, address="ben@shop.example", name=BEN.name, title="Sales")
HERE = PresenceChanged(at=NOON, account_id=BEN.id, connected=True)
GONE = PresenceChanged(at=NOON, account_id=BEN.id, connected=False)
LEFT = AccountDeactivated(at=NOON, account_id=BEN.id)


def asked() -> dict[str, Any]:
    return asked_by_service("gateway") | {"account_id": BEN.id}


def hires_ben(address: str = "ben@shop.example") -> CreateAccount:
    return CreateAccount(**asked(), address=address, name=BEN.name, title="Sales")


def ben_is_called(name: str) -> ChangeProfile:
    return ChangeProfile(**asked(), name=name, title="Sales")


def ben_is(connected: bool) -> NotePresence:
    return NotePresence(**asked(), connected=connected)


def test_a_colleague_joins() -> None:
    given(DECIDER).when(hires_ben()).then(HIRED)


def test_an_address_is_kept_in_lower_case() -> None:
    given(DECIDER).when(hires_ben("Ben@Shop.example")).then(HIRED)


def test_nobody_joins_twice() -> None:
    given(DECIDER, HIRED).when(hires_ben()).then_refused(AddressTaken)


def test_nothing_happens_to_an_account_there_is_not() -> None:
    for command in (ben_is_called("Benjamin"), DeactivateAccount(**asked()), ben_is(connected=True)):
        given(DECIDER).when(command).then_refused(AccountNotFound)


def test_a_name_changes() -> None:
    changed = ProfileChanged(at=NOON, account_id=BEN.id, name="Benjamin", title="Sales")
    given(DECIDER, HIRED).when(ben_is_called("Benjamin")).then(changed)


def test_the_same_name_changes_nothing() -> None:
    given(DECIDER, HIRED).when(ben_is_called(BEN.name)).then_nothing()


def test_the_first_console_is_an_event_the_second_is_not() -> None:
    given(DECIDER, HIRED).when(ben_is(connected=True)).then(HERE)
    given(DECIDER, HIRED, HERE).when(ben_is(connected=True)).then_nothing()


def test_going_is_an_event_once() -> None:
    given(DECIDER, HIRED, HERE).when(ben_is(connected=False)).then(GONE)
    given(DECIDER, HIRED, HERE, GONE).when(ben_is(connected=False)).then_nothing()


def test_who_leaves_is_not_here_any_more() -> None:
    given(DECIDER, HIRED, HERE).when(DeactivateAccount(**asked())).then(LEFT, GONE)


def test_leaving_again_changes_nothing() -> None:
    given(DECIDER, HIRED, LEFT).when(DeactivateAccount(**asked())).then_nothing()


def test_nobody_comes_back_through_an_open_console() -> None:
    given(DECIDER, HIRED, LEFT).when(ben_is(connected=True)).then_nothing()
