"""The long poll: what a socket would bring, in order, once, to nobody else."""

import asyncio

import orjson
import pytest

from services.gateway.live.wire import MOST_FRAMES
from tests.attacks.people import Colleague, Visitor
from tests.attacks.polling import are_seated, is_listed, keeps_looking, polls, waiting
from tests.parley import Parley
from tests.waiting import eventually


async def test_a_hello_is_welcomed_at_once(ana: Visitor, ben: Colleague) -> None:
    for who in (ana, ben):
        async with asyncio.timeout(5):
            frames = await polls(who).hello()
        assert frames[0]["type"] == "welcome"
        assert not frames[0]["resumed"]


async def test_a_poll_waits_and_is_answered_as_soon_as_something_happens(parley: Parley, ana: Visitor) -> None:
    widget = polls(ana)
    await widget.hello()
    async with waiting(parley, widget, "visitor") as poll:
        assert not poll.done()
        await ana.starts("Hello")
        async with asyncio.timeout(5):
            frames = await poll
    assert {frame["type"] for frame in frames} == {"event"}
    await widget.hears_text("Hello")


@pytest.mark.long
async def test_a_poll_that_nothing_happens_to_ends_with_a_heartbeat(ana: Visitor) -> None:
    widget = polls(ana)
    [welcome] = await widget.hello()
    async with asyncio.timeout(25):
        [heartbeat] = await widget.poll()
    assert heartbeat["type"] == "heartbeat"
    assert heartbeat["position"] >= welcome["position"]


async def test_what_is_said_between_polls_comes_in_order_and_once(ana: Visitor, ben: Colleague) -> None:
    widget, console = polls(ana), polls(ben)
    await widget.hello()
    await console.settles()
    conversation_id = await ana.starts("0")
    words = [str(number) for number in range(40)]

    async def speak() -> None:
        for word in words[1:]:
            await ana.says(conversation_id, word)

    async with asyncio.TaskGroup() as group:
        group.create_task(speak())
        for one in (widget, console):
            group.create_task(one.hears_text(words[-1]))
    for one in (widget, console):
        positions = [frame["position"] for frame in one.events]
        assert positions == sorted(set(positions))
        assert [word for word in one.texts if word in words] == words


async def test_a_long_absence_comes_in_several_answers_without_a_hole(ana: Visitor, ben: Colleague) -> None:
    widget, console = polls(ana), polls(ben)
    conversation_id = await ana.starts("Hello")
    await widget.hello()
    await console.settles()
    words = [f"Word {number}" for number in range(MOST_FRAMES + 40)]
    for word in words:
        assert (await ana.says(conversation_id, word)).status_code == 200
    assert len(await widget.poll()) == MOST_FRAMES
    assert len(await console.poll()) == MOST_FRAMES
    for one in (widget, console):
        await one.hears_text(words[-1])
        assert [word for word in one.texts if word.startswith("Word")] == words


async def test_a_call_that_was_cut_off_is_answered_again(ana: Visitor) -> None:
    widget = polls(ana)
    await widget.hello()
    await ana.starts("Twice asked")
    before = widget.position
    await widget.hears_text("Twice asked")
    first, widget.position, widget.told = widget.events, before, []
    await widget.hears_text("Twice asked")
    assert widget.events[: len(first)] == first


async def test_nobody_hears_what_is_said_to_somebody_else(ana: Visitor, eve: Visitor) -> None:
    stranger_s = polls(eve)
    await stranger_s.hello()
    theirs = await ana.starts("Only for you")
    own = await eve.starts("Mine")
    await stranger_s.hears_text("Mine")
    await stranger_s.hello(epoch=stranger_s.epoch, position=0)
    told = orjson.dumps(stranger_s.told).decode()
    assert own in told
    assert theirs not in told
    assert "Only for you" not in told


async def test_a_comment_is_in_no_answer_a_visitor_gets(ana: Visitor, ben: Colleague) -> None:
    widget, console = polls(ana), polls(ben)
    await widget.hello()
    await console.settles()
    conversation_id = await ana.starts("Hello")
    assert (await ben.writes("add_comment", conversation_id, "Kettenblatt", mentions=[])).status_code == 200
    assert (await ben.writes("post_message", conversation_id, "Good morning")).status_code == 200
    await widget.hears_text("Good morning")
    await console.hears_text("Good morning")
    assert "Kettenblatt" in orjson.dumps(console.told).decode()
    told = orjson.dumps(widget.told).decode()
    assert "Kettenblatt" not in told
    assert "comment_added" not in told


@pytest.mark.parametrize("position", [-1, 2**62, 2**63, 2**200, -(2**70)])
async def test_a_position_from_nowhere_takes_a_new_snapshot(ana: Visitor, ben: Colleague, position: int) -> None:
    for who in (ana, ben):
        one = polls(who)
        await one.hello()
        text = f'{{"type":"poll","epoch":"{one.epoch}","position":{position}}}'
        answer = await who.http.post(one.path, content=text, headers={"Content-Type": "application/json"})
        assert answer.json()["frames"][0] | {"position": 0} == {
            "type": "welcome", "epoch": one.epoch, "resumed": False, "position": 0,
        }  # fmt: skip


async def test_so_does_another_epoch(ana: Visitor, ben: Colleague) -> None:
    for who in (ana, ben):
        one = polls(who)
        [welcome, *_] = await one.hello()
        for call in ({"type": "poll"}, {"type": "hello"}):
            answer = await one.calls(**call, epoch="another", position=one.position)
            assert answer.json()["frames"][0]["resumed"] is False
        [again, *_] = await one.hello(epoch=welcome["epoch"], position=welcome["position"])
        assert again["resumed"]


async def test_whole_states_come_once_and_again_when_they_change(ana: Visitor, ben: Colleague) -> None:
    console = polls(ben)
    await console.settles()
    counts = next(frame for frame in reversed(console.told) if frame["type"] == "counters")
    await ana.starts("One more for the counters")
    await eventually(lambda: more_open(ben, counts["counts"]["all_open"]))
    console.told = []
    await console.hears("counters")
    assert "notices" not in {frame["type"] for frame in console.told}


async def more_open(ben: Colleague, before: int) -> bool:
    return bool((await ben.http.get("/api/views")).json()["counts"]["all_open"] > before)


async def test_a_colleague_who_polls_is_connected(tomas: Colleague, ben: Colleague) -> None:
    console = polls(tomas)
    await console.settles()
    await eventually(lambda: is_connected(ben, tomas.account_id))


async def is_connected(ben: Colleague, account_id: str) -> bool:
    people = (await ben.http.get("/api/people")).json()
    return any(person["id"] == account_id and person["connected"] for person in people)


async def test_colleagues_see_who_looks_until_they_turn_away(
    parley: Parley, ana: Visitor, ben: Colleague, tomas: Colleague
) -> None:
    conversation_id = await ana.starts("Look at me")
    here, there = polls(ben), polls(tomas)
    await here.settles()
    await there.settles()
    its = {"viewing": conversation_id}
    assert (await here.hears("viewers", **its))["viewers"] == []
    looking = asyncio.create_task(keeps_looking(there, conversation_id))
    while not (seen := await here.hears("viewers", **its))["viewers"]:
        pass
    await eventually(lambda: are_seated(parley, 1))
    looking.cancel()
    assert [viewer["id"] for viewer in seen["viewers"]] == [tomas.account_id]
    assert (await here.hears("viewers", **its))["viewers"] == []


async def test_typing_goes_both_ways_and_not_to_strangers(parley: Parley, ana: Visitor, eve: Visitor, ben: Colleague) -> None:
    widget, console = polls(ana), polls(ben)
    await widget.hello()
    await console.settles()
    conversation_id = await ana.starts("Who is typing?")
    await widget.hears_text("Who is typing?")
    await eventually(lambda: is_listed(ben, conversation_id))
    typing = {"type": "typing", "conversation_id": conversation_id}
    async with waiting(parley, widget, "visitor") as poll:
        assert (await polls(eve).calls(**typing)).json() == {"frames": [], "seen": ""}
        await console.calls(**typing, comment=True)
        await console.calls(**typing)
        told = await poll
    assert [(frame["type"], frame["kind"], frame["comment"]) for frame in told] == [("typing", "agent", False)]
    async with waiting(parley, console, "agent", viewing=conversation_id) as poll:
        await widget.calls(**typing)
        told = await poll
        while "typing" not in {frame["type"] for frame in told}:
            await widget.calls(**typing)
            told = await console.poll(viewing=conversation_id)
    assert {frame["kind"] for frame in told if frame["type"] == "typing"} == {"visitor"}
