"""One mail, one SMTP conversation, step by step: whoever sends the final dot has noted before that it may be sent.

aiosmtplib's own `data()` sends content and dot in one go; here something must be committed between the two (promise 4), so
the last step is spoken with the same protocol object's `execute_command`, `write` and `read_response`.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from aiosmtplib import SMTP, SMTPException, SMTPResponseException, SMTPServerDisconnected
from aiosmtplib.protocol import PERIOD_REGEX, SMTPProtocol, normalize_message_line_endings

from services.notifications.message import Mail
from shared.crash import crash_point
from shared.settings import Settings

GO_AHEAD = 354
ANSWER_LENGTH = 900
Note = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Answer:
    """What became of an attempt, in the mail server's words. Not `answered`: it has the mail, and we never heard."""

    outcome: Literal["sent", "deferred", "failed"]
    text: str
    answered: bool = True


@dataclass
class Progress:
    """Whether the final dot has left: from then on, silence is a doubt."""

    dot_sent: bool = False


class NoMailServer(Exception):
    """The server did not even get to the envelope: this says nothing about the mail."""


async def deliver(settings: Settings, mail: Mail, note: Note) -> Answer:
    """Speaks to the mail server once. `note` is awaited when all but the dot has left; if it raises, no dot is sent."""
    progress = Progress()
    try:
        crash_point("mail_before_connect")
        async with _connected(settings) as client:
            await _envelope(client, mail)
            crash_point("mail_before_data")
            return await _content(client, mail, note, progress, settings.mail_answer_seconds)
    except SMTPResponseException as no:
        return _judged(no.code, no.message, progress)
    except (NoMailServer, SMTPException, OSError) as gone:
        return Answer("deferred", _words(str(gone) or type(gone).__name__), answered=not progress.dot_sent)


@asynccontextmanager
async def _connected(settings: Settings) -> AsyncIterator[SMTP]:
    """A greeted connection. Without credentials TLS is opportunistic, as between mail servers (RFC 7435): any certificate is
    better than none. With credentials, or smtps, the certificate must be right."""
    url = urlsplit(settings.smtp_url)
    over_tls = url.scheme == "smtps"
    client = SMTP(
        hostname=url.hostname, port=url.port, use_tls=over_tls,
        username=unquote(url.username) if url.username else None, password=unquote(url.password) if url.password else None,
        validate_certs=over_tls or bool(url.username), local_hostname=_own_name(settings), timeout=settings.mail_step_seconds,
    )  # fmt: skip
    try:
        try:
            await client.connect()
        except (SMTPException, OSError) as no:
            raise NoMailServer(str(no) or type(no).__name__) from no
        yield client
    finally:
        client.close()


def _own_name(settings: Settings) -> str:
    host = urlsplit(settings.public_url).hostname or "localhost"
    return f"[{host}]" if host.replace(".", "").isdigit() else host


async def _envelope(client: SMTP, mail: Mail) -> None:
    options, encoding = [], "ascii"
    if client.supports_extension("size"):
        options.append(f"SIZE={len(mail.content)}")
    if mail.utf8:
        if not client.supports_extension("smtputf8"):
            raise SMTPResponseException(553, "The mail server does not take addresses with letters beyond ASCII")
        options.append("SMTPUTF8")
        encoding = "utf-8"
    await client.mail(mail.sender, options=options, encoding=encoding)
    await client.rcpt(mail.recipient, encoding=encoding)


async def _content(client: SMTP, mail: Mail, note: Note, progress: Progress, patience: float) -> Answer:
    protocol: SMTPProtocol | None = client.protocol
    if protocol is None:
        raise SMTPServerDisconnected("Connection lost")
    ready = await protocol.execute_command(b"DATA", timeout=client.timeout)
    if ready.code != GO_AHEAD:
        return _judged(ready.code, ready.message, progress)
    protocol.write(PERIOD_REGEX.sub(b"..", normalize_message_line_endings(mail.content)))
    await note()
    crash_point("mail_after_data_sent")
    protocol.write(b".\r\n")
    progress.dot_sent = True
    crash_point("mail_after_dot")
    said = await protocol.read_response(timeout=patience)
    crash_point("mail_after_answer")
    if protocol.is_connected:
        protocol.write(b"QUIT\r\n")
    return _judged(said.code, said.message, progress)


def _judged(code: int, message: str, progress: Progress) -> Answer:
    """2xx after the dot is delivered, 5xx never, 4xx later. Anything else is no answer."""
    text = _words(f"{code} {message}" if code > 0 else message)
    match code // 100:
        case 2 if progress.dot_sent:
            return Answer("sent", text)
        case 5:
            return Answer("failed", text)
        case 4:
            return Answer("deferred", text)
        case _:
            return Answer("deferred", text, answered=not progress.dot_sent)


def _words(text: str) -> str:
    return " ".join(text.encode(errors="replace").decode().replace("\x00", " ").split())[:ANSWER_LENGTH]
