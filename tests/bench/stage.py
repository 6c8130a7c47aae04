"""What the rows share: one directory, one PostgreSQL and NATS, Parley and the bare path on them, started when first wanted."""

import tempfile
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.progress import Progress

from tests.bench.sides.bare import Bare
from tests.bench.sides.parley import ParleySide


class Stage:
    """Where the rows play."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._task = progress, progress.add_task("starting")
        self._closing = ExitStack()
        self.directory = Path()

    def __enter__(self) -> Self:
        self.directory = Path(self._closing.enter_context(tempfile.TemporaryDirectory(prefix="parley-bench-")))
        self.directory.chmod(0o755)  # PostgreSQL may run as another user
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closing.close()

    def says(self, doing: str) -> None:
        """What is being measured now."""
        self._progress.update(self._task, description=doing)

    @cached_property
    def parley(self) -> ParleySide:
        """The servers, and all services once `start` is called."""
        return self._closing.enter_context(ParleySide(self.directory))

    @cached_property
    def bare(self) -> Bare:
        """The bare path on the same servers."""
        servers = self.parley.parley
        return self._closing.enter_context(Bare(self.directory, servers.postgres.url, servers.nats.url))
