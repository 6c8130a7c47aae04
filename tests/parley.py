"""A whole Parley for a test: real PostgreSQL and NATS, a recording mail server, and the services as processes of their own.

with Parley(directory) as parley:
    parley.start("conversations", "routing")
    parley.services["routing"].kill()       # kill -9
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from deploy.embedded.program import Program
from deploy.ports import free_port
from shared.settings import Settings
from tests.infrastructure.child_server import ChildServer
from tests.infrastructure.nats import nats_server
from tests.infrastructure.postgres import postgres_server

ALL = ("conversations", "routing", "bots", "transcripts", "notifications", "gateway")
SECRET = "only-for-tests-only-for-tests-only-for-tests"


class ServiceProcess(ChildServer):
    """One service, `python -m services.<name>`; ready when its `/readyz` says so."""

    patience = 45.0

    def __init__(self, name: str, directory: Path, environment: Mapping[str, str]) -> None:
        super().__init__(directory / name)
        self.name = name
        self.ops_port = free_port()
        self.environment = dict(environment)

    @property
    def url(self) -> str:
        """Where its operators' pages are."""
        return f"http://127.0.0.1:{self.ops_port}"

    @property
    def log_file(self) -> Path:
        """All it has printed."""
        return self.directory / f"{self.name}.log"

    def program(self) -> Program:
        """How it is started."""
        settings = {**self.environment, "PARLEY_OPS_PORT": str(self.ops_port)}
        return Program(self.name, (sys.executable, "-m", f"services.{self.name}"), settings)

    def is_ready(self) -> bool:
        """Whether it says it is ready."""
        try:
            return httpx.get(f"{self.url}/readyz", timeout=3).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False


class Parley:
    """Everything, on ports of its own, in a directory of its own."""

    def __init__(self, directory: Path, *, durable: bool = False, smtp_url: str = "smtp://127.0.0.1:9", **settings: str) -> None:
        self.directory = directory
        self.postgres = postgres_server(directory, durable=durable)
        self.nats = nats_server(directory)
        self.port = free_port()
        self._settings = {"PARLEY_SMTP_URL": smtp_url, **settings}
        self.services: dict[str, ServiceProcess] = {}

    @property
    def url(self) -> str:
        """The gateway's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What every service is told; the user of NATS is the operator's."""
        return {
            "PARLEY_DATABASE_URL": self.postgres.url,
            "PARLEY_NATS_URL": self.nats.url,
            "PARLEY_SECRET": SECRET,
            "PARLEY_PORT": str(self.port),
            "PARLEY_PUBLIC_URL": self.url,
            "PARLEY_FILES_URL": (self.directory / "files").as_uri(),
            "PARLEY_LOG_LEVEL": "info",
            **self._settings,
        }

    def environment_of(self, name: str) -> dict[str, str]:
        """What one of them is told: in NATS it is a user of its own."""
        return self.environment | {"PARLEY_NATS_URL": self.nats.server.url_of(name)}

    @property
    def settings(self) -> Settings:
        """The same, for parts that run inside the test."""
        return Settings.model_validate({k.removeprefix("PARLEY_").lower(): v for k, v in self.environment.items()})

    def start(self, *names: str, crash_at: str = "") -> Self:
        """Starts these services (all, when none is named) and waits until they are ready."""
        wanted = names or ALL
        for name in wanted:
            self.service(name, crash_at).launch()
        for name in wanted:
            self.services[name].wait_until_ready()
        return self

    def service(self, name: str, crash_at: str = "") -> ServiceProcess:
        """The process of a service, not started yet. `crash_at`: where it is to die."""
        environment = self.environment_of(name) | ({"CRASH_AT": crash_at} if crash_at else {})
        self.services[name] = ServiceProcess(name, self.directory, environment)
        return self.services[name]

    def overstepped(self) -> list[str]:
        """What services wanted to say or hear in NATS and may not: their rights are narrower than their wiring."""
        logs = "".join(service.log_file.read_text() for service in self.services.values())
        return [line for line in logs.splitlines() if "permissions violation" in line.lower()]

    def never_run(self) -> list[str]:
        """What the auditor has to say of the services that were not started."""
        return [f"{name}: has never run here; start it" for name in ALL if name not in self.services]

    def __enter__(self) -> Self:
        self.postgres.start()
        self.nats.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for service in self.services.values():
            service.kill()
        self.nats.stop()
        self.postgres.stop()
