"""Guessing passwords, finding out who works here, and other people's sessions."""

from statistics import median
from time import perf_counter

import httpx
import pytest

from services.gateway.accounts.throttle import PER_ADDRESS, PER_IP, TryLater, count_try
from shared.messages import new_id
from shared.postgres import open_pool
from tests.attacks.people import BEN, PASSWORD, signs_in, stranger
from tests.parley import Parley

TOMAS = "tomas@spoke-and-larch.example"


async def tries(http: httpx.AsyncClient, address: str, password: str = "wrong") -> httpx.Response:
    return await http.post("/api/session", json={"address": address, "password": password})


async def test_guessing_is_slowed_down_and_tells_nothing(parley: Parley) -> None:
    nobody = f"{new_id()}@spoke-and-larch.example"
    told: dict[str, list[tuple[int, str]]] = {}
    async with stranger(parley) as eve:
        for address in (TOMAS, nobody):
            answers = [await tries(eve, address) for _ in range(10)]
            told[address] = [(answer.status_code, answer.json()["code"]) for answer in answers]
            assert answers[-1].headers["retry-after"]
        right = await tries(eve, TOMAS, PASSWORD)
    assert told[TOMAS] == told[nobody] == [(401, "wrong_credentials")] * 8 + [(429, "too_many_tries")] * 2
    assert right.status_code == 429
    ben = await signs_in(parley)  # nobody else is locked out
    await ben.http.aclose()


async def test_so_is_an_address_but_not_this_machine(parley: Parley) -> None:
    """Everybody may be behind a proxy beside us; what they try at one account is counted all the same."""
    pool, busy = await open_pool(parley.settings, "gateway", size=2), "203.0.113.20"
    for ip in (busy, "127.0.0.1", None):
        for _ in range(PER_IP):
            await count_try(pool, f"{new_id()}@x.example", ip)
    with pytest.raises(TryLater):
        await count_try(pool, f"{new_id()}@x.example", busy)
    ben = await signs_in(parley)
    await ben.http.aclose()
    guessed = f"{new_id()}@x.example"
    for n in range(PER_ADDRESS):
        await count_try(pool, guessed, f"198.51.100.{n}")
    with pytest.raises(TryLater):
        await count_try(pool, guessed, None)
    await pool.close()


async def test_nor_does_the_time_it_takes(parley: Parley) -> None:
    took: dict[bool, list[float]] = {True: [], False: []}
    async with stranger(parley) as eve:
        for n in range(8):
            known = n % 2 == 0
            began = perf_counter()
            await tries(eve, "vera@spoke-and-larch.example" if known else f"{new_id()}@spoke-and-larch.example")
            took[known].append(perf_counter() - began)
    assert median(took[True]) < 2.5 * median(took[False])
    assert median(took[False]) < 2.5 * median(took[True])


async def test_a_session_cannot_be_chosen_for_somebody(parley: Parley) -> None:
    async with stranger(parley, Cookie="parley_session=chosen-by-eve") as browser:
        signed = await tries(browser, BEN, PASSWORD)
    cookie = signed.headers["set-cookie"].lower()
    assert signed.cookies["parley_session"] != "chosen-by-eve"
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    async with stranger(parley, Cookie="parley_session=chosen-by-eve") as eve:
        assert (await eve.get("/api/session")).status_code == 401


async def test_each_sign_in_has_a_session_of_its_own_and_ends_the_one_before(parley: Parley) -> None:
    ben = await signs_in(parley)
    first = ben.cookie
    assert (await tries(ben.http, BEN, PASSWORD)).status_code == 200
    assert ben.cookie != first
    async with stranger(parley, Cookie=f"parley_session={first}") as eve:
        assert (await eve.get("/api/session")).status_code == 401
    last = ben.cookie
    assert (await ben.http.delete("/api/session")).status_code == 204
    async with stranger(parley, Cookie=f"parley_session={last}") as eve:
        assert (await eve.get("/api/session")).status_code == 401
    await ben.http.aclose()
