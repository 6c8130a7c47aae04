"""Exits 0 when the service in this container is ready: what the image's health check runs."""

import os
import sys
import urllib.error
import urllib.request


def is_ready(port: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(0 if is_ready(os.environ.get("PARLEY_OPS_PORT", "9090")) else 1)
