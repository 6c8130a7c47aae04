"""The servers the tests stand on do what the tests rely on."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import aiosmtplib
import asyncpg
import nats
import psutil
import pytest
from playwright.async_api import async_playwright

from deploy.install import ROOT
from tests.infrastructure.browser import Browser, chromium, packed_chromium
from tests.infrastructure.nats import Nats, nats_server
from tests.infrastructure.postgres import Postgres, postgres_server
from tests.infrastructure.smtp import Fault, SmtpServer
from tests.infrastructure.tcp_proxy import TcpProxy

MAIL = "From: ben@shop.example\r\nTo: ana@home.example\r\nSubject: Hello\r\n\r\nYour bicycle is ready.\r\n"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    with postgres_server(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Nats]:
    with nats_server(tmp_path) as server:
        yield server


async def test_postgres_keeps_what_was_committed_through_kill_9(database: Postgres) -> None:
    url = database.fresh_database()
    connection = await asyncpg.connect(url)
    await connection.execute("create table note (body text); insert into note values ('kept')")

    database.restart()

    assert database.sql("select body from note", url) == "kept"
    connection.terminate()


async def test_a_fresh_database_is_empty_and_can_be_dropped(database: Postgres) -> None:
    url = database.fresh_database()
    assert database.sql("select count(*) from pg_tables where schemaname = 'public'", url) == "0"
    database.drop_database(url)
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await asyncpg.connect(url)


async def test_a_paused_postgres_answers_nobody_until_resumed(database: Postgres) -> None:
    connection = await asyncpg.connect(database.url)
    database.pause()
    with pytest.raises(TimeoutError):
        await asyncpg.connect(database.url, timeout=0.1)
    database.resume()
    assert await connection.fetchval("select 1") == 1
    await connection.close()


async def test_jetstream_keeps_its_stream_through_restart_and_loses_it_by_wipe(broker: Nats) -> None:
    client = await nats.connect(broker.url)
    stream = client.jetstream()
    await stream.add_stream(name="NOTES", subjects=["notes.>"])
    assert (await stream.publish("notes.one", b"kept")).seq == 1
    await client.close()

    broker.restart(broker.program().stop_signal)
    assert await stream_names(broker) == ["NOTES"]
    broker.wipe()
    assert await stream_names(broker) == []


async def stream_names(broker: Nats) -> list[str]:
    client = await nats.connect(broker.url)
    names = [info.config.name or "" for info in await client.jetstream().streams_info()]
    await client.close()
    return names


async def test_nothing_survives_kill_9(broker: Nats) -> None:
    process = psutil.Process(broker.pid)
    broker.kill()
    assert not process.is_running()
    assert not broker.running


async def send(smtp: SmtpServer) -> None:
    await aiosmtplib.send(
        MAIL, sender="ben@shop.example", recipients=["ana@home.example"],
        hostname="127.0.0.1", port=smtp.port, start_tls=False, timeout=5,
    )  # fmt: skip


async def test_smtp_records_a_mail() -> None:
    async with SmtpServer() as smtp:
        await send(smtp)
        [mail] = await smtp.received(1)
    assert mail.recipients == ("ana@home.example",)
    assert mail.message["Subject"] == "Hello"


@pytest.mark.parametrize("phase", ["connect", "hello", "mail", "rcpt", "data", "content"])
async def test_smtp_refuses_once_at_each_phase(phase: str) -> None:
    async with SmtpServer() as smtp:
        times = 2 if phase == "hello" else 1  # EHLO, then HELO
        smtp.will(Fault(phase, reply="451 4.3.0 Later", times=times))  # type: ignore[arg-type]
        with pytest.raises(aiosmtplib.SMTPException):
            await send(smtp)
        assert smtp.mails == []
        await send(smtp)
        assert len(smtp.mails) == 1


async def test_smtp_loses_the_250_after_keeping_the_mail() -> None:
    async with SmtpServer() as smtp:
        smtp.will(Fault("accepted", drop=True))
        with pytest.raises(aiosmtplib.SMTPServerDisconnected):
            await send(smtp)
        assert len(await smtp.received(1)) == 1


async def test_smtp_comes_back_on_its_port() -> None:
    async with SmtpServer() as smtp:
        port = smtp.port
        await smtp.stop()
        with pytest.raises(aiosmtplib.SMTPConnectError):
            await send(smtp)
        await smtp.start()
        assert smtp.port == port
        await send(smtp)


async def test_proxy_passes_on_cuts_and_heals(database: Postgres) -> None:
    async with TcpProxy.before(database.url) as proxy:
        connection = await asyncpg.connect(proxy.url)
        assert await connection.fetchval("select 1") == 1
        proxy.cut_after(100)
        with pytest.raises((ConnectionError, asyncpg.PostgresConnectionError)):
            await connection.fetchval("select repeat('x', 10000)")
        proxy.heal()
        again = await asyncpg.connect(proxy.url)
        await again.close()


async def test_proxy_swallows_refuses_and_resets(database: Postgres) -> None:
    async with TcpProxy.before(database.url) as proxy:
        connection = await asyncpg.connect(proxy.url)
        proxy.blackhole()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncpg.connect(proxy.url), 0.1)
        proxy.heal()
        proxy.refuse()
        with pytest.raises((ConnectionError, asyncpg.PostgresConnectionError)):
            await asyncpg.connect(proxy.url)
        proxy.reset()
        with pytest.raises((ConnectionError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError)):
            await connection.fetchval("select 1")


@pytest.mark.parametrize("find", [chromium, lambda: packed_chromium(ROOT / ".parley" / "browser")])
async def test_a_browser_clicks_and_draws(find: Callable[[], Browser]) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**find().launch_options)
        page = await browser.new_page()
        await page.set_content("<button onclick=\"document.title = 'pressed'\">Go</button>")
        await page.click("button")
        assert await page.title() == "pressed"
        assert (await page.screenshot()).startswith(b"\x89PNG")
        await browser.close()
