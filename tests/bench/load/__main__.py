"""`python -m tests.bench.load`: reads a plan, then rounds; prints `ready`, then what each round showed. A line of JSON each."""

import asyncio
import sys
from itertools import cycle
from time import perf_counter

import uvloop

from shared.messages import new_id
from tests.bench.load.plan import Found, Plan, Round
from tests.bench.load.sockets import AgentSocket, VisitorSocket
from tests.bench.load.tally import Tally

TEXT = "Does the blue bicycle come in a smaller size as well? I am looking for one for my daughter."
PAGE = {"url": "https://shop.example/bicycles", "title": "Bicycles"}
PATIENCE_SECONDS = 15.0


class Load:
    """All visitors and agents of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._tally = Tally(len(plan.agents), 0.0)
        self._visitors = [VisitorSocket(visitor, self._answer) for visitor in plan.visitors]
        self._agents = [AgentSocket(cookie, self._see) for cookie in plan.agents]
        self._listening: list[asyncio.Task[None]] = []

    def _answer(self, command_id: str, refusal: str | None) -> None:
        self._tally.answer(command_id, refusal)

    def _see(self, message_id: str, first: bool) -> None:
        self._tally.see(message_id, first)

    async def play(self) -> None:
        """Everybody connects and every conversation begins; then round after round, as they are asked for."""
        url = self._plan.url
        self._listening += [asyncio.create_task(agent.watch(url)) for agent in self._agents]
        await asyncio.gather(*(agent.welcomed.wait() for agent in self._agents), *(v.open(url) for v in self._visitors))
        self._listening += [asyncio.create_task(visitor.listen()) for visitor in self._visitors]
        for visitor in self._visitors:
            await (await self._say(visitor, "start_conversation"))
        await self._settle()
        print("ready", flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            found = await self._round(Round.model_validate_json(line))
            print(found.model_dump_json(), flush=True)

    async def _round(self, now: Round) -> Found:
        began = perf_counter()
        before = sum(agent.disordered for agent in self._agents)
        self._tally = Tally(len(self._agents), began + now.warm_up)
        until = began + now.warm_up + now.seconds
        await (self._paced(now.rate, until) if now.rate else self._flat_out(until))
        await self._settle()
        return self._tally.found(now.rate, sum(agent.disordered for agent in self._agents) - before)

    async def _paced(self, rate: float, until: float) -> None:
        due = perf_counter()
        for visitor in cycle(self._visitors):
            if (now := perf_counter()) >= until:
                return
            if due > now:
                await asyncio.sleep(due - now)
            await self._say(visitor)
            due += 1 / rate

    async def _flat_out(self, until: float) -> None:
        """Every visitor sends the next message as soon as the last one was answered."""

        async def chatter(visitor: VisitorSocket) -> None:
            while perf_counter() < until:
                await (await self._say(visitor))

        await asyncio.gather(*map(chatter, self._visitors))

    async def _say(self, visitor: VisitorSocket, kind: str = "post_message") -> asyncio.Future[None]:
        ask = {
            "type": kind, "command_id": new_id(), "message_id": new_id(), "written": {"text": TEXT},
            "conversation_id": visitor.visitor.conversation_id,
        }  # fmt: skip
        answered = self._tally.say(str(ask["command_id"]), str(ask["message_id"]))
        await visitor.ask(ask | ({"page": PAGE} if kind == "start_conversation" else {}))
        return answered

    async def _settle(self) -> None:
        """Until everything is answered and shown, or nothing has come for too long."""
        give_up = perf_counter() + PATIENCE_SECONDS
        while (self._tally.waiting or self._tally.unseen) and perf_counter() < give_up:
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    uvloop.run(Load(Plan.model_validate_json(sys.stdin.readline())).play())
