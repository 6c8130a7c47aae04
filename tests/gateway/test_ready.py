"""Ready means that browsers get through, not that they will in a moment."""

import socket
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.parley import Parley, ServiceProcess
from tests.waiting import eventually


@pytest.fixture
def parley(tmp_path: Path) -> Iterator[Parley]:
    with Parley(tmp_path) as parley:
        parley.start("gateway")
        parley.services["gateway"].stop()
        yield parley


async def complaints(gateway: ServiceProcess) -> list[str] | None:
    try:
        async with httpx.AsyncClient(base_url=gateway.url) as http:
            return list((await http.get("/readyz")).json()["complaints"])
    except httpx.TransportError:
        return None


async def complains(gateway: ServiceProcess, *wanted: str) -> bool:
    return await complaints(gateway) == list(wanted)


async def test_it_is_not_ready_before_it_listens(parley: Parley) -> None:
    gateway = parley.services["gateway"]
    connection = await asyncpg.connect(parley.postgres.url)
    async with connection.transaction():
        await connection.execute("lock table gateway.migrations")
        gateway.launch()
        await eventually(lambda: complains(gateway, "the public port is not open yet"))
    await connection.close()
    await eventually(lambda: complains(gateway))
    with socket.create_connection(("127.0.0.1", parley.port), timeout=1):
        pass
