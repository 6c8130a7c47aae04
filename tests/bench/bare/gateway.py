"""Bare gateway: whatever a visitor's socket says is asked of the writer; whatever is mirrored goes to every agent's socket."""

import asyncio
import os
from typing import Any

import nats
import orjson
import uvicorn
from nats.aio.client import Client
from nats.aio.msg import Msg

WELCOME = '{"type":"welcome","epoch":"bare","position":0,"resumed":true}'


class Gateway:
    def __init__(self, client: Client) -> None:
        self._client = client
        self._agents: set[Any] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """The ASGI application."""
        if scope["type"] != "websocket":
            return
        await receive()
        await send({"type": "websocket.accept"})
        if scope["path"] == "/api/live":
            self._agents.add(send)
        while (message := await receive())["type"] == "websocket.receive":
            await self._take(orjson.loads(message["text"]), send)
        self._agents.discard(send)

    async def _take(self, frame: dict[str, Any], send: Any) -> None:
        match frame["type"]:
            case "hello":
                await send({"type": "websocket.send", "text": WELCOME})
            case "ask":
                task = asyncio.create_task(self._ask(frame["ask"], send))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            case _:
                pass

    async def _ask(self, ask: dict[str, Any], send: Any) -> None:
        reply = await self._client.request("bare.command", orjson.dumps(ask), timeout=10)
        answer = {"type": "accepted", "command_id": ask["command_id"], "position": int(reply.data)}
        await send({"type": "websocket.send", "text": orjson.dumps(answer).decode()})

    async def show(self, message: Msg) -> None:
        """A mirrored event, to everybody."""
        event = {"type": "websocket.send", "text": message.data.decode()}
        for send in list(self._agents):
            await send(event)


async def main() -> None:
    client = await nats.connect(os.environ["BARE_NATS_URL"])
    gateway = Gateway(client)
    await client.subscribe("bare.event.>", cb=gateway.show)
    config = uvicorn.Config(
        gateway, port=int(os.environ["BARE_PORT"]), ws="websockets-sansio", ws_per_message_deflate=False, lifespan="off",
        log_level="warning", access_log=False,
    )  # fmt: skip
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    import uvloop

    uvloop.run(main())
