"""Starts, kills and watches the mailing process."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from shared.bus import Bus
from tests.infrastructure.smtp import SmtpServer
from tests.parley import Parley, ServiceProcess
from tests.transcripts.shop import transcript_events


@contextmanager
def mailing(parley: Parley, smtp: SmtpServer, crash_at: str = "", **settings: str) -> Iterator[ServiceProcess]:
    """`python -m services.notifications`, sending to `smtp`, killed at the end if it still runs."""
    process = parley.service("notifications", crash_at)
    process.environment |= {"PARLEY_SMTP_URL": smtp.url, **settings}
    process.launch()
    try:
        if not crash_at:  # else it may be gone before it is ready
            process.wait_until_ready()
        yield process
    finally:
        process.kill()
        process.stop()


async def stopped(process: ServiceProcess) -> None:
    """Asks it to stop, as a rolling restart does, and waits until it has."""
    itself = psutil.Process(process.pid)
    itself.terminate()
    await asyncio.to_thread(itself.wait, 20)


async def ended(process: ServiceProcess) -> int:
    """Waits until it is gone; its exit status."""
    status = await asyncio.to_thread(psutil.Process(process.pid).wait, 20)
    process.stop()
    return int(status or 0)


async def last_word(bus: Bus, transcript_id: str) -> tuple[str, bool]:
    """How it ended, and whether it may have arrived twice."""
    settled = (await transcript_events(bus, transcript_id))[-1]
    return settled.type, getattr(settled, "maybe_twice", False)


def assert_copies_are_the_same(smtp: SmtpServer, most: int) -> None:
    """It arrived, at most so many times, each time byte for byte the same."""
    assert 1 <= len(smtp.mails) <= most
    assert len({mail.content for mail in smtp.mails}) == 1
