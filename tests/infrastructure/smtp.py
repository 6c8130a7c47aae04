"""An SMTP server that records what it takes and fails as told.

async with SmtpServer() as smtp:
    smtp.will(Fault("rcpt", reply="550 5.1.1 No such person"))      # once; times=None: always
    smtp.will(Fault("accepted", drop=True))                         # keeps the mail, loses the 250
    smtp.will(Fault("data", delay=30))                              # seconds of silence, then as usual
    [mail] = await smtp.received(1)
    mail.message["Subject"]
"""

import asyncio
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Literal, Self

from aiosmtpd.smtp import SMTP, Envelope, Session

Phase = Literal["connect", "hello", "mail", "rcpt", "data", "content", "accepted"]


@dataclass
class Fault:
    """What happens when a phase is reached: a delay in seconds, then a reply instead of the usual one, or a dropped
    connection. `content` is after the final dot and before the mail is kept, `accepted` after it is kept."""

    phase: Phase
    reply: str | None = None
    delay: float = 0.0
    drop: bool = False
    times: int | None = 1


@dataclass(frozen=True)
class ReceivedMail:
    sender: str
    recipients: tuple[str, ...]
    content: bytes
    arrived_at: float  # seconds since the epoch

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)


class SmtpServer:
    def __init__(self) -> None:
        self.mails: list[ReceivedMail] = []
        self.attempts = 0  # connections so far
        self._faults: list[Fault] = []
        self._arrived = asyncio.Condition()
        self._listener: asyncio.Server | None = None
        self._port = 0
        self._open: set[FaultySmtp] = set()

    @property
    def port(self) -> int:
        return self._port

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._port}"

    def will(self, *faults: Fault) -> None:
        self._faults.extend(faults)

    def heal(self) -> None:
        self._faults.clear()

    async def received(self, count: int, within: float = 10.0) -> list[ReceivedMail]:
        """Waits until so many mails are here, however many seconds `within` allows. TimeoutError otherwise."""
        async with self._arrived, asyncio.timeout(within):
            await self._arrived.wait_for(lambda: len(self.mails) >= count)
        return self.mails

    async def start(self) -> Self:
        """On a free port at first, on the same port ever after."""
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(lambda: FaultySmtp(self), "127.0.0.1", self._port)
        self._port = int(self._listener.sockets[0].getsockname()[1])
        return self

    async def stop(self) -> None:
        if self._listener is None:
            return
        self._listener.close()
        for connection in list(self._open):
            connection.hang_up()
        await self._listener.wait_closed()
        self._listener = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.stop()

    async def keep(self, envelope: Envelope) -> None:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        recipients = tuple(str(address) for address in envelope.rcpt_tos)
        async with self._arrived:
            self.mails.append(ReceivedMail(str(envelope.mail_from), recipients, content, time.time()))
            self._arrived.notify_all()

    def next_fault(self, phase: Phase) -> Fault | None:
        for fault in self._faults:
            if fault.phase == phase:
                if fault.times is not None:
                    fault.times -= 1
                if fault.times == 0:
                    self._faults.remove(fault)
                return fault
        return None

    def opened(self, connection: "FaultySmtp") -> None:
        self.attempts += 1
        self._open.add(connection)

    def closed(self, connection: "FaultySmtp") -> None:
        self._open.discard(connection)


class Hooks:
    """aiosmtpd asks these at each step; None means: as usual."""

    def __init__(self, server: SmtpServer) -> None:
        self.server = server

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, smtp: "FaultySmtp", session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if (reply := await smtp.misbehave("mail")) is not None:
            return reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, smtp: "FaultySmtp", session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if (reply := await smtp.misbehave("rcpt")) is not None:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, smtp: "FaultySmtp", session: Session, envelope: Envelope
    ) -> str:
        if (reply := await smtp.misbehave("content")) is not None:
            return reply
        await self.server.keep(envelope)
        return await smtp.misbehave("accepted") or "250 OK: kept"


class FaultySmtp(SMTP):
    greeted = False

    def __init__(self, server: SmtpServer) -> None:
        super().__init__(Hooks(server), hostname="mail.example", enable_SMTPUTF8=True, ident="Recorder")
        self.recorder = server

    async def misbehave(self, phase: Phase) -> str | None:
        """The reply to give instead of the usual one. Never returns once it has hung up."""
        fault = self.recorder.next_fault(phase)
        if fault is None:
            return None
        await asyncio.sleep(fault.delay)
        if fault.drop:
            self.hang_up()
            await asyncio.Event().wait()  # losing the connection cancels this task
        return fault.reply

    def hang_up(self) -> None:
        if self.transport is not None:
            self.transport.abort()  # type: ignore[attr-defined]

    async def push(self, status: Any) -> None:
        """The first thing pushed on a connection is the greeting."""
        if not self.greeted:
            self.greeted = True
            status = await self.misbehave("connect") or status
        await super().push(status)

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802 - aiosmtpd's name
        if (reply := await self.misbehave("hello")) is not None:
            await self.push(reply)
            return
        await super().smtp_EHLO(hostname)

    async def smtp_HELO(self, hostname: str) -> None:  # noqa: N802 - aiosmtpd's name
        """What a client tries when EHLO is refused; so a refusal at `hello` needs times=2."""
        if (reply := await self.misbehave("hello")) is not None:
            await self.push(reply)
            return
        await super().smtp_HELO(hostname)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        if (reply := await self.misbehave("data")) is not None:
            await self.push(reply)
            return
        await super().smtp_DATA(arg)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.recorder.opened(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.recorder.closed(self)
        super().connection_lost(error)
