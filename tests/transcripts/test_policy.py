"""What follows from the end of a conversation, and from the end of a mail."""

from typing import Any

from services.transcripts.policy import Ending, hear_conversations, hear_notifications
from shared.contracts.notifications import DeliveryFailed, DeliverySent
from shared.contracts.transcripts import ConsiderTranscript, RecordDelivery
from tests.examples import ANA as ANA_HERSELF
from tests.examples import CONVERSATION, NOON, closed, id_of, said
from tests.transcripts.examples import ANAS_ADDRESS, FALLBACK, MESSAGE_ID, TRANSCRIPT
from tests.transcripts.recording import recorded

ENDING = Ending(switched_on=True, to_address=ANAS_ADDRESS, from_address=FALLBACK, company="Spoke & Larch", locale="de-AT")
MAIL: dict[str, Any] = {
    "at": NOON, "delivery_id": id_of("delivery"), "source_id": TRANSCRIPT, "conversation_id": CONVERSATION, "attempt": 1,
    "message_id": MESSAGE_ID, "answer": "250 OK",
}  # fmt: skip


def test_an_end_is_considered_with_its_facts() -> None:
    [command] = hear_conversations(recorded(closed(with_bot=True, ticket_id=id_of("ticket"))), ENDING)
    assert isinstance(command, ConsiderTranscript)
    assert (command.with_bot, command.ticket_id, command.to_address) == (True, id_of("ticket"), ANAS_ADDRESS)
    assert command.subject == "Ihre Unterhaltung mit Spoke & Larch"


def test_the_same_end_asks_the_same_and_another_end_something_else() -> None:
    end = recorded(closed())
    [first], [again], [other] = (hear_conversations(one, ENDING) for one in (end, end, recorded(closed())))
    assert first == again
    assert isinstance(first, ConsiderTranscript)
    assert isinstance(other, ConsiderTranscript)
    assert first.transcript_id != other.transcript_id


def test_a_message_asks_for_nothing() -> None:
    assert hear_conversations(recorded(said(ANA_HERSELF)), ENDING) == []


def test_a_delivered_mail_is_recorded() -> None:
    [command] = hear_notifications(recorded(DeliverySent(**MAIL, maybe_twice=True)), None)
    assert isinstance(command, RecordDelivery)
    assert (command.transcript_id, command.delivered, command.maybe_twice) == (TRANSCRIPT, True, True)


def test_a_failed_mail_is_recorded_with_the_servers_words() -> None:
    [command] = hear_notifications(recorded(DeliveryFailed(**MAIL | {"answer": "550 No such person"})), None)
    assert isinstance(command, RecordDelivery)
    assert (command.delivered, command.error) == (False, "550 No such person")
