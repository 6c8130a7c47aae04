"""One attempt to deliver one mail: its state from the log, its content from its owner, its result into the log."""

import asyncio

import structlog
from pydantic import TypeAdapter

from services.notifications.deciders.delivery import DECIDER, Delivery
from services.notifications.message import Unmailable, compose
from services.notifications.retrying import retry_at
from services.notifications.smtp import Answer, deliver
from shared.clock import now
from shared.contracts.notifications import (
    AttemptIsOver,
    DeliveryRequested,
    MarkDataSent,
    NotificationsEvent,
    RecordAttempt,
)  # fmt: skip
from shared.contracts.transcripts import RenderedTranscript, TranscriptOf
from shared.errors import Refused, RefusedElsewhere, Unavailable
from shared.eventlog import Trail
from shared.messages import new_id
from shared.service import Parts

log = structlog.get_logger()

ACTOR = "service:notifications"
PAUSE_SECONDS = 1.0  # between tries to record what is known only here
_EVENTS: TypeAdapter[NotificationsEvent] = TypeAdapter(NotificationsEvent)


class Attempt:
    """The next attempt of a delivery. `data_sent`: the mail server may have the mail; better wait for its answer now."""

    def __init__(self, parts: Parts, delivery_id: str) -> None:
        self._parts, self._id = parts, delivery_id
        self._trail = Trail(delivery_id, delivery_id)
        self._since = now()
        self._number = 0
        self.data_sent = False

    async def make(self) -> None:
        """Tries once, if it is time, and records the result. Raises whatever kept the mail server from being asked."""
        delivery = await self._load()
        if delivery.requested is None or delivery.settled or (delivery.retry_at and delivery.retry_at > now()):
            return
        self._number = delivery.attempt + 1
        try:
            answer = await self._try(delivery.requested, self._number)
        except AttemptIsOver:
            log.info("attempt_is_over", delivery_id=self._id, attempt=self._number)
        else:
            await self._record(self._number, answer)

    async def gave_up(self, why: str) -> bool:
        """Records that `make` has failed for the last time, if the mail has waited for as long as a mail does."""
        hopeless = self._number > 0 and retry_at(self._parts.settings, self._number, self._since, now()) is None
        if hopeless:
            await self._record(self._number, Answer("failed", why, answered=not self.data_sent))
        return hopeless

    async def _load(self) -> Delivery:
        """From the log itself: the read model may be behind what was recorded a moment ago."""
        raws = await self._parts.events.stream(f"delivery-{self._id}")
        if raws:
            self._trail, self._since = Trail(raws[0].correlation_id, raws[-1].event_id), raws[0].recorded_at
        state: Delivery = DECIDER.fold(DECIDER.initial, [raw.read(_EVENTS).event for raw in raws])
        return state

    async def _try(self, requested: DeliveryRequested, number: int) -> Answer:
        mark = MarkDataSent(command_id=new_id(), at=now(), actor=ACTOR, delivery_id=self._id, attempt=number)

        async def note() -> None:
            await self._parts.handler.handle(mark, self._trail)
            self.data_sent = True

        try:
            mail = compose(requested, *await self._written(requested))
        except Unmailable as never:
            return Answer("failed", str(never))
        except RefusedElsewhere as no:
            if no.problem().status >= 500:
                raise Unavailable(str(no)) from no
            return Answer("failed", f"there is nothing to send: {no.problem().title}")
        return await deliver(self._parts.settings, mail, note)

    async def _written(self, requested: DeliveryRequested) -> tuple[str, str]:
        """HTML and text of the transcript, part by part."""
        html, text, part, parts = "", "", 0, 1
        while part < parts:
            answer = await self._parts.bus.ask("transcripts", TranscriptOf(transcript_id=requested.source_id, part=part))
            rendered = RenderedTranscript.model_validate(answer)
            html, text, part, parts = html + rendered.html, text + rendered.text, part + 1, rendered.parts
        return html, text

    async def _record(self, number: int, answer: Answer) -> None:
        """The answer is known only here: it is kept until the log has it."""
        at = now()
        again = retry_at(self._parts.settings, number, self._since, at) if answer.outcome == "deferred" else None
        command = RecordAttempt(
            command_id=new_id(), at=at, actor=ACTOR, delivery_id=self._id, attempt=number, answered=answer.answered,
            outcome="failed" if answer.outcome == "deferred" and again is None else answer.outcome,
            answer=answer.text, retry_at=again,
        )  # fmt: skip
        while True:
            try:
                await self._parts.handler.handle(command, self._trail)
            except Unavailable:
                await asyncio.sleep(PAUSE_SECONDS)
            except Refused:
                log.exception("attempt_not_recorded", delivery_id=self._id, attempt=number)
                return
            else:
                log.info("mail_attempted", delivery_id=self._id, attempt=number, outcome=command.outcome, answer=answer.text)
                return
