"""A service as a process: its operators' pages, and how it ends."""

import asyncio
from pathlib import Path
from signal import SIGTERM

import httpx

from deploy.ports import free_port
from shared.bus import Bus, connect
from shared.errors import RefusedElsewhere, Unavailable
from shared.messages import new_id
from shared.reading import Head
from shared.service import Parts
from shared.settings import Settings
from tests.infrastructure.tcp_proxy import TcpProxy
from tests.shared.conftest import Begin
from tests.shared.running import ToyProcess, running
from tests.shared.toy.jars import drop, toy
from tests.waiting import eventually


async def test_the_operators_pages(begin: Begin, service_name: str) -> None:
    process = await begin(service_name)
    async with httpx.AsyncClient(base_url=process.url) as http:
        alive, ready = await http.get("/healthz"), await http.get("/readyz")
        assert alive.json() == {"service": service_name, "alive": True}
        assert ready.status_code == httpx.codes.OK
        assert ready.json() == {"service": service_name, "ready": True, "complaints": [], "degraded": []}
        assert "parley_commands_total" in (await http.get("/metrics")).text
        assert (await http.get("/secrets")).status_code == 404


async def test_it_says_what_is_missing(settings: Settings, service_name: str) -> None:
    async with TcpProxy.before(settings.nats_url) as nats, TcpProxy.before(settings.database_url.get_secret_value()) as postgres:
        through = Settings.model_validate(
            settings.model_dump() | {"nats_url": nats.url, "database_url": postgres.url, "secret": settings.secret}
        )
        async with running(toy(service_name), through) as parts:
            assert await parts.health.complaints() == []
            await _notices(parts, nats, "NATS")
            await _notices(parts, postgres, "PostgreSQL")
            parts.health.ready = False
            assert await parts.health.complaints() == ["not started yet, or draining"]


async def _notices(parts: Parts, proxy: TcpProxy, word: str) -> None:
    proxy.refuse()
    proxy.reset()
    await eventually(lambda: _complains(parts, word))
    proxy.heal()
    await eventually(lambda: _is_well(parts))


async def _complains(parts: Parts, word: str) -> bool:
    return any(word in complaint for complaint in await parts.health.complaints())


async def _is_well(parts: Parts) -> bool:
    return await parts.health.complaints() == []


async def test_told_to_stop_before_it_is_ready_it_ends(settings: Settings, service_name: str, tmp_path: Path) -> None:
    """An operator whose NATS is away need not wait for `kill -9`."""
    away = settings.model_copy(update={"nats_url": f"nats://127.0.0.1:{free_port()}"})
    process = ToyProcess(service_name, tmp_path, away)
    process.launch()
    await eventually(lambda: "nats_error" in process.logs())
    async with asyncio.timeout(10):
        await asyncio.to_thread(process.kill, SIGTERM)
    assert "stopped_before_ready" in process.logs()
    assert "Traceback" not in process.logs()


async def test_told_to_stop_it_answers_all_it_has_taken(settings: Settings, service_name: str, begin: Begin) -> None:
    """Every command is answered: accepted, or refused at once because nobody is there any more. None is left waiting."""
    process = await begin(service_name)
    client = await connect(settings, "tests")
    bus, loop = Bus(client), asyncio.get_running_loop()
    slowest, accepted = 0.0, 0

    async def ask_until_nobody_answers() -> None:
        nonlocal slowest, accepted
        while True:
            began = loop.time()
            try:
                await bus.ask(service_name, drop(new_id()))
            except (Unavailable, RefusedElsewhere):
                slowest = max(slowest, loop.time() - began)
                return
            accepted += 1
            slowest = max(slowest, loop.time() - began)

    asking = [asyncio.create_task(ask_until_nobody_answers()) for _ in range(50)]
    await eventually(lambda: accepted > 500)
    await asyncio.to_thread(process.kill, SIGTERM)
    await asyncio.gather(*asking)
    assert slowest < 4, "none was left without an answer until it gave up"
    again = await begin(service_name)
    head = await bus.ask(service_name, Head())
    assert head["position"] >= accepted
    again.kill()
    await client.close()


async def _hundred_more(accepted: list[int]) -> None:
    before = len(accepted)
    await eventually(lambda: len(accepted) > before + 100)


async def test_a_rolling_restart_refuses_nobody(settings: Settings, service_name: str, begin: Begin) -> None:
    """Two instances, restarted one after the other under load: a client that asks again once never notices."""
    processes = [await begin(service_name), await begin(service_name)]
    client = await connect(settings, "tests")
    bus, done, accepted = Bus(client), asyncio.Event(), []

    async def talk() -> None:
        while not done.is_set():
            accepted.append((await bus.ask(service_name, drop(new_id())))["accepted"])

    talking = [asyncio.create_task(talk()) for _ in range(10)]
    for process in processes:
        await asyncio.to_thread(process.kill, SIGTERM)
        process.launch()
        await process.ready()
        await _hundred_more(accepted)
    done.set()
    await asyncio.gather(*talking)
    assert len(set(accepted)) == len(accepted)
    await client.close()
