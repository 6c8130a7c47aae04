"""Events travel as CloudEvents 1.0 and come back the same."""

import re
import uuid
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from shared.contracts.conversations import ConversationsEvent
from shared.envelope import Raw, from_wire, subject_of, to_wire
from tests.examples import ANA, commented, said, started_with_larch

EVENTS: TypeAdapter[Any] = TypeAdapter(ConversationsEvent)
UUID = st.integers(0, 2**128 - 1).map(lambda number: str(uuid.UUID(int=number)))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
NUMBER = st.integers(1, 2**53)
BODY = st.dictionaries(TEXT, st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT, max_size=4).map(orjson.dumps)
RAW = st.builds(
    Raw,
    position=NUMBER, stream_id=UUID.map(lambda i: f"conversation-{i}"), revision=st.integers(1, 2**31 - 1), event_id=UUID,
    type=st.sampled_from(["message_posted", "contact_met"]), body=BODY,
    actor=UUID.map(lambda i: f"agent:{i}"), correlation_id=UUID, causation_id=UUID,
    recorded_at=st.datetimes(min_value=datetime(2020, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is given beside
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(RAW)
def test_what_is_sent_arrives(raw: Raw) -> None:
    arrived = from_wire(to_wire(raw, "conversations"))
    assert orjson.loads(arrived.body) == orjson.loads(raw.body)
    assert arrived == Raw(**{name: getattr(raw, name) for name in Raw.__slots__} | {"body": arrived.body})


@settings(max_examples=50, deadline=None)
@given(RAW)
def test_every_message_is_a_cloud_event(raw: Raw) -> None:
    """The four required attributes, and names of extensions as CloudEvents wants them: lower-case letters and digits."""
    message = orjson.loads(to_wire(raw, "conversations"))
    assert message["specversion"] == "1.0"
    assert (message["id"], message["type"], message["source"]) == (raw.event_id, raw.type, "/parley/conversations")
    assert datetime.fromisoformat(message["time"]) == raw.recorded_at
    assert all(re.fullmatch(r"[a-z0-9]{1,20}", name) for name in message)


@settings(max_examples=50, deadline=None)
@given(RAW)
def test_the_subject_names_service_stream_and_type(raw: Raw) -> None:
    assert subject_of(raw, "conversations") == f"conversations.event.{raw.stream_id}.{raw.type}"


@settings(max_examples=50, deadline=None)
@given(TEXT)
def test_an_event_of_ours_reads_back_as_it_was(text: str) -> None:
    for event in (started_with_larch(), said(ANA, text), commented(text=text)):
        body = event.model_dump_json().encode()
        raw = Raw(1, "conversation-1", 1, ANA.id, event.type, body, "agent:1", ANA.id, ANA.id, event.at)
        assert from_wire(to_wire(raw, "conversations")).read(EVENTS).event == event


def test_a_newer_writers_field_is_ignored() -> None:
    event = said(ANA)
    body = event.model_dump(mode="json") | {"mood": "sunny"}
    raw = Raw(1, "conversation-1", 1, ANA.id, event.type, orjson.dumps(body), "agent:1", ANA.id, ANA.id, event.at)
    assert raw.read(EVENTS).event == event


@pytest.mark.parametrize("message", [b"", b"[]", b"null", b"3", b"{}", b'{"id": 1}', b"\xff", b"{"])
def test_what_is_no_envelope_says_so(message: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_wire(message)


@given(st.binary(max_size=200))
def test_noise_is_never_taken_for_an_event(noise: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_wire(noise)
