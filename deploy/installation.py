"""What one installation keeps beside its data: a lock, and the passwords drawn for it once."""

import fcntl
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

RUNNING = "settings.json"
WHERE = frozenset({"PARLEY_DATABASE_URL", "PARLEY_NATS_URL"})


class AlreadyRunningError(Exception):
    """Parley is already running from this folder."""


@dataclass(frozen=True)
class Secrets:
    """`signing_key` signs visitor tokens and file links; `demo_password` opens every demonstration account."""

    signing_key: str
    demo_password: str
    database_password: str
    nats_password: str


def open_state(environment: Mapping[str, str]) -> Path:
    """The folder of everything that must outlive a run: PARLEY_STATE, `.parley` by default."""
    state = Path(environment.get("PARLEY_STATE", ".parley")).resolve()
    state.mkdir(parents=True, exist_ok=True)
    return state


def lock(state: Path) -> IO[str]:
    """Holds the installation until closed or our end, however that comes. AlreadyRunningError when another has it."""
    held = (state / "lock").open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        raise AlreadyRunningError from None
    return held


def read_secrets(state: Path, environment: Mapping[str, str]) -> Secrets:
    """Drawn at the first start. What the environment sets wins and is not stored."""
    file = state / "secrets.json"
    kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    complete = {**drawn(), **kept}
    if complete != kept:
        write_private(file, json.dumps(complete, indent=2))
    return Secrets(
        signing_key=environment.get("PARLEY_SECRET") or complete["signing_key"],
        demo_password=environment.get("PARLEY_DEMO_PASSWORD") or complete["demo_password"],
        database_password=complete["database_password"],
        nats_password=complete["nats_password"],
    )


def announce(state: Path, settings: Mapping[str, str]) -> Path:
    """Says how to reach what runs from here now; the file is to be removed at the end."""
    write_private(state / RUNNING, json.dumps(dict(settings), indent=2))
    return state / RUNNING


def running(environment: Mapping[str, str]) -> dict[str, str]:
    """The settings of what runs from here, for the operator's commands; none when nothing does, or they are told where to go.

    All or none: one installation's database with another's NATS would be taken for a log that does not agree with its mirror.
    """
    if not WHERE.isdisjoint(environment):
        return {}
    file = Path(environment.get("PARLEY_STATE", ".parley")) / RUNNING
    found: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    return found


def drawn() -> dict[str, str]:
    return {
        "signing_key": secrets.token_hex(32),
        "demo_password": secrets.token_urlsafe(12),
        "database_password": secrets.token_hex(16),
        "nats_password": f"n{secrets.token_hex(16)}",  # begins with a letter: see deploy/embedded/nats.py
    }


def write_private(file: Path, text: str) -> None:
    """Whole or not at all, and never readable by others, not even while it is written."""
    fresh = file.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as target:
        target.write(text)
    fresh.replace(file)
