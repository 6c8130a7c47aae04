"""A client that stays: comes back after every cut, goes on where it was, and asks again until it is answered."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import cycle
from typing import Any, Self

import httpx
import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from shared.messages import new_id
from tests.waiting import eventually

COME_BACK_SECONDS = 0.1
OURS = {"X-Parley": "1"}
Event = dict[str, Any]


class Browser:
    """One socket at a time, at whichever of the gateways is there."""

    def __init__(self, gateways: Sequence[str], path: str, origin: str, hello: Mapping[str, Any], cookie: str = "") -> None:
        self._addresses = cycle([url.replace("http", "ws", 1) + path for url in gateways])
        self._origin, self._hello, self._cookie = origin, dict(hello), cookie
        self._asks: dict[str, tuple[dict[str, Any], asyncio.Future[int | None]]] = {}
        self._socket: ClientConnection | None = None
        self._staying: asyncio.Task[None] | None = None
        self.seen: list[tuple[int, Event]] = []
        self.welcomes: list[dict[str, Any]] = []

    async def __aenter__(self) -> Self:
        self._staying = asyncio.create_task(self._stay())
        await eventually(lambda: self.welcomes)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._staying:
            self._staying.cancel()
            await asyncio.wait([self._staying])

    async def ask(self, kind: str, **what: Any) -> int | None:
        """The position it was accepted at, over as many sockets as that takes. AssertionError when it is refused."""
        ask = {"type": kind, "command_id": new_id(), **what}
        answer: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._asks[ask["command_id"]] = ask, answer
        await self._send(ask)
        return await answer

    async def sees(self, kind: str, **what: Any) -> Event:
        """The first event of this kind of which all that is so."""
        return await eventually(lambda: self.seen_once(kind, **what))  # type: ignore[no-any-return]

    def seen_once(self, kind: str, **what: Any) -> Event | None:
        """The event like this, if there is one. AssertionError when there are more."""
        found = [event for _, event in self.seen if event["type"] == kind and what.items() <= event.items()]
        assert len(found) <= 1, f"{kind} came {len(found)} times"
        return found[0] if found else None

    async def _stay(self) -> None:
        for address in self._addresses:
            with suppress(OSError, WebSocketException):
                await self._visit(address)
            self._socket = None
            await asyncio.sleep(COME_BACK_SECONDS)

    async def _visit(self, address: str) -> None:
        headers = {"Cookie": self._cookie} if self._cookie else {}
        async with connect(address, origin=self._origin, additional_headers=headers) as socket:  # type: ignore[arg-type]
            await socket.send(orjson.dumps({"type": "hello", **self._hello}), text=True)
            async for text in socket:
                await self._take(orjson.loads(text), socket)

    async def _take(self, frame: dict[str, Any], socket: ClientConnection) -> None:
        match frame["type"]:
            case "welcome":
                assert not frame["resumed"] or frame["position"] == self._hello["position"]  # or a cut right now would be a hole
                self.welcomes.append(frame)
                self._hello |= {"epoch": frame["epoch"], "position": frame["position"]}
                self._socket = socket
                for ask, _ in list(self._asks.values()):
                    await self._send(ask)
            case "event":
                assert frame["position"] > self._hello["position"]
                self._hello["position"] = frame["position"]
                self.seen.append((frame["position"], frame["event"]))
            case "accepted" if frame["command_id"] in self._asks:
                self._asks.pop(frame["command_id"])[1].set_result(frame["position"])
            case "refused" if (
                frame["command_id"] in self._asks and frame["problem"]["status"] < httpx.codes.INTERNAL_SERVER_ERROR
            ):
                self._asks.pop(frame["command_id"])[1].set_exception(AssertionError(frame["problem"]))
            case "refused" if frame["command_id"] in self._asks:
                await self._send(self._asks[frame["command_id"]][0])
            case _:
                pass

    async def _send(self, ask: dict[str, Any]) -> None:
        if self._socket is not None:
            with suppress(WebSocketException):
                await self._socket.send(orjson.dumps({"type": "ask", "ask": ask}), text=True)


def colleague(gateways: Sequence[str], origin: str, address: str, password: str) -> Browser:
    """Signed in at the first gateway; the session counts at all."""
    body = {"address": address, "password": password}
    answer = httpx.post(f"{gateways[0]}/api/session", json=body, headers=OURS | {"Origin": origin}).raise_for_status()
    cookie = f"parley_session={answer.cookies['parley_session']}"
    return Browser(gateways, "/api/live", origin, {"epoch": None, "position": None}, cookie)


async def opens(url: str, channel_id: str) -> None:
    """Returns once the gateway there lets visitors in at this channel."""
    async with httpx.AsyncClient(base_url=url) as http:

        async def answers() -> bool:
            return (await http.get(f"/api/widget/channels/{channel_id}")).status_code == httpx.codes.OK

        await eventually(answers)


def visitor(gateways: Sequence[str], origin: str, channel_id: str, page: Mapping[str, str]) -> Browser:
    """A widget that has just been opened."""
    opening = {"channel_id": channel_id, "page": page}
    session = httpx.post(f"{gateways[0]}/api/widget/session", json=opening).raise_for_status().json()
    hello = {"token": session["token"], "epoch": session["epoch"], "position": session["position"]}
    return Browser(gateways, "/api/widget/live", origin, hello)
