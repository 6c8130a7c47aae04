"""Writes `requirements/*.lock` from `pyproject.toml`, with hashes and without registry addresses: `make lock`.

The smaller locks take their versions from `dev.lock`, so a machine never runs what was not tested.
"""

import subprocess
import sys
from pathlib import Path

from deploy.install import LOCKS, ROOT, VENV

OPTIONS = ["--quiet", "--generate-hashes", "--universal", "--no-emit-index-url", "--no-header"]
EXTRAS = {"dev": ["local", "dev"], "local": ["local"], "runtime": []}


def compile_lock(name: str, upgrades: list[str]) -> None:
    target = LOCKS / f"{name}.lock"
    extras = [part for extra in EXTRAS[name] for part in ("--extra", extra)]
    same_versions = [] if name == "dev" else ["--constraint", "requirements/dev.lock"]
    command = [
        str(VENV / "bin" / "uv"),
        "pip",
        "compile",
        "pyproject.toml",
        *OPTIONS,
        *extras,
        *same_versions,
    ]
    subprocess.run([*command, "--python-version", "3.11", *upgrades, "--output-file", str(target)], check=True, cwd=ROOT)
    forget_the_constraint(target)


def forget_the_constraint(lock: Path) -> None:
    """Every package would otherwise name `dev.lock` as one of its reasons."""
    lines = lock.read_text().splitlines(keepends=True)
    lock.write_text("".join(line for line in lines if "-c requirements/dev.lock" not in line))


if __name__ == "__main__":
    for lock_name in EXTRAS:
        compile_lock(lock_name, sys.argv[1:])
