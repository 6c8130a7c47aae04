"""A service's own user in NATS: its events and its mirror are its own, and only the gateway gives others orders."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from nats.aio.client import Client

from shared.bus import inbox_of
from shared.mirror import stream_name
from tests.parley import ALL, Parley
from tests.waiting import eventually

ORDERED = {"conversations", "routing", "transcripts", "notifications"}


class Impostor:
    """Somebody who has got hold of a service's password."""

    def __init__(self, client: Client, told_off: list[str]) -> None:
        self._client, self._told_off = client, told_off

    async def is_refused(self, kind: str, subject: str) -> bool:
        """Whether NATS does not let it `publish` or `subscribe` there."""
        before = len(self._told_off)
        if kind == "publish":
            await self._client.publish(subject, b"{}")
        else:
            await self._client.subscribe(subject)
        await self._client.publish("nobody.may.say.this", b"")
        await eventually(lambda: any("nobody.may.say.this" in error for error in self._told_off[before:]))
        return any(subject.lower() in error for error in self._told_off[before:])


@asynccontextmanager
async def impostor(parley: Parley, name: str) -> AsyncIterator[Impostor]:
    told_off: list[str] = []

    async def note(error: Exception) -> None:
        told_off.append(str(error).lower())

    client = Client()
    await client.connect(parley.nats.server.url_of(name), error_cb=note, inbox_prefix=inbox_of(name).encode())
    yield Impostor(client, told_off)
    await client.close()


@pytest.mark.parametrize("name", ALL)
async def test_another_services_events_and_mirror_are_not_its_own(parley: Parley, name: str) -> None:
    async with impostor(parley, name) as eve:
        for other in set(ALL) - {name}:
            stream = stream_name(other)
            assert await eve.is_refused("publish", f"{other}.event.conversation-x.message_posted")
            assert await eve.is_refused("publish", f"{other}.appended")
            for what in ("CREATE", "UPDATE", "DELETE", "PURGE", "MSG.DELETE"):
                assert await eve.is_refused("publish", f"$JS.API.STREAM.{what}.{stream}")
            assert await eve.is_refused("subscribe", f"{other}.command.*")
            assert await eve.is_refused("subscribe", f"{other}.query.*")
            assert await eve.is_refused("subscribe", f"{inbox_of(other)}.>")
        for everything in (">", "_INBOX.>", "$SYS.>", "*.event.>"):
            assert await eve.is_refused("subscribe", everything)


@pytest.mark.parametrize("name", ALL)
async def test_only_the_gateway_gives_others_orders(parley: Parley, name: str) -> None:
    may = ORDERED if name == "gateway" else set()
    async with impostor(parley, name) as eve:
        refused = {other for other in ALL if await eve.is_refused("publish", f"{other}.command.nonsense")}
    assert refused == set(ALL) - may


@pytest.mark.parametrize("user", ["parley", "routing"])
async def test_a_password_is_good_for_one_user(parley: Parley, user: str) -> None:
    password = parley.nats.server.password_of("gateway")
    with socket.create_connection(("127.0.0.1", parley.nats.port), timeout=5) as nats:
        nats.sendall(f'CONNECT {{"user":"{user}","pass":"{password}"}}\r\nPING\r\n'.encode())
        told = b""
        while chunk := nats.recv(4096):
            told += chunk
    assert b"Authorization Violation" in told
