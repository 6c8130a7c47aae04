"""Transcripts, wired: `python -m services.transcripts`."""

from pathlib import Path

from pydantic import TypeAdapter

from services.transcripts import decider, policy, projection, queries
from services.transcripts.rendering import transcript_of
from shared.contracts.conversations import ConversationsEvent
from shared.contracts.notifications import NotificationsEvent
from shared.contracts.transcripts import SendTranscript, TranscriptOf, TranscriptsCommand, TranscriptsEvent
from shared.process import run
from shared.reading import StreamEvents
from shared.service import Hears, Projects, Service

service = Service(
    name="transcripts",
    folder=Path(__file__).parent,
    commands=TypeAdapter(TranscriptsCommand),
    events=TypeAdapter(TranscriptsEvent),
    deciders=(decider.DECIDER,),
    enriches={SendTranscript: queries.fill_in},
    queries={TranscriptOf: transcript_of},
    asks={"conversations": (StreamEvents,)},
    hears=(
        Hears(
            "conversations", TypeAdapter(ConversationsEvent), policy.CONVERSATIONS, policy.hear_conversations,
            queries.ending_of,
        ),
        Hears("notifications", TypeAdapter(NotificationsEvent), policy.NOTIFICATIONS, policy.hear_notifications),
    ),
    projects=(Projects("conversations", TypeAdapter(ConversationsEvent), projection.CONVERSATIONS, projection.project),),
)  # fmt: skip

if __name__ == "__main__":
    run(service)
