"""Where everything is on one bare machine: which programs, on which ports, with which settings. Data, no action."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from deploy.embedded.mail import Mailbox
from deploy.embedded.nats import Server
from deploy.embedded.postgres import Cluster
from deploy.embedded.program import Program
from deploy.installation import Secrets
from deploy.node import node
from deploy.ports import free_port, is_free

T = TypeVar("T")

OPS_PORTS = {
    "conversations": 8081,
    "routing": 8082,
    "bots": 8083,
    "transcripts": 8084,
    "notifications": 8085,
    "gateway": 8086,
}
EVERYWHERE = {"", "0.0.0.0", "::"}  # noqa: S104 - recognised, not chosen
POSTGRES_PORT, NATS_PORT, SMTP_PORT = 54329, 4222, 1025  # wished for; any other will do


class PortTakenError(Exception):
    """A port people know by its number is in use."""

    def __init__(self, port: int, setting: str) -> None:
        super().__init__(f"Port {port} is in use by another program. Free it, or choose another: {setting}={port + 10} make up")


@dataclass(frozen=True)
class Arrangement:
    """None in place of a server: the environment names one that runs elsewhere."""

    host: str
    port: int
    public_url: str
    database: Cluster | None
    nats: Server | None
    mailbox: Mailbox | None
    settings: Mapping[str, str]
    demo_wanted: bool = True
    ops_ports: Mapping[str, int] = field(default_factory=dict)

    @property
    def local_url(self) -> str:
        """The gateway as this machine reaches it."""
        return f"http://{'127.0.0.1' if self.host in EVERYWHERE else self.host}:{self.port}"

    def services(self) -> list[Program]:
        return [
            Program(
                name=name,
                command=(sys.executable, "-m", f"services.{name}"),
                environment={**self.settings, **self._as_service(name), "PARLEY_OPS_PORT": str(port)},
            )
            for name, port in self.ops_ports.items()
        ]

    def _as_service(self, name: str) -> dict[str, str]:
        return {"PARLEY_NATS_URL": self.nats.url_of(name)} if self.nats else {}

    def demo(self) -> Program:
        return Program("demo", (sys.executable, "-m", "deploy.demo"), self.settings)


def arrange(state: Path, secrets: Secrets, environment: Mapping[str, str] = os.environ) -> Arrangement:
    """PortTakenError for one of the two ports people type; every other port is found."""
    host = environment.get("PARLEY_HOST", "127.0.0.1")
    port = known_port(environment, "PARLEY_PORT", 8080, host)
    public_url = environment.get("PARLEY_PUBLIC_URL") or f"http://127.0.0.1:{port}"
    database = unless_given(
        "PARLEY_DATABASE_URL",
        environment,
        lambda: Cluster(state / "postgres", free_port(POSTGRES_PORT), secrets.database_password),
    )
    nats = unless_given(
        "PARLEY_NATS_URL",
        environment,
        lambda: Server(state / "nats", free_port(NATS_PORT), secrets.nats_password),
    )
    mailbox = unless_given("PARLEY_SMTP_URL", environment, lambda: arrange_mailbox(state, environment))
    chosen = {
        "PARLEY_HOST": host,
        "PARLEY_PORT": str(port),
        "PARLEY_PUBLIC_URL": public_url,
        "PARLEY_DATABASE_URL": database.url if database else "",
        "PARLEY_NATS_URL": nats.url if nats else "",
        "PARLEY_SMTP_URL": mailbox.smtp_url if mailbox else "",
        "PARLEY_FILES_URL": (state / "files").as_uri(),
        "PARLEY_SECRET": secrets.signing_key,
        "PARLEY_DEMO_PASSWORD": secrets.demo_password,
        "PARLEY_LOG_FORMAT": "console",
        "PARLEY_STATE": str(state),
        "PYTHONUNBUFFERED": "1",
    }
    settings = {name: environment.get(name) or value for name, value in chosen.items()}
    ops_ports = {name: free_port(wished) for name, wished in OPS_PORTS.items()}
    demo_wanted = environment.get("PARLEY_DEMO", "yes") != "no"
    return Arrangement(host, port, public_url, database, nats, mailbox, settings, demo_wanted, ops_ports)


def unless_given(name: str, environment: Mapping[str, str], make: Callable[[], T]) -> T | None:
    return None if environment.get(name) else make()


def arrange_mailbox(state: Path, environment: Mapping[str, str]) -> Mailbox:
    web_port = known_port(environment, "PARLEY_MAIL_PORT", 1080, "127.0.0.1")
    return Mailbox(str(node()), state / "mail", web_port, free_port(SMTP_PORT))


def known_port(environment: Mapping[str, str], setting: str, usual: int, host: str) -> int:
    port = int(environment.get(setting) or usual)
    if not is_free(port, host):
        raise PortTakenError(port, setting)
    return port
