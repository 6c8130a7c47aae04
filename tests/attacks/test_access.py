"""Other people's conversations and files; and what a role does not allow."""

from collections.abc import Awaitable, Callable
from statistics import median
from time import perf_counter

import httpx
import orjson
import pytest

from shared.messages import new_id
from tests.attacks.people import PAGE, Colleague, Visitor, stranger
from tests.parley import Parley
from tests.waiting import eventually

Try = Callable[[Visitor, str], Awaitable[httpx.Response]]

ON_CONVERSATIONS: dict[str, Try] = {
    "reads": lambda eve, its: eve.http.get(f"/api/widget/conversations/{its}"),
    "writes": lambda eve, its: eve.says(its, "It is me, Ana"),
    "marks as read": lambda eve, its: eve.asks("mark_read", conversation_id=its, position=1),
}


def without_ids(answer: httpx.Response, *ids: str) -> tuple[int, str]:
    text = answer.text
    for one in ids:
        text = text.replace(one, "ID")
    return answer.status_code, text


@pytest.mark.parametrize("what", ON_CONVERSATIONS)
async def test_a_foreign_conversation_looks_like_none(ana: Visitor, eve: Visitor, what: str) -> None:
    hers, nobodys = await ana.starts("My secret"), new_id()
    await eve.starts("I am here, too")
    await eventually(lambda: shows(ana, hers))
    foreign, random = await ON_CONVERSATIONS[what](eve, hers), await ON_CONVERSATIONS[what](eve, nobodys)
    assert without_ids(foreign, hers) == without_ids(random, nobodys)
    assert foreign.status_code == 404


async def shows(visitor: Visitor, conversation_id: str) -> bool:
    return (await visitor.http.get(f"/api/widget/conversations/{conversation_id}")).status_code == 200


@pytest.mark.parametrize("what", ON_CONVERSATIONS)
async def test_nor_does_time_tell_them_apart(ana: Visitor, eve: Visitor, what: str) -> None:
    hers = await ana.starts("My secret")
    await eventually(lambda: shows(ana, hers))
    took: dict[bool, list[float]] = {True: [], False: []}
    for n in range(40):
        foreign = n % 2 == 0
        began = perf_counter()
        await ON_CONVERSATIONS[what](eve, hers if foreign else new_id())
        took[foreign].append(perf_counter() - began)
    assert abs(median(took[True]) - median(took[False])) < 0.005


async def test_a_conversation_cannot_be_taken_over_by_its_id(ana: Visitor, eve: Visitor) -> None:
    hers = await ana.starts("My secret")
    await eventually(lambda: shows(ana, hers))
    taken = {"conversation_id": hers, "message_id": new_id(), "page": PAGE, "written": {"text": "Mine now"}}
    assert (await eve.asks("start_conversation", **taken)).status_code in {404, 409}
    assert "My secret" not in orjson.dumps(await eve.opens()).decode()
    assert "Mine now" not in (await ana.http.get(f"/api/widget/conversations/{hers}")).text


async def test_a_foreign_file_looks_like_none(ana: Visitor, eve: Visitor) -> None:
    file_id, nobodys = (await ana.uploads(b"My passport")).json()["file_id"], new_id()
    foreign, random = [await eve.http.get(f"/api/widget/files/{one}") for one in (file_id, nobodys)]
    assert without_ids(foreign, file_id) == without_ids(random, nobodys)
    assert foreign.status_code == 404
    attached = [await eve.says(await eve.starts(), "See this", file_ids=[one]) for one in (file_id, nobodys)]
    assert without_ids(attached[0], file_id) == without_ids(attached[1], nobodys)
    assert attached[0].status_code == 422


async def test_a_foreign_notice_looks_like_none(ana: Visitor, ben: Colleague, vera: Colleague) -> None:
    conversation_id = await ana.starts()
    await ben.writes("add_comment", conversation_id, "Vera?", mentions=[vera.account_id])
    [notice] = await eventually(lambda: notices(vera))
    answers = [await ben.asks("read_notice", notice_id=one) for one in (notice["notice_id"], new_id())]
    assert answers[0].status_code == answers[1].status_code == 404
    assert answers[0].text == answers[1].text
    assert await notices(vera)


async def notices(colleague: Colleague) -> list[dict[str, str]]:
    return list((await colleague.http.get("/api/notices")).json())


INBOX = ["/api/session", "/api/people", "/api/views", "/api/conversations", "/api/contacts?query=a", "/api/notices"]


async def test_the_inbox_is_for_colleagues(parley: Parley, ana: Visitor, ben: Colleague) -> None:
    conversation_id = await ana.starts()
    async with stranger(parley) as nobody, stranger(parley, Authorization=f"Bearer {ana.token}") as visitor:
        for path in [*INBOX, f"/api/conversations/{conversation_id}", f"/api/conversations/{conversation_id}/entries"]:
            assert (await nobody.get(path)).status_code == 401
            assert (await visitor.get(path)).status_code == 401
        assert (await visitor.post("/api/files", files={"file": b"x"})).status_code == 401
    assert (await ben.http.get(f"/api/widget/conversations/{conversation_id}")).status_code == 401


async def test_a_viewer_changes_nothing(ana: Visitor, ben: Colleague, vera: Colleague) -> None:
    conversation_id = await ana.starts()
    its: dict[str, object] = {"conversation_id": conversation_id}
    wishes: dict[str, dict[str, object]] = {
        "post_message": its | {"message_id": new_id(), "written": {"text": "Hi"}},
        "add_comment": its | {"message_id": new_id(), "written": {"text": "Hi"}},
        "assign_conversation": its | {"account_id": vera.account_id},
        "close_conversation": its,
        "reopen_conversation": its,
        "mark_read": its | {"position": 1},
        "rename_contact": {"contact_id": ana.session["contact_id"], "name": "Eve"},
        "identify_contact": {"contact_id": ana.session["contact_id"], "address": "eve@example.org"},
        "create_ticket": its | {"ticket_id": new_id(), "title": "A ticket"},
        "send_transcript": its | {"transcript_id": new_id(), "address": "eve@example.org", "subject": "Yours"},
        "set_availability": {"available": True},
    }
    for kind, fields in wishes.items():
        assert (await vera.asks(kind, **fields)).status_code == 403, kind
    assert (await vera.http.post("/api/files", files={"file": b"x"})).status_code == 403
    assert (await ben.asks("assign_conversation", **its, account_id=vera.account_id)).status_code == 404


async def test_nobody_sets_what_is_not_theirs_to_set(parley: Parley, ana: Visitor, ben: Colleague) -> None:
    conversation_id = await ana.starts()
    for extra in ({"actor": "agent:x"}, {"author": {"kind": "agent"}}, {"at": "2020-01-01T00:00:00Z"}, {"contact_id": new_id()}):
        said = {"conversation_id": conversation_id, "message_id": new_id(), "written": {"text": "Hi"}, **extra}
        assert (await ana.asks("post_message", **said)).status_code == 422
        assert (await ben.asks("post_message", **said)).status_code == 422
    quick = {"text": "Hi", "quick_replies": [{"label": "a", "value": "b"}]}
    assert (
        await ana.asks("post_message", conversation_id=conversation_id, message_id=new_id(), written=quick)
    ).status_code == 422
    async with stranger(parley) as nobody:
        signed = await nobody.post("/api/session", json={"address": "a@b.example", "password": "x", "role": "owner"})
    assert signed.status_code == 422


@pytest.mark.parametrize("query", [
    "view=all_open'--", "view=__class__", "after=' or 1=1", "limit=1000000", "limit=-1",
    "after=MDAwMS0wMS0wMVQwMDowMDowMCsyMzo1OSAw",
])  # fmt: skip
async def test_views_and_cursors_take_nothing_else(ben: Colleague, query: str) -> None:
    assert (await ben.http.get(f"/api/conversations?{query}")).status_code == 422


@pytest.mark.parametrize("query", ["' or 1=1 --", "a' & !b | (c:*", "\\", "%", ":*", "😀", "a\0b", "<->"])
async def test_a_search_is_only_a_search(ben: Colleague, query: str) -> None:
    assert (await ben.http.get("/api/contacts", params={"query": query})).json() == []
    assert (await ben.http.get("/api/contacts", params={"address": query})).status_code in {200, 422}
