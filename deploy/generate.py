"""Writes what is made from the contracts; with `--check` it only says which files differ (exit 1).

python -m deploy.generate [--check]
"""

import sys
from collections.abc import Callable
from pathlib import Path

from deploy.generation.asyncapi import asyncapi_json
from deploy.generation.catalogue import events_md
from deploy.generation.nats_users import configmap_yaml, nats_users_conf
from deploy.generation.rows import rows_json
from deploy.generation.typescript import messages_ts
from deploy.install import ROOT

PROTOCOL = ROOT / "services" / "gateway" / "web" / "protocol"
MADE: dict[Path, Callable[[], str]] = {
    PROTOCOL / "messages.ts": messages_ts,
    PROTOCOL / "rows.json": rows_json,
    ROOT / "deploy" / "nats-users.conf": nats_users_conf,
    ROOT / "deploy" / "kubernetes" / "nats-configuration.yaml": configmap_yaml,
    ROOT / "docs" / "events.md": events_md,
    ROOT / "docs" / "asyncapi.json": asyncapi_json,
}


def main() -> int:
    """Writes the files, or compares them."""
    texts = {path: make() for path, make in MADE.items()}
    stale = [path for path, text in texts.items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not what the contracts say; run python -m deploy.generate")
        return 1 if stale else 0
    for path in stale:
        path.write_text(texts[path], "utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
