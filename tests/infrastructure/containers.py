"""The same servers from Docker images, for machines with an engine: PARLEY_TEST_INFRA=containers."""

from pathlib import Path
from signal import SIGKILL, Signals

from testcontainers.core.container import DockerContainer

from deploy.embedded.nats import CONFIGURATION
from deploy.embedded.postgres import DATABASE, USER
from tests.infrastructure.nats import Nats
from tests.infrastructure.postgres import PASSWORD, Postgres

POSTGRES_IMAGE = "postgres:18"
NATS_IMAGE = "nats:2.15"


class Contained:
    """Start, kill and freeze by the engine; the container keeps its port and its data until `remove`."""

    container: DockerContainer
    created = False

    def launch(self) -> None:
        if self.created:
            self.container.get_wrapped_container().start()
        else:
            self.container.start()
            self.created = True

    @property
    def running(self) -> bool:
        if not self.created:
            return False
        wrapped = self.container.get_wrapped_container()
        wrapped.reload()
        return bool(wrapped.status == "running")

    def kill(self, with_signal: Signals = SIGKILL) -> None:
        if self.running:
            wrapped = self.container.get_wrapped_container()
            wrapped.kill(int(with_signal))
            wrapped.wait()

    def stop(self) -> None:
        self.remove()

    def remove(self) -> None:
        if self.created:
            self.container.stop()
            self.created = False

    def pause(self) -> None:
        self.container.get_wrapped_container().pause()

    def resume(self) -> None:
        self.container.get_wrapped_container().unpause()

    def logs(self) -> str:
        out, err = self.container.get_logs()
        return (out + err).decode(errors="replace")


class PostgresContainer(Contained, Postgres):
    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        super().__init__(directory, durable=durable)
        fast = [] if durable else ["-c", "fsync=off", "-c", "synchronous_commit=off"]
        self.container = (
            DockerContainer(POSTGRES_IMAGE)
            .with_env("POSTGRES_USER", USER)
            .with_env("POSTGRES_PASSWORD", PASSWORD)
            .with_env("POSTGRES_DB", DATABASE)
            .with_bind_ports(5432, self.port)
            .with_command(["postgres", "-c", "max_connections=200", *fast])
        )

    def is_ready(self) -> bool:
        """By TCP: while the image initialises, it listens on its socket alone."""
        return self.psql("select 1", self.url).returncode == 0

    def wipe(self) -> None:
        self.remove()
        self.start()


class NatsContainer(Contained, Nats):
    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.container = (
            DockerContainer(NATS_IMAGE)
            .with_env("PARLEY_NATS_HOST", "0.0.0.0")
            .with_env("PARLEY_NATS_PORT", "4222")
            .with_env("PARLEY_NATS_STORE", "/data")
            .with_envs(**self.server.passwords())
            .with_volume_mapping(str(CONFIGURATION.parent), "/etc/parley")
            .with_bind_ports(4222, self.port)
            .with_command(["-c", "/etc/parley/nats.conf"])
        )

    def wipe(self) -> None:
        self.remove()
        self.start()
