"""An address may become a name (whoever gave none is called by it), so it steers a line no more than a name does."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from deploy.wiring import services
from shared.contracts.asks import AgentAsk, VisitorAsk
from shared.contracts.conversations import NoteTranscript
from shared.messages import Address, GivenName

ADDRESS, NAME = TypeAdapter[str](Address), TypeAdapter[str](GivenName)
PATTERN = ADDRESS.json_schema()["pattern"]
STEERING = st.one_of(
    st.characters(categories=["Cc"]), st.sampled_from([chr(n) for n in (*range(0x2028, 0x202F), *range(0x2066, 0x206A))])
)
PARTS = st.text(st.characters(categories=["L", "N"]), max_size=20)


COMMANDS = [one for service in services() for decider in service.deciders for one in decider.commands]
ASKS = [*get_args(get_args(AgentAsk)[0]), *get_args(get_args(VisitorAsk)[0])]


@given(PARTS, STEERING, PARTS, st.sampled_from(["{}@home.example", "ana@{}.example", "ana@home.{}"]))
def test_no_letter_of_an_address_steers(before: str, steers: str, after: str, shape: str) -> None:
    with pytest.raises(ValidationError):
        ADDRESS.validate_python(shape.format(f"a{before}{steers}{after}z"))


@given(st.from_regex(PATTERN, fullmatch=True).filter(lambda text: len(text) <= 120))
def test_an_address_is_a_name_as_it_is(address: str) -> None:
    assert NAME.validate_python(ADDRESS.validate_python(address)) == address


@pytest.mark.parametrize("address", ["ana@home.example", "jörg.müller+rad@fahrräder.example", "宮崎@例え.テスト", "o'neil@x.co"])
def test_people_have_all_kinds_of_addresses(address: str) -> None:
    assert ADDRESS.validate_python(address) == address


@pytest.mark.parametrize("kind", [one for one in (*COMMANDS, *ASKS) if one is not NoteTranscript], ids=lambda kind: kind.__name__)
def test_whoever_tells_an_address_tells_one_of_these(kind: type[BaseModel]) -> None:
    """All but the one that only quotes an event."""
    fields = kind.model_json_schema()["properties"]
    assert all(json.dumps(PATTERN) in json.dumps(field) for name, field in fields.items() if "address" in name)
