"""A timer never overtakes what had happened before it was due."""

from datetime import timedelta

from shared.clock import now
from shared.messages import new_id
from shared.settings import Settings
from shared.timers import set_timer
from tests.shared.running import handled, running
from tests.shared.toy.jars import break_jar, drop, toy
from tests.waiting import eventually


async def test_what_happened_while_it_was_away_is_heard_before_a_timer_fires(settings: Settings, service_name: str) -> None:
    jar, copy = new_id(), f"{service_name}_copy"
    async with running(toy(service_name), settings) as parts:
        async with running(toy(copy, follows=service_name), settings) as away, away.pool.acquire() as connection:
            await set_timer(connection, "late", now() + timedelta(hours=1), drop(jar), new_id())
        await handled(parts, break_jar(jar))
        await parts.pool.execute(f"update {copy}_views.timers set due_at = now()")
        async with running(toy(copy, follows=service_name), settings) as back:

            async def fired() -> bool:
                return not await back.pool.fetchval("select exists (select from timers)")

            await eventually(fired)
            assert [raw.type for raw in await back.events.stream(f"jar-{jar}")] == ["jar_broken"]
