"""Who may not poll, or polls too much, or is not there any more."""

import asyncio
from contextlib import AsyncExitStack
from functools import partial

import orjson

from services.gateway.live.fanout import MOST_OF_ONE
from shared.messages import new_id
from tests.attacks.people import SOCKETS, Colleague, Visitor, stranger, visits
from tests.attacks.polling import Poller, polls, seats, waiting
from tests.parley import Parley
from tests.waiting import eventually


async def test_without_a_good_token_or_session_there_is_no_answer(parley: Parley, ana: Visitor, ben: Colleague) -> None:
    async with stranger(parley) as nobody:
        for path in ("/api/live", "/api/widget/live"):
            assert (await nobody.post(path, json={"type": "hello", "token": ana.token})).status_code == 401
    async with stranger(parley, Cookie=f"parley_session={ben.cookie}") as foreign:
        del foreign.headers["X-Parley"]
        assert (await foreign.post("/api/live", json={"type": "hello"})).status_code == 403


async def test_who_signs_out_hears_a_goodbye_and_then_nothing(parley: Parley, tomas: Colleague) -> None:
    console = polls(tomas)
    await console.settles()
    cookies = dict(tomas.http.cookies)
    async with waiting(parley, console, "agent") as poll:
        assert (await tomas.http.delete("/api/session")).status_code == 204
        async with asyncio.timeout(6):
            frames = await poll
            while frames[-1]["type"] != "goodbye":
                frames = await console.poll()
    assert frames[-1]["reason"] == "signed_out"
    tomas.http.cookies.update(cookies)
    assert (await console.calls(type="poll", epoch=console.epoch, position=console.position)).status_code == 401


async def test_who_goes_away_frees_the_seat_at_once(parley: Parley, ana: Visitor, ben: Colleague) -> None:
    for who, kind in ((ana, "visitor"), (ben, "agent")):
        one = polls(who)
        await (one.settles() if kind == "agent" else one.hello())
        before = await seats(parley, kind)
        async with waiting(parley, one, kind) as poll:
            poll.cancel()
            await eventually(partial(is_free, parley, kind, before), within=3)


async def is_free(parley: Parley, kind: str, before: int) -> bool:
    return await seats(parley, kind) <= before


async def test_what_is_no_call_is_refused(ana: Visitor, ben: Colleague) -> None:
    for who in (ana, ben):
        for call in ({"type": "ask"}, {"type": "poll"}, {"type": "typing"}, {"type": "hello", "more": 1}, {}):
            assert (await polls(who).calls(**call)).status_code == 422
    assert (await polls(ben).calls(type="poll", epoch="", position=0, viewing=f"{new_id()}\0")).status_code == 422


async def test_a_person_has_only_so_many_seats_sockets_counted(parley: Parley) -> None:
    ana = await visits(parley, "127.0.0.1")  # whose sockets are not counted by address
    async with AsyncExitStack() as opened:
        for _ in range(MOST_OF_ONE):
            live = await opened.enter_async_context(ana.connects())
            await live.send(orjson.dumps({"type": "hello", "token": ana.token}).decode())
            assert '"welcome"' in str(await live.recv())
        [goodbye] = await polls(ana).hello()
    assert (goodbye["type"], goodbye["reason"]) == ("goodbye", "too_many")
    await ana.http.aclose()


async def test_so_has_an_address_whoever_sits_there(parley: Parley, ben: Colleague) -> None:
    here = [await visits(parley, "127.2.0.9") for _ in range(3)]
    await is_turned_away(parley, [polls(here[n % 2]) for n in range(SOCKETS)], polls(here[2]))
    for visitor in here:
        await visitor.http.aclose()


async def is_turned_away(parley: Parley, seated: list[Poller], one_more: Poller) -> None:
    """All of these wait; then there is no place for one more, and again when they have gone."""
    before = await seats(parley, "visitor")
    for one in {id(one): one for one in seated}.values():
        await one.hello()
    waiting = [asyncio.create_task(one.poll()) for one in seated]
    await eventually(partial(are_seated, parley, before + len(seated)))
    [goodbye] = await one_more.hello()
    assert (goodbye["type"], goodbye["reason"]) == ("goodbye", "too_many")
    assert goodbye["after_ms"] > 0
    for poll in waiting:
        poll.cancel()
    await eventually(partial(is_free, parley, "visitor", before))
    assert (await one_more.hello())[0]["type"] == "welcome"


async def are_seated(parley: Parley, many: int) -> bool:
    return await seats(parley, "visitor") >= many


async def test_a_flood_of_calls_is_turned_away(eve: Visitor) -> None:
    typing = {"type": "typing", "conversation_id": new_id()}
    statuses: set[int] = set()
    for _ in range(40):
        statuses |= {answer.status_code for answer in await asyncio.gather(*(polls(eve).calls(**typing) for _ in range(100)))}
        if 429 in statuses:
            break
    assert statuses <= {200, 429}
    assert 429 in statuses
