"""One whole Parley with the demonstration's shop, for all attacks. The auditor has the last word."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from functools import partial

import pytest

from deploy.audit import audit
from deploy.demo.asking import ask, demo_id
from services.gateway.accounts.credentials import set_password
from shared.bus import Bus, connect
from shared.clock import now
from shared.contracts.gateway import CreateAccount, Role
from shared.postgres import open_pool
from tests.attacks import hostile
from tests.attacks.people import GARY, MALLORY, PASSWORD, SETTINGS, TOMAS, VERA, Colleague, Visitor, signs_in, visits
from tests.infrastructure.smtp import SmtpServer
from tests.parley import Parley
from tests.waiting import eventually


@pytest.fixture(scope="session")
async def mailbox() -> AsyncIterator[SmtpServer]:
    async with SmtpServer() as server:
        yield server


@pytest.fixture(scope="session")
async def parley(tmp_path_factory: pytest.TempPathFactory, mailbox: SmtpServer) -> AsyncIterator[Parley]:
    directory = tmp_path_factory.mktemp("attacks")
    with Parley(directory, smtp_url=mailbox.url, **SETTINGS) as parley:
        parley.start()
        seeding = await asyncio.create_subprocess_exec(sys.executable, "-m", "deploy.demo", env=os.environ | parley.environment)
        assert await seeding.wait() == 0
        await _hire(parley, {VERA: ("viewer", "Vera"), GARY: ("agent", "Gary"), MALLORY: ("agent", hostile.NAME)})
        yield parley
        assert await audit(parley.settings) == []
        assert parley.overstepped() == []


async def _hire(parley: Parley, hired: dict[str, tuple[Role, str]]) -> None:
    client, pool = await connect(parley.settings, "tests"), await open_pool(parley.settings, "gateway", size=2)
    for address, (role, name) in hired.items():
        created = CreateAccount(
            command_id=demo_id(f"hire {address}"), at=now(), actor="service:tests", account_id=demo_id(address),
            address=address, name=name, role=role,
        )  # fmt: skip
        await ask(Bus(client), "gateway", created)
        await eventually(partial(pool.fetchval, "select true from people where address = $1", address))
        await set_password(pool, address, PASSWORD)
    await pool.close()
    await client.close()


@pytest.fixture
async def ana(parley: Parley) -> AsyncIterator[Visitor]:
    visitor = await visits(parley)
    yield visitor
    await visitor.http.aclose()


@pytest.fixture
async def eve(parley: Parley) -> AsyncIterator[Visitor]:
    """The one who would like to know what Ana writes."""
    visitor = await visits(parley)
    yield visitor
    await visitor.http.aclose()


@pytest.fixture(scope="session")
async def ben(parley: Parley) -> AsyncIterator[Colleague]:
    colleague = await signs_in(parley)
    yield colleague
    await colleague.http.aclose()


@pytest.fixture
async def tomas(parley: Parley) -> AsyncIterator[Colleague]:
    """Signs in from where nobody has tried too many passwords."""
    colleague = await signs_in(parley, TOMAS, "127.3.0.1")
    yield colleague
    await colleague.http.aclose()


@pytest.fixture(scope="session")
async def vera(parley: Parley) -> AsyncIterator[Colleague]:
    colleague = await signs_in(parley, VERA)
    yield colleague
    await colleague.http.aclose()


@pytest.fixture(scope="session")
async def mallory(parley: Parley) -> AsyncIterator[Colleague]:
    """A colleague whose very name is an attack."""
    colleague = await signs_in(parley, MALLORY)
    yield colleague
    await colleague.http.aclose()
