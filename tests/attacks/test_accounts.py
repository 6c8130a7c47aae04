"""Guessing passwords, finding out who works here, and other people's sessions."""

from statistics import median
from time import perf_counter

import httpx

from shared.messages import new_id
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
