"""Brings `.venv` to what a lock file says: `python3 deploy/install.py local|dev`.

Runs on the machine's own Python with its standard library alone, since it is what fetches everything else. A stamp
holds the lock's hash, so asking again costs nothing; the development lock contains the local one, so either serves
`local`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "locks.stamp"
LOCKS = ROOT / "requirements"

NO_PIP = """Parley needs a way to install Python packages, and this Python has neither `ensurepip` nor `pip`.
On Debian or Ubuntu: apt install python3-venv. Then run make again."""


def lock_hash(name: str) -> str:
    lock = LOCKS / f"{name}.lock"
    return f"{name} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def is_installed(name: str) -> bool:
    found = STAMP.read_text().splitlines() if STAMP.exists() else []
    return lock_hash(name) in found


def run(*command: str | Path) -> None:
    """Trusts what the machine trusts: behind a company's proxy uv's own certificates are not enough."""
    environment = {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"} | os.environ
    subprocess.run([str(part) for part in command], check=True, env=environment)


def create_environment() -> None:
    """Makes `.venv`; without pip in it where the machine's Python cannot bring one."""
    if PYTHON.exists():
        return
    with_pip = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False, capture_output=True, text=True)
    if with_pip.returncode != 0:
        run(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV)


def uv() -> Path:
    """The pinned uv: installed into `.venv` by whichever pip there is."""
    installed = VENV / "bin" / "uv"
    if installed.exists():
        return installed
    quietly = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
    if (VENV / "bin" / "pip").exists():
        run(PYTHON, "-m", "pip", *quietly, "-r", LOCKS / "uv.lock")
        return installed
    if subprocess.run([sys.executable, "-m", "pip", "--version"], check=False, capture_output=True).returncode:
        sys.exit(NO_PIP)
    apart = VENV / "uv"
    run(sys.executable, "-m", "pip", *quietly, "--target", apart, "-r", LOCKS / "uv.lock")
    shutil.copy2(apart / "bin" / "uv", installed)
    return installed


def install(name: str) -> None:
    if is_installed(name):
        return
    print(f"Installing the {name} packages into .venv", flush=True)
    create_environment()
    STAMP.unlink(missing_ok=True)
    run(uv(), "pip", "sync", "--quiet", "--compile-bytecode", "--python", PYTHON, "--require-hashes", LOCKS / f"{name}.lock")
    covered = ["dev", "local"] if name == "dev" else [name]
    STAMP.write_text("".join(f"{lock_hash(lock)}\n" for lock in covered))


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this one file runs on whatever Python the machine has
        sys.exit(f"Parley needs Python 3.11 or newer; this is {sys.version.split()[0]}. Set PYTHON=python3.x.")
    install(sys.argv[1])
