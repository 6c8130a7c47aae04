"""What else listens, and what is written down."""

import socket

import asyncpg
import orjson
import psutil
import pytest

from tests.attacks.people import BEN, PASSWORD, Colleague, Visitor, stranger
from tests.parley import SECRET, Parley


async def test_nothing_listens_beyond_this_machine(parley: Parley) -> None:
    for service in parley.services.values():
        for one in psutil.Process(service.pid).net_connections("tcp"):
            if one.status == psutil.CONN_LISTEN:
                assert one.laddr.ip == "127.0.0.1", service.name


async def test_the_message_bus_asks_who_one_is(parley: Parley) -> None:
    with socket.create_connection(("127.0.0.1", parley.nats.port), timeout=5) as stranger:
        stranger.sendall(b'CONNECT {"verbose":false}\r\nSUB > 1\r\nPING\r\n')
        told = b""
        while chunk := stranger.recv(4096):
            told += chunk
    assert b"Authorization Violation" in told
    assert b"PONG" not in told


async def test_so_does_the_database(parley: Parley) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(host="127.0.0.1", port=parley.postgres.port, user="parley", password="wrong", database="parley")


async def test_logs_are_lines_of_json_without_secrets(parley: Parley, ana: Visitor, ben: Colleague) -> None:
    async with stranger(parley) as eve:
        await eve.post("/api/session", json={"address": 'x\n{"level":"error"}@x.example', "password": "a-wrong-password"})
        await eve.get("/assets/a%0a%7b%22level%22:%22error%22%7d")
        await eve.get("/api/conversations", headers={"Authorization": f"Bearer {ana.token}"})
        await eve.post("/api/session", json={"address": BEN, "password": "a-wrong-password"})
    await ana.says(await ana.starts("private words"), "private words")
    logs = "".join(service.log_file.read_text() for service in parley.services.values())
    for secret in (
        SECRET,
        PASSWORD,
        "a-wrong-password",
        ana.token,
        ben.cookie,
        "private words",
        parley.environment["PARLEY_NATS_URL"],
    ):
        assert secret not in logs
    assert parley.environment["PARLEY_DATABASE_URL"] not in logs
    for line in logs.splitlines():
        assert "event" in orjson.loads(line)
