"""Starts, kills and watches the mailing process."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from tests.infrastructure.smtp import SmtpServer
from tests.parley import Parley, ServiceProcess


@contextmanager
def mailing(parley: Parley, smtp: SmtpServer, crash_at: str = "", **settings: str) -> Iterator[ServiceProcess]:
    """`python -m services.notifications`, sending to `smtp`, killed at the end if it still runs."""
    process = parley.service("notifications", crash_at)
    process.environment |= {"PARLEY_SMTP_URL": smtp.url, **settings}
    process.start()
    try:
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
