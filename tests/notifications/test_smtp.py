"""How the mail server is spoken to: TLS, credentials, addresses beyond ASCII."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import trustme
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP, AuthResult

from services.notifications.message import Mail, compose
from services.notifications.smtp import Answer, deliver
from shared.settings import Settings
from tests.infrastructure.smtp import Fault, SmtpServer
from tests.notifications.examples import requested

MAIL = compose(requested(), "<p>Hello</p>", "Hello\n.\n.. dots\n")


@pytest.fixture(scope="module")
def certificate() -> ssl.SSLContext:
    """One that nobody we know has signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


def settings(port: int, user: str = "") -> Settings:
    given = {"database_url": "postgresql://x", "nats_url": "nats://x", "secret": "x" * 32, "mail_step_seconds": 5}
    return Settings.model_validate(given | {"smtp_url": f"smtp://{user}127.0.0.1:{port}"})


async def noted() -> None:
    """The mark is in the log."""


async def sent(port: int, user: str = "", mail: Mail = MAIL, note: Callable[[], Awaitable[None]] = noted) -> Answer:
    return await deliver(settings(port, user), mail, note)


@asynccontextmanager
async def serving(make: Callable[[], SMTP]) -> AsyncIterator[int]:
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
    yield int(server.sockets[0].getsockname()[1])
    server.close()
    await server.wait_closed()


async def test_any_certificate_is_better_than_none_between_mail_servers(certificate: ssl.SSLContext) -> None:
    async with serving(lambda: SMTP(Sink(), tls_context=certificate, require_starttls=True)) as port:
        assert (await sent(port)).outcome == "sent"


async def test_a_password_is_not_told_to_a_server_nobody_vouches_for(certificate: ssl.SSLContext) -> None:
    asked: list[object] = []

    def authenticate(*facts: object) -> AuthResult:
        asked.append(facts)
        return AuthResult(success=True)

    async with serving(lambda: SMTP(Sink(), tls_context=certificate, authenticator=authenticate)) as port:
        answer = await sent(port, "ben:secret@")
    assert (answer.outcome, asked) == ("deferred", [])


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # that the server takes them without TLS is the test
async def test_credentials_are_given_where_they_are_asked_for() -> None:
    asked: list[object] = []

    def authenticate(*facts: object) -> AuthResult:
        asked.append(facts)
        return AuthResult(success=True)

    async with serving(lambda: SMTP(Sink(), authenticator=authenticate, auth_required=True, auth_require_tls=False)) as port:
        assert (await sent(port, "ben%40shop.example:p%3Ass@")).outcome == "sent"
    assert b"ben@shop.example" in repr(asked).encode()


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # that the server takes them without TLS is the test
async def test_wrong_credentials_are_our_fault_not_the_mails() -> None:
    def refuse(*_: object) -> AuthResult:
        return AuthResult(success=False)

    async with serving(lambda: SMTP(Sink(), authenticator=refuse, auth_required=True, auth_require_tls=False)) as port:
        answer = await sent(port, "ben:wrong@")
    assert answer.outcome == "deferred"


async def test_dots_arrive_as_they_were_written() -> None:
    async with SmtpServer() as smtp:
        assert await sent(smtp.port) == Answer("sent", "250 OK: kept")
        [mail] = smtp.mails
    assert mail.content.replace(b"\r\n", b"\n") == MAIL.content.replace(b"\r\n", b"\n")


async def test_a_name_beyond_ascii_goes_where_it_is_understood() -> None:
    mail = compose(requested(to_address="jörg@home.example"), "<p>Hello</p>", "Hello\n")
    async with SmtpServer() as smtp:
        assert (await sent(smtp.port, mail=mail)).outcome == "sent"
        assert smtp.mails[0].recipients == ("jörg@home.example",)
    async with serving(lambda: SMTP(Sink(), enable_SMTPUTF8=False)) as port:
        assert (await sent(port, mail=mail)).outcome == "failed"


async def test_no_dot_without_the_mark() -> None:
    async def refused() -> None:
        raise ConnectionError("the log is away")

    async with SmtpServer() as smtp:
        assert await sent(smtp.port, note=refused) == Answer("deferred", "the log is away")
        assert await sent(smtp.port) == Answer("sent", "250 OK: kept")
        assert len(smtp.mails) == 1


@pytest.mark.parametrize("reply", ["250-one\r\n250 two", "299 OK", "250"])
async def test_every_way_to_say_yes(reply: str) -> None:
    async with SmtpServer() as smtp:
        smtp.will(Fault("content", reply=reply))
        assert (await sent(smtp.port)).outcome == "sent"


@pytest.mark.parametrize("reply", ["", "x" * 100_000, "999 What", "354 Go on", "-1 no", "2"])
async def test_what_is_no_answer_leaves_it_in_doubt(reply: str) -> None:
    async with SmtpServer() as smtp:
        smtp.will(Fault("content", reply=reply))
        answer = await sent(smtp.port)
    assert (answer.outcome, answer.answered) == ("deferred", False)
    assert len(answer.text) <= 1000
