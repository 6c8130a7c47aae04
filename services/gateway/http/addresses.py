"""Where a request comes from. Behind a proxy that is trusted (`PARLEY_TRUSTED_PROXIES`), uvicorn has put the browser's here."""

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection

ONE_HOUSEHOLD = 64  # bits: whoever has one IPv6 address has all that begin like it
THIS_MACHINE = frozenset({"127.0.0.1", "::/64"})
"""A program beside us, or a proxy the operator has not named yet: counting it would lock out everybody behind it."""


def ip_of(connection: HTTPConnection) -> str:
    """The address limits count by: an IPv4 address, or the network an IPv6 address is one of many in."""
    host = connection.client.host if connection.client else ""
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if not isinstance(found, IPv6Address):
        return host
    return str(found.ipv4_mapped or ip_network((found.packed, ONE_HOUSEHOLD), strict=False))
