"""The services that are here, as data: each one's wiring, imported without running it."""

from importlib import import_module

from shared.service import Service

NAMES = ("conversations", "routing", "bots", "transcripts", "notifications", "gateway")


def services() -> list[Service]:
    """All six, in the order in which they start."""
    return [service(name) for name in NAMES]


def service(name: str) -> Service:
    """One of them. Raises LookupError for an unknown name."""
    if name not in NAMES:
        raise LookupError(f"there is no service {name!r}; the services are {', '.join(NAMES)}")
    found: Service = import_module(f"services.{name}.__main__").service
    return found
