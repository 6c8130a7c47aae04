"""Bare writer: requests that wait together are appended by one statement, answered, and published to the mirror."""

import asyncio
import os

import asyncpg
import nats
from nats.aio.client import Client
from nats.aio.msg import Msg

TABLES = """
drop schema if exists bare cascade; create schema bare;
create table bare.head (position bigint not null); insert into bare.head values (0);
create table bare.events (position bigint primary key, body jsonb not null);
"""
APPEND = """
with head as (update bare.head set position = position + $1 returning position)
insert into bare.events select head.position - $1 + n, body::jsonb
from head, unnest((select $2::text[])) with ordinality as waiting(body, n) returning position
"""


class Writer:
    def __init__(self, connection: asyncpg.Connection, client: Client) -> None:
        self._connection, self._client = connection, client
        self._waiting: list[Msg] = []
        self._wanted = asyncio.Event()

    async def hear(self, message: Msg) -> None:
        self._waiting.append(message)
        self._wanted.set()

    async def run(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            batch, self._waiting = self._waiting, []
            rows = await self._connection.fetch(APPEND, len(batch), [message.data.decode() for message in batch])
            for message, (position,) in zip(batch, rows, strict=True):
                await message.respond(b"%d" % position)
                await self._publish(position, message.data)

    async def _publish(self, position: int, body: bytes) -> None:
        frame = b'{"type":"event","position":%d,"event":%b}' % (position, body)
        await self._client.publish("bare.event.one", frame, headers={"Nats-Expected-Last-Sequence": str(position - 1)})


async def main() -> None:
    connection = await asyncpg.connect(os.environ["BARE_DATABASE_URL"])
    await connection.execute(TABLES)
    client = await nats.connect(os.environ["BARE_NATS_URL"])
    mirror = client.jetstream()
    if "BARE" in [info.config.name for info in await mirror.streams_info()]:
        await mirror.delete_stream("BARE")
    await mirror.add_stream(name="BARE", subjects=["bare.event.>"])
    writer = Writer(connection, client)
    await client.subscribe("bare.command", cb=writer.hear)
    await client.flush()
    print("ready", flush=True)
    await writer.run()


if __name__ == "__main__":
    import uvloop

    uvloop.run(main())
