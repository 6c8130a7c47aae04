"""The shop's people, each with the demonstration's password."""

from dataclasses import dataclass
from functools import partial

from deploy.demo.asking import OPERATOR, ask, demo_id, patiently
from services.gateway.accounts.credentials import check_password, set_password
from shared.bus import Bus
from shared.clock import now
from shared.contracts.gateway import CreateAccount, Role, WrongCredentials
from shared.postgres import Pool


@dataclass(frozen=True)
class Colleague:
    """Somebody who works in the shop."""

    first: str
    last: str
    title: str
    role: Role

    @property
    def name(self) -> str:
        """As colleagues know them."""
        return f"{self.first} {self.last}"

    @property
    def address(self) -> str:
        """What they sign in with."""
        return f"{self.first.lower()}@spoke-and-larch.example"

    @property
    def account_id(self) -> str:
        """Always the same."""
        return demo_id(self.address)


BEN = Colleague("Ben", "Okoro", "Sales", "owner")
MIRA = Colleague("Mira", "Lund", "Workshop", "admin")
TOMAS = Colleague("Tomas", "Weiss", "Test rides", "agent")
PEOPLE = (BEN, MIRA, TOMAS)


async def hire(bus: Bus) -> None:
    """Opens their accounts."""
    for colleague in PEOPLE:
        created = CreateAccount(
            command_id=demo_id(f"hire {colleague.address}"), at=now(), actor=OPERATOR, account_id=colleague.account_id,
            address=colleague.address, name=colleague.name, title=colleague.title, role=colleague.role,
            avatar=colleague.first.lower(),
        )  # fmt: skip
        await ask(bus, "gateway", created)


async def let_in(pool: Pool, password: str) -> None:
    """Lets them sign in. A password that is right already is left alone: setting it would end their sessions."""
    for colleague in PEOPLE:
        try:
            await check_password(pool, colleague.address, password)
        except WrongCredentials:
            await patiently(partial(set_password, pool, colleague.address, password))
