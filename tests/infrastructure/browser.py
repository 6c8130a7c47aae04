"""`chromium()`: a browser for Playwright, on any Linux: an installed one, else the one in the npm development packages.

browser = chromium()
playwright.chromium.launch(**browser.launch_options)
"""

import fcntl
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from deploy.install import ROOT
from deploy.node import node
from deploy.web import MODULES

INSTALLED = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

# Without the quiet ones it calls out at each start, which a closed network answers slowly.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip

# The packed one is the headless shell; graphics come from the software renderer beside it.
PACKED_ARGUMENTS = [*ARGUMENTS, "--headless=shell", "--use-gl=angle", "--use-angle=swiftshader"]

UNPACK = "process.stdout.write(require('zlib').brotliDecompressSync(require('fs').readFileSync(process.argv[1])))"

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{home}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{home}/font-cache</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class Browser:
    executable: str
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def launch_options(self) -> dict[str, Any]:
        """For Playwright's `launch`."""
        return {
            "executable_path": self.executable,
            "args": self.arguments,
            "env": {**os.environ, **self.environment},
        }


@cache
def chromium() -> Browser:
    """PARLEY_TEST_BROWSER names another program, or `packed` to pass over the installed ones."""
    wanted = os.environ.get("PARLEY_TEST_BROWSER", "")
    if wanted and wanted != "packed":
        return Browser(wanted, ARGUMENTS)
    found = next((path for name in INSTALLED if (path := shutil.which(name))), None)
    if found and wanted != "packed":
        return Browser(found, ARGUMENTS)
    return packed_chromium(ROOT / os.environ.get("PARLEY_STATE", ".parley") / "browser")


def packed_chromium(home: Path) -> Browser:
    """Unpacks it once, with the shared libraries and the font a bare machine lacks."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        package = MODULES / "@sparticuz" / "chromium" / "bin"
        stamp = f"{(package / 'chromium.br').stat().st_size}"
        if not (home / "stamp").exists() or (home / "stamp").read_text() != stamp:
            unpack(package, home)
            (home / "stamp").write_text(stamp)
        (home / "fonts.conf").write_text(FONTS.format(home=home.resolve()))
    libraries = f"{home / 'lib'}:{home}:{os.environ.get('LD_LIBRARY_PATH', '')}".rstrip(":")
    return Browser(
        str(home / "chromium"),
        PACKED_ARGUMENTS,
        {"LD_LIBRARY_PATH": libraries, "FONTCONFIG_FILE": str(home / "fonts.conf")},
    )


SAFELY: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.4 and newer


def unpack(package: Path, home: Path) -> None:
    for archive in ("al2023", "swiftshader", "fonts"):
        with tarfile.open(fileobj=BytesIO(decompressed(package / f"{archive}.tar.br"))) as files:
            files.extractall(home, **SAFELY)
    program = home / "chromium"
    program.write_bytes(decompressed(package / "chromium.br"))
    program.chmod(0o755)


def decompressed(file: Path) -> bytes:
    """Brotli, which Node has and Python has not."""
    done = subprocess.run([str(node()), "-e", UNPACK, str(file)], capture_output=True, check=True)
    return done.stdout
