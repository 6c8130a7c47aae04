"""Which pages may speak to the gateway: its own."""

from urllib.parse import urlsplit


def is_own(origin: str, host: str | None, public_url: str) -> bool:
    """Whether `origin` is a page of ours: at the public address, or at the very host the request was sent to."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"}:
        return False
    return parts.netloc == host or (bool(public_url) and _origin(public_url) == f"{parts.scheme}://{parts.netloc}")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
