"""A field that came to a command later changes nothing about those that were sent before it came."""

from shared.contracts.conversations import CloseConversation
from shared.eventlog import digest
from tests.examples import BEN, CONVERSATION, NOON, id_of

CLOSE = CloseConversation(command_id=id_of("close"), at=NOON, actor=f"agent:{BEN.id}", conversation_id=CONVERSATION)
AS_IT_WAS = bytes.fromhex("87d7951bd9d80cb3")
"""What logs have of this very command from before it had `with_ticket`."""


def test_a_command_repeated_after_the_upgrade_is_the_one_sent_before_it() -> None:
    assert digest(CLOSE) == AS_IT_WAS


def test_what_asks_for_the_new_thing_is_another_command_and_arrives() -> None:
    with_ticket = CLOSE.model_copy(update={"with_ticket": True})
    assert digest(with_ticket) != AS_IT_WAS
    assert CloseConversation.model_validate_json(with_ticket.model_dump_json()) == with_ticket
    assert CloseConversation.model_validate_json(CLOSE.model_dump_json()) == CLOSE


def test_an_older_instance_does_not_see_it_either() -> None:
    """It takes no field it does not know."""
    assert "with_ticket" not in CLOSE.model_dump()
