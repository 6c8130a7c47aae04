"""Notifications, wired: `python -m services.notifications`."""

from pathlib import Path

from pydantic import TypeAdapter

from services.notifications import policy, projection
from services.notifications.deciders import delivery, notice
from services.notifications.mailer import Mailer
from services.notifications.queries import known_of
from shared.contracts.conversations import ConversationsEvent
from shared.contracts.notifications import NotificationsCommand, NotificationsEvent
from shared.contracts.transcripts import TranscriptOf, TranscriptsEvent
from shared.process import run
from shared.service import Hears, Projects, Service

mailer = Mailer()

service = Service(
    name="notifications",
    folder=Path(__file__).parent,
    commands=TypeAdapter(NotificationsCommand),
    events=TypeAdapter(NotificationsEvent),
    deciders=(delivery.DECIDER, notice.DECIDER),
    asks={"transcripts": (TranscriptOf,)},
    hears=(
        Hears("transcripts", TypeAdapter(TranscriptsEvent), policy.TRANSCRIPTS, policy.hear_transcripts),
        Hears("conversations", TypeAdapter(ConversationsEvent), policy.CONVERSATIONS, policy.hear_conversations, known_of),
    ),
    projects=(
        Projects(
            "conversations", TypeAdapter(ConversationsEvent), projection.CONVERSATIONS, projection.project_conversations
        ),
        Projects("notifications", TypeAdapter(NotificationsEvent), projection.OWN, mailer.project),
    ),
    workers=(mailer.send_mail,),
)  # fmt: skip

if __name__ == "__main__":
    run(service)
