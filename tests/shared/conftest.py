"""Toy processes that do not outlive their test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from shared.settings import Settings
from tests.shared.running import ToyProcess


class Begin(Protocol):
    """Starts the toy service as a process and, unless told otherwise, waits until it is ready."""

    async def __call__(self, name: str, follows: str = "", crash_at: str = "", wait: bool = True) -> ToyProcess: ...


@pytest.fixture
def begin(settings: Settings, tmp_path: Path) -> Iterator[Begin]:
    begun: list[ToyProcess] = []

    async def start(name: str, follows: str = "", crash_at: str = "", wait: bool = True) -> ToyProcess:
        begun.append(ToyProcess(name, tmp_path / f"{len(begun)}", settings, follows, crash_at))
        begun[-1].launch()
        if wait:
            await begun[-1].ready()
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
