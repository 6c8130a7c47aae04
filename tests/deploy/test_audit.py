"""The auditor says what an operator can act on."""

import asyncio
from pathlib import Path

from deploy.audit import audit
from tests.parley import Parley


async def test_it_names_the_services_that_have_never_run(tmp_path: Path) -> None:
    """Here all but the gateway, whose views come from four logs that are not there."""
    with Parley(tmp_path) as parley:
        await asyncio.to_thread(parley.start, "gateway")
        complaints = await audit(parley.settings)
    assert complaints == parley.never_run()
    assert len(complaints) == 5
    assert "conversations: has never run here; start it" in complaints
