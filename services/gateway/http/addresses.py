"""Where a request comes from, as far as limits are concerned.

Behind a proxy that is trusted (`PARLEY_TRUSTED_PROXIES`) it is where that proxy says. A program beside us, or a proxy on this
machine the operator has not named yet, is no address: counting it would lock out everybody behind it.
"""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

import structlog
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

log = structlog.get_logger()

ONE_HOUSEHOLD = 64  # bits: whoever has one IPv6 address has all that begin like it
THIS_MACHINE = frozenset({"127.0.0.1", "::/64"})
PEER = "parley.peer"


class Arrivals:
    """Lets trusted proxies say where a request comes from, and keeps in mind who is at the other end of the line."""

    def __init__(self, app: ASGIApp, proxies: Sequence[str]) -> None:
        self._app: ASGIApp = ProxyHeadersMiddleware(app, list(proxies)) if proxies else app  # type: ignore[arg-type, assignment]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands everything on."""
        scope[PEER] = scope.get("client")
        await self._app(scope, receive, send)


def ip_of(connection: HTTPConnection) -> str | None:
    """The address limits count by: an IPv4 address, or the network an IPv6 address is one of many in.

    None: this machine itself, which is not counted. Whoever is only said to be this machine is.
    """
    scope = connection.scope
    host, _ = scope.get("client") or ("", 0)
    network = _network(host)
    return None if network in THIS_MACHINE and scope.get(PEER) == scope["client"] else network


def _network(host: str) -> str:
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if not isinstance(found, IPv6Address):
        return host
    return str(found.ipv4_mapped or ip_network((found.packed, ONE_HOUSEHOLD), strict=False))


@lru_cache(1000)
def note_limit(limit: str, ip: str) -> None:
    """Says that an address has reached a limit, once: what comes on and on must not fill the journal as well."""
    hint = "If this is a proxy of yours, name it in PARLEY_TRUSTED_PROXIES."
    log.warning("address_at_its_limit", limit=limit, ip=ip, hint=hint)
