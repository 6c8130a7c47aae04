"""`python -m deploy.demo`: run it when the services are up; `PARLEY_DEMO_PASSWORD` is everybody's password."""

import asyncio
import os
import sys

from deploy.demo.people import hire, let_in
from deploy.demo.shop import open_shop
from deploy.demo.stories import tell_stories
from services.gateway.migrating import migrate
from shared.bus import Bus, connect
from shared.errors import Refused
from shared.postgres import open_pool
from shared.settings import Settings, read_settings


async def seed(settings: Settings, password: str) -> None:
    """Shop, people, and what happened before. Raises a refusal when the services stay away."""
    client = await connect(settings, "demo")
    pool = await open_pool(settings, "gateway", size=2)
    bus = Bus(client)
    try:
        await open_shop(bus)
        await hire(bus)
        await migrate(pool)
        await let_in(pool, password)
        await tell_stories(bus)
    finally:
        await pool.close()
        await client.close()


def main() -> int:
    """The exit status."""
    if not (password := os.environ.get("PARLEY_DEMO_PASSWORD")):
        print("PARLEY_DEMO_PASSWORD is not set.", file=sys.stderr)
        return 2
    try:
        asyncio.run(seed(read_settings(), password))
    except Refused as refused:
        print(f"The demonstration could not be set up: {refused.problem().title}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
