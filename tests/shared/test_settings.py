"""Settings that are wrong are named, each with what it should be; none is ever printed."""

import subprocess
import sys

import pytest

from shared.settings import Settings, read_settings

RIGHT = {
    "PARLEY_DATABASE_URL": "postgresql://parley:hidden@localhost/parley",
    "PARLEY_NATS_URL": "nats://localhost:4222",
    "PARLEY_SECRET": "a-secret-of-thirty-two-characters-or-more",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in RIGHT.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def complaint() -> str:
    with pytest.raises(SystemExit) as end:
        read_settings()
    return str(end.value)


def test_the_right_ones_are_read() -> None:
    settings = read_settings()
    assert settings.nats_url == RIGHT["PARLEY_NATS_URL"]
    assert settings.database_url.get_secret_value() == RIGHT["PARLEY_DATABASE_URL"]


@pytest.mark.parametrize(("given", "networks"), [
    ("", []), ("10.0.0.0/8, 192.0.2.7", ["10.0.0.0/8", "192.0.2.7/32"]), ("2001:db8::/32", ["2001:db8::/32"]),
])  # fmt: skip
def test_proxies_are_networks(environment: pytest.MonkeyPatch, given: str, networks: list[str]) -> None:
    environment.setenv("PARLEY_TRUSTED_PROXIES", given)
    assert [str(network) for network in read_settings().trusted_proxies] == networks


@pytest.mark.parametrize("name", list(RIGHT))
def test_a_missing_one_is_named_with_its_meaning(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.delenv(name)
    said = complaint()
    assert name in said
    assert str(Settings.model_fields[name.removeprefix("PARLEY_").lower()].description) in said
    assert "hidden" not in said


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("PARLEY_SECRET", "short"),
        ("PARLEY_PORT", "0"),
        ("PARLEY_PORT", "http"),
        ("PARLEY_LOG_LEVEL", "loud"),
        ("PARLEY_MIRROR_REPLICAS", "9"),
        ("PARLEY_DATABASE_CONNECTIONS", "1"),
        ("PARLEY_TRUSTED_PROXIES", "*"),
    ],
)
def test_a_wrong_one_is_named(environment: pytest.MonkeyPatch, name: str, wrong: str) -> None:
    environment.setenv(name, wrong)
    said = complaint()
    assert name in said
    assert len(said.splitlines()) == 2, "one line each, and only the wrong ones"


def test_all_that_is_wrong_is_named_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("PARLEY_NATS_URL")
    environment.setenv("PARLEY_PORT", "http")
    assert {"PARLEY_NATS_URL", "PARLEY_PORT"} <= {word.strip(":") for word in complaint().split()}


def test_a_short_secret_is_not_repeated_in_the_complaint(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PARLEY_SECRET", "hush")
    assert "hush" not in complaint()
    assert "a-secret" not in repr(Settings.model_validate({k[7:].lower(): v for k, v in RIGHT.items()}))


def test_a_service_with_wrong_settings_ends_with_the_complaint_and_nothing_else(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("PARLEY_NATS_URL")
    done = subprocess.run([sys.executable, "-m", "services.routing"], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode not in {0, None}
    assert "PARLEY_NATS_URL" in done.stderr
    assert "Traceback" not in done.stderr
