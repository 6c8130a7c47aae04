"""Frames as strangers send them."""

import json

import orjson
import pytest

from services.gateway.live.incoming import AGENT_FRAMES, VISITOR_FRAMES, NotJson, Unreadable, check_no_nul, read
from shared.contracts.live import Hello, Pong, VisitorAskFrame
from shared.messages import new_id
from tests.examples import CONVERSATION, id_of

COMMAND = new_id()


def post(text: str = "Hello", **changes: object) -> dict[str, object]:
    ask = {
        "type": "post_message", "command_id": COMMAND, "conversation_id": CONVERSATION, "message_id": new_id(),
        "written": {"text": text},
    }  # fmt: skip
    return {"type": "ask", "ask": ask | changes}


def test_what_is_right_is_read() -> None:
    assert read(VISITOR_FRAMES, '{"type":"pong"}') == Pong()
    assert read(VISITOR_FRAMES, '{"type":"hello","token":"x"}') == Hello(token="x")
    assert isinstance(read(VISITOR_FRAMES, orjson.dumps(post())), VisitorAskFrame)


@pytest.mark.parametrize("text", ["", "{", "nonsense", '{"type":"pong","x":NaN}', "[" * 5000 + "]" * 5000])
def test_what_is_no_json_is_no_client_of_ours(text: str) -> None:
    with pytest.raises(NotJson):
        read(VISITOR_FRAMES, text)


@pytest.mark.parametrize(
    "text", ["1", "null", "[]", '"\\ud800"', '{"type":"nope"}', '{"type":"pong","more":1}', '{"type":"viewing"}']
)
def test_what_is_not_in_the_protocol_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(VISITOR_FRAMES, text)
    assert refused.value.command_id is None
    assert refused.value.problem().code == "invalid"


def test_a_nul_is_found_however_deep() -> None:
    deep = '{"x":' * 900 + '"\\u0000"' + "}" * 900
    with pytest.raises(Unreadable, match="NUL"):
        check_no_nul(deep)
    check_no_nul(deep.replace("u0000", "u0001"))


def test_a_wrong_ask_is_refused_under_its_own_id() -> None:
    with pytest.raises(Unreadable, match=r"message_id") as refused:
        read(VISITOR_FRAMES, orjson.dumps(post(message_id="7")))
    assert refused.value.command_id == COMMAND


def test_half_an_emoji_is_refused_under_its_own_id() -> None:
    with pytest.raises(Unreadable, match="Invalid JSON") as refused:
        read(VISITOR_FRAMES, json.dumps(post("Nice \ud83d")))
    assert refused.value.command_id == COMMAND


def test_an_id_that_is_none_is_not_repeated() -> None:
    with pytest.raises(Unreadable) as refused:
        read(VISITOR_FRAMES, orjson.dumps(post(command_id="<script>")))
    assert refused.value.command_id is None


def test_a_visitor_cannot_ask_what_is_for_agents() -> None:
    close = {"type": "ask", "ask": {"type": "close_conversation", "command_id": COMMAND, "conversation_id": CONVERSATION}}
    assert read(AGENT_FRAMES, orjson.dumps(close)).ask.command_id == COMMAND
    with pytest.raises(Unreadable):
        read(VISITOR_FRAMES, orjson.dumps(close))


def test_nobody_says_who_they_are_or_when_it_is() -> None:
    for field, value in (("actor", "agent:x"), ("at", "2020-01-01T00:00:00Z"), ("author", "Ben")):
        with pytest.raises(Unreadable):
            read(AGENT_FRAMES, orjson.dumps(post(**{field: value})))


def test_nul_is_refused_and_its_spelling_is_not() -> None:
    with pytest.raises(Unreadable, match="NUL"):
        read(VISITOR_FRAMES, orjson.dumps(post("a\0b")))
    assert read(VISITOR_FRAMES, orjson.dumps(post("type \\u0000 in JSON"))).ask.written.text == "type \\u0000 in JSON"


def test_ids_that_can_be_foreseen_are_ours_to_make() -> None:
    for field in ("command_id", "message_id"):
        with pytest.raises(Unreadable, match=field):
            read(VISITOR_FRAMES, orjson.dumps(post(**{field: id_of("foreseen")})))
