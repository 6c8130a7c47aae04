"""Passwords are drawn once, kept privately, and give way to the environment."""

import os
import socket
from pathlib import Path

import pytest

from deploy.installation import AlreadyRunningError, announce, lock, open_state, read_secrets, running
from deploy.parley import find
from deploy.ports import free_port, is_free


def test_secrets_are_the_same_at_the_next_start(tmp_path: Path) -> None:
    assert read_secrets(tmp_path, {}) == read_secrets(tmp_path, {})
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_two_installations_share_no_secret(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, other = read_secrets(tmp_path, {}), read_secrets(tmp_path / "other", {})
    assert set(vars(one).values()).isdisjoint(vars(other).values())


def test_the_environment_wins_and_is_not_kept(tmp_path: Path) -> None:
    given = read_secrets(tmp_path, {"PARLEY_DEMO_PASSWORD": "bicycle"})
    assert given.demo_password == "bicycle"
    assert "bicycle" not in (tmp_path / "secrets.json").read_text()


def test_a_secret_that_came_later_is_added(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text('{"signing_key": "old"}')
    assert read_secrets(tmp_path, {}).signing_key == "old"
    assert read_secrets(tmp_path, {}).nats_password.startswith("n")


def test_who_operates_it_finds_what_is_running_and_nobody_else_may_look(tmp_path: Path) -> None:
    here = {"PARLEY_STATE": str(tmp_path)}
    assert running(here) == {}
    announced = announce(tmp_path, {"PARLEY_DATABASE_URL": "postgresql://x"})
    assert running(here) == {"PARLEY_DATABASE_URL": "postgresql://x"}
    assert announced.stat().st_mode & 0o777 == 0o600
    announced.unlink()
    assert running(here) == {}


@pytest.mark.parametrize("told", ["PARLEY_DATABASE_URL", "PARLEY_NATS_URL"])
def test_no_settings_of_two_installations_are_mixed(tmp_path: Path, told: str) -> None:
    announce(tmp_path, {"PARLEY_DATABASE_URL": "postgresql://here", "PARLEY_NATS_URL": "nats://here"})
    assert running({"PARLEY_STATE": str(tmp_path), told: "elsewhere"}) == {}


def test_the_operators_commands_take_all_that_is_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in place of what the shell happens to say besides: another secret, another folder of files."""
    there = {"PARLEY_DATABASE_URL": "postgresql://here", "PARLEY_NATS_URL": "nats://here", "PARLEY_SECRET": "s" * 32}
    announce(tmp_path, there)
    shell = {"PARLEY_STATE": str(tmp_path), "PARLEY_SECRET": "t" * 32}
    monkeypatch.setattr(os, "environ", shell)
    find()
    assert shell == {"PARLEY_STATE": str(tmp_path), **there}


def test_only_one_holds_the_installation(tmp_path: Path) -> None:
    state = open_state({"PARLEY_STATE": str(tmp_path / "state")})
    with lock(state), pytest.raises(AlreadyRunningError):
        lock(state)
    lock(state).close()


def test_a_taken_port_gives_way_to_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not is_free(port)
        assert free_port(port) != port
