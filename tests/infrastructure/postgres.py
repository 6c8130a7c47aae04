"""`postgres_server(directory)`: a real PostgreSQL 18; `server.fresh_database()` for a database of one's own."""

import itertools
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from deploy.embedded.postgres import DATABASE, Cluster, binaries
from deploy.embedded.program import Program
from deploy.ports import free_port
from tests.infrastructure.child_server import ChildServer

PASSWORD = "tests"


class Postgres(ChildServer):
    """Durable by default, as in production; `durable=False` is quicker and only for tests that crash nothing."""

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        super().__init__(directory / "postgres")
        self.cluster = Cluster(self.directory / "data", free_port(), PASSWORD, durable)
        self._numbers: Iterator[int] = itertools.count(1)

    @property
    def url(self) -> str:
        return self.cluster.url

    @property
    def port(self) -> int:
        return self.cluster.port

    def program(self) -> Program:
        self.cluster.prepare()
        return self.cluster.program()

    def is_ready(self) -> bool:
        return self.running and self.cluster.is_ready(self.pid)

    def fresh_database(self) -> str:
        """The address of a new, empty database on this server."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self.sql(f"create database {name}")
        return database_url(self.url, name)

    def drop_database(self, url: str) -> None:
        name = url.rsplit("/", 1)[1]
        self.sql(f"drop database {name} with (force)")

    def dump(self, file: Path) -> None:
        """Everything Parley has, as `pg_dump` writes it."""
        self._run("pg_dump", "--format=custom", f"--file={file}", self.url)

    def restore(self, file: Path) -> None:
        """Everything as it was when it was dumped; whatever came later is gone."""
        self.sql(f"drop database {DATABASE} with (force)", database_url(self.url, "postgres"))
        self.sql(f"create database {DATABASE}", database_url(self.url, "postgres"))
        self._run("pg_restore", f"--dbname={self.url}", str(file))

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run([str(binaries() / program), *arguments], check=True, capture_output=True)

    def sql(self, statement: str, url: str | None = None) -> str:
        """Runs it through psql and returns the bare values; for set-up, not for the code under test."""
        done = self.psql(statement, url or self.url)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def psql(self, statement: str, url: str) -> subprocess.CompletedProcess[str]:
        options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        command = [str(binaries() / "psql"), *options, "-c", statement, url]
        return subprocess.run(command, capture_output=True, text=True, check=False)


def database_url(url: str, database: str) -> str:
    return re.sub(rf"/{DATABASE}$", f"/{database}", url)


def postgres_server(directory: Path, *, durable: bool = True) -> Postgres:
    if os.environ.get("PARLEY_TEST_INFRA") == "containers":
        from tests.infrastructure.containers import PostgresContainer

        return PostgresContainer(directory, durable=durable)
    return Postgres(directory, durable=durable)
