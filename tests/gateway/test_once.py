"""What many want is read once, also when it changes or fails meanwhile."""

import asyncio

import pytest

from services.gateway.live.once import Once


class Slow:
    """A source that answers when told to, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.answers = asyncio.Event()

    async def __call__(self) -> int:
        self.asked += 1
        await self.answers.wait()
        return self.asked


async def test_all_who_want_it_share_one_reading() -> None:
    slow = Slow()
    once = Once(slow)
    many = [asyncio.create_task(once.value()) for _ in range(5)]
    await asyncio.sleep(0)
    slow.answers.set()
    assert await asyncio.gather(*many) == [1] * 5
    assert await once.value() == 1
    assert slow.asked == 1


async def test_who_goes_away_takes_it_from_nobody() -> None:
    slow = Slow()
    once = Once(slow)
    first, second = (asyncio.create_task(once.value()) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    slow.answers.set()
    assert await second == 1


async def test_a_failure_is_told_and_then_it_is_read_again() -> None:
    failures = [ConnectionError("gone")]

    async def read() -> str:
        if failures:
            raise failures.pop()
        return "read"

    once = Once(read)
    with pytest.raises(ConnectionError):
        await once.value()
    assert await once.value() == "read"
