"""The servers every test may stand on: a real PostgreSQL and a real NATS, started once."""

from collections.abc import Iterator
from itertools import count

import pytest

from shared.settings import Settings
from tests.infrastructure.nats import Nats, nats_server
from tests.infrastructure.postgres import Postgres, postgres_server
from tests.parley import SECRET

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """One for the whole run; a test takes a schema of its own by `service_name`. Nobody may kill it."""
    with postgres_server(tmp_path_factory.mktemp("postgres"), durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def nats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nats]:
    """One for the whole run; a test takes a stream of its own by `service_name`. Nobody may kill it."""
    with nats_server(tmp_path_factory.mktemp("nats")) as server:
        yield server


@pytest.fixture(scope="session")
def settings(postgres: Postgres, nats: Nats) -> Settings:
    """What a service is told to use those two."""
    return Settings.model_validate(
        {"database_url": postgres.url, "nats_url": nats.url, "secret": SECRET, "database_connections": 6}
    )


@pytest.fixture
def service_name() -> str:
    """A name no other test has: its own log, its own mirror."""
    return f"jars_{next(_numbers)}"
