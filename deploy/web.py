"""Installs, builds, checks and tests the browser code: `python -m deploy.web install|build|check|test`.

Each step leaves a stamp of what it was made from and is skipped while that is unchanged.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from deploy.install import ROOT
from deploy.node import environment, npm

WEB = ROOT / "services" / "gateway" / "web"
MODULES = WEB / "node_modules"
DIST = WEB / "dist"
NOT_SOURCES = {"node_modules", "dist", "coverage"}


def fingerprint(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(ROOT)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def sources() -> list[Path]:
    """Everything the bundle is made of."""
    top = [entry for entry in WEB.iterdir() if entry.name not in NOT_SOURCES]
    return [file for entry in top for file in ([entry] if entry.is_file() else entry.rglob("*")) if file.is_file()]


def run_npm(*arguments: str) -> None:
    done = subprocess.run([*npm(), *arguments], cwd=WEB, env=environment(), check=False)
    if done.returncode != 0:
        sys.exit(f"npm {' '.join(arguments)} failed in {WEB.relative_to(ROOT)}.")


def install() -> None:
    if is_installed():
        return
    print("Installing the browser code's packages", flush=True)
    run_npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def is_installed() -> bool:
    """Whether what npm says it put into node_modules is what the lock asks for; optional packages may be absent."""
    wanted, found = locked(WEB / "package-lock.json"), locked(MODULES / ".package-lock.json")
    present = all(name in found or package.get("optional") for name, package in wanted.items())
    return present and all(package["version"] == wanted.get(name, {}).get("version") for name, package in found.items())


def locked(file: Path) -> dict[str, dict[str, Any]]:
    """Packages by their place, without our own."""
    described = json.loads(file.read_text()) if file.exists() else {}
    return {name: package for name, package in described.get("packages", {}).items() if name}


def build() -> None:
    install()
    stamp = DIST / "sources.stamp"
    wanted = fingerprint(sources())
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Building the browser code", flush=True)
    run_npm("run", "--silent", "build")
    DIST.mkdir(exist_ok=True)
    stamp.write_text(wanted)


def script(name: str) -> None:
    install()
    run_npm("run", "--silent", name)


if __name__ == "__main__":
    step = sys.argv[1]
    {"install": install, "build": build}.get(step, lambda: script(step))()
