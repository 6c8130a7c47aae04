"""Comments are for colleagues. No byte a visitor can get holds one, or tells that there is one."""

import re

import orjson

from shared.messages import new_id
from tests.attacks.people import Colleague, Visitor
from tests.infrastructure.smtp import SmtpServer
from tests.waiting import eventually

SECRET = "Kettenblatt"


async def commented(ana: Visitor, ben: Colleague) -> tuple[str, str]:
    """A conversation with a comment and a file in it, everything else that happens inside, and its end."""
    conversation_id = await ana.starts("Hello")
    its = {"conversation_id": conversation_id}
    await ana.asks("identify_contact", contact_id=ana.session["contact_id"], address="ana@example.org")
    file_id = (await ben.http.post("/api/files", files={"file": (f"{SECRET}.txt", SECRET.encode())})).json()["file_id"]
    assert (await ben.asks("assign_conversation", **its, account_id=ben.account_id)).status_code == 200
    answer = await ben.writes("add_comment", conversation_id, f"{SECRET}!", mentions=[ben.account_id], file_ids=[file_id])
    assert answer.status_code == 200
    assert (await ben.writes("post_message", conversation_id, "Good morning")).status_code == 200
    return conversation_id, file_id


async def test_a_comment_is_in_nothing_a_visitor_gets(ana: Visitor, ben: Colleague, mailbox: SmtpServer) -> None:
    before = len(mailbox.mails)
    async with ana.connects() as live:
        await live.send(orjson.dumps({"type": "hello", "token": ana.token}).decode())
        epoch = orjson.loads(await live.recv())["epoch"]
        conversation_id, file_id = await commented(ana, ben)
        assert (await ben.asks("close_conversation", conversation_id=conversation_id)).status_code == 200
        heard = ""
        while "conversation_closed" not in heard:
            heard += str(await live.recv())
    async with ana.connects() as again:
        await again.send(orjson.dumps({"type": "hello", "token": ana.token, "epoch": epoch, "position": 0}).decode())
        resumed = ""
        while "conversation_closed" not in resumed and '"resumed":false' not in resumed:
            resumed += str(await again.recv())
    [mail] = (await mailbox.received(before + 1, within=20))[before:]
    read = await ana.http.get(f"/api/widget/conversations/{conversation_id}")
    opened = orjson.dumps(await ana.opens()).decode()
    bodies = "".join(str(part.get_content()) for part in mail.message.walk() if part.get_content_maintype() == "text")
    assert "Good morning" in heard
    assert "Good morning" in read.text
    assert "Good morning" in bodies
    for told in (heard, resumed, read.text, opened, bodies, mail.content.decode()):
        assert not re.search(f"{SECRET}|comment_added|{file_id}", told)
    assert (await ana.http.get(f"/api/widget/files/{file_id}")).status_code == 404
    assert (await ben.http.get(f"/api/files/{file_id}")).status_code == 200


async def test_nor_is_the_moment_of_a_comment(ana: Visitor, ben: Colleague) -> None:
    conversation_id, _ = await commented(ana, ben)
    await eventually(lambda: said(ana, "Good morning"))
    before = (await ana.opens())["conversations"]
    await ben.writes("add_comment", conversation_id, "Once more")
    await eventually(lambda: row_says(ben, conversation_id, "Once more"))
    assert (await ana.opens())["conversations"] == before


async def test_nor_that_somebody_writes_one(ana: Visitor, ben: Colleague, vera: Colleague) -> None:
    conversation_id = await ana.starts("Hello")
    await eventually(lambda: said(ana, "Hello"))
    async with ana.connects() as live, ben.connects() as console, vera.connects() as looking_on:
        await live.send(orjson.dumps({"type": "hello", "token": ana.token}).decode())
        for one in (console, looking_on):
            await one.send('{"type":"hello"}')
            await one.recv()
        typing = {"type": "typing", "conversation_id": conversation_id}
        await looking_on.send(orjson.dumps(typing).decode())
        await console.send(orjson.dumps({**typing, "comment": True}).decode())
        await console.send(orjson.dumps({"type": "ask", "ask": hello_ask(conversation_id)}).decode())
        heard = ""
        while "After that" not in heard:
            heard += str(await live.recv())
    assert '"type":"typing"' not in heard


def hello_ask(conversation_id: str) -> dict[str, object]:
    return {
        "type": "post_message", "command_id": new_id(), "conversation_id": conversation_id, "message_id": new_id(),
        "written": {"text": "After that"},
    }  # fmt: skip


async def said(ana: Visitor, text: str) -> bool:
    return text in orjson.dumps(await ana.opens()).decode()


async def row_says(ben: Colleague, conversation_id: str, text: str) -> bool:
    return text in (await ben.http.get(f"/api/conversations/{conversation_id}")).text
