"""The bare path as processes, on a PostgreSQL and NATS that are there."""

import socket
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from deploy.embedded.program import Program
from deploy.ports import free_port
from shared.messages import new_id
from tests.bench.load.plan import Plan, Visitor
from tests.infrastructure.child_server import ChildServer


class BareProcess(ChildServer):
    """One of `tests.bench.bare`."""

    def __init__(self, directory: Path, name: str, database_url: str, nats_url: str) -> None:
        super().__init__(directory / f"bare-{name}")
        self.name = name
        self.port = free_port()
        self._environment = {"BARE_DATABASE_URL": database_url, "BARE_NATS_URL": nats_url, "BARE_PORT": str(self.port)}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def program(self) -> Program:
        return Program(self.name, (sys.executable, "-m", f"tests.bench.bare.{self.name}"), self._environment)

    def is_ready(self) -> bool:
        """The writer says so; the others listen."""
        if self.name == "writer":
            return "ready" in self.logs()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


class Bare:
    """Writer, gateway and reader."""

    def __init__(self, directory: Path, database_url: str, nats_url: str) -> None:
        self._processes = {name: BareProcess(directory, name, database_url, nats_url) for name in ("writer", "gateway", "reader")}
        self._running = ExitStack()

    def start(self, *names: str) -> Self:
        for name in names:
            self._running.callback(self._processes[name].start().stop)
        return self

    def url(self, name: str) -> str:
        return self._processes[name].url

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def plan(self, agents: int, visitors: int) -> Plan:
        """A load upon it."""
        return Plan(
            url=self.url("gateway"),
            agents=[""] * agents,
            visitors=[Visitor(token="bare", conversation_id=new_id()) for _ in range(visitors)],
        )
