"""Everything that can be known about the code without running it: `make check`. Two checks at a time, all to the end."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from deploy.install import ROOT

TOOLS = Path(sys.executable).parent

CHECKS: dict[str, list[str]] = {
    "types": [str(TOOLS / "mypy")],
    "browser code": [sys.executable, "-m", "deploy.web", "check"],
    "generated files": [sys.executable, "-m", "deploy.generate", "--check"],
    "format": [str(TOOLS / "ruff"), "format", "--check", "--quiet", "."],
    "lint": [str(TOOLS / "ruff"), "check", "--quiet", "."],
    "layers": [str(TOOLS / "lint-imports"), "--no-cache"],
    "purity": [sys.executable, "-m", "deploy.purity"],
    "sizes": [sys.executable, "-m", "deploy.sizes"],
    "documents": [sys.executable, "-m", "deploy.docs_check"],
}
ALWAYS_SHOWN = {"sizes"}


def run(name: str) -> tuple[str, float, subprocess.CompletedProcess[str]]:
    began = time.monotonic()
    done = subprocess.run(CHECKS[name], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return name, time.monotonic() - began, done


def main() -> int:
    failed = []
    with ThreadPoolExecutor(2) as lanes:
        for finished in as_completed([lanes.submit(run, name) for name in CHECKS]):
            name, seconds, done = finished.result()
            well = done.returncode == 0
            print(f"{'ok' if well else 'FAILED':<7} {name:<16} {seconds:5.1f} s", flush=True)
            if not well or name in ALWAYS_SHOWN:
                print(done.stdout.rstrip(), flush=True)
            if not well:
                failed.append(name)
    print(f"make check: {'failed: ' + ', '.join(failed) if failed else 'all is well'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
