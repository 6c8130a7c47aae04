"""`nats_server(directory)`: a real NATS with JetStream."""

import os
from pathlib import Path

from deploy.embedded.nats import Server
from deploy.embedded.program import Program
from deploy.ports import free_port
from tests.infrastructure.child_server import ChildServer

PASSWORD = "tests"


class Nats(ChildServer):
    def __init__(self, directory: Path) -> None:
        super().__init__(directory / "nats")
        self.server = Server(self.directory / "store", free_port(), PASSWORD)

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def port(self) -> int:
        return self.server.port

    def program(self) -> Program:
        return self.server.program()

    def is_ready(self) -> bool:
        return self.server.is_ready()


def nats_server(directory: Path) -> Nats:
    if os.environ.get("PARLEY_TEST_INFRA") == "containers":
        from tests.infrastructure.containers import NatsContainer

        return NatsContainer(directory)
    return Nats(directory)
