"""Which addresses the fetcher may reach: the public internet, and what the operator allows besides. Pure.

`ipaddress` alone does not tell: `is_private` misses carrier-grade NAT, `is_global` takes multicast, `::127.0.0.1` and
the addresses that carry a private one inside (measured on Python 3.11).
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

from yarl import URL

from digests.errors import AddressRefusedError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS = frozenset({80, 443, 8080, 8443})
"""Ports where the web is usually served; others are for services that have no business with us."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
_ISATAP = 0x00005EFE
"""The third quarter of addresses of tunnels within a site, RFC 5214, section 6.1; an IPv4 address follows."""

_CLOSED = (
    ipaddress.IPv6Network("64:ff9b:1::/48"),  # NAT64 of one's own, RFC 8215: where the IPv4 address stands, nobody says
    ipaddress.IPv6Network("2001::/32"),  # Teredo, RFC 4380: a server and a client behind it, and no longer in use
    ipaddress.IPv6Network("3fff::/20"),  # documentation, RFC 9637
    ipaddress.IPv6Network("5f00::/16"),  # segment routing, RFC 9602
    ipaddress.IPv6Network("fec0::/10"),  # site-local, RFC 3879
    ipaddress.IPv4Network("192.88.99.0/24"),  # 6to4 relays, RFC 7526
)


@dataclass(frozen=True)
class _Allowance:
    """One exception: a network, or a host name, at one port or at any."""

    network: Network | None
    host: str
    port: int | None


class AddressPolicy:
    """Says which addresses may be fetched."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        """allowed: exceptions, each a network (`10.0.0.0/8`), an address, a `host:port` or a host name.

        Raises:
            ValueError: one of them is none of that.
        """
        self._allowed = tuple(_allowance(one) for one in allowed)

    def check_url(self, url: str) -> URL:
        """The parsed address.

        Raises:
            AddressRefusedError: no http(s), credentials inside, or a port for other things than the web.
        """
        try:
            parsed = URL(url)
        except ValueError as error:
            raise AddressRefusedError("not an address") from error
        if parsed.scheme not in {"http", "https"} or not parsed.host:
            raise AddressRefusedError("not an http(s) address")
        if parsed.user is not None or parsed.password is not None:
            raise AddressRefusedError("credentials in the address")
        if parsed.port not in PORTS and not self._port_is_allowed(parsed.host, parsed.port):
            raise AddressRefusedError("a port that is not the web's")
        return parsed

    def is_own(self, host: str) -> bool:
        """Whether the operator has opened that host: by name, or as an address of a network."""
        try:
            ip = ipaddress.ip_address(host)
        except ValueError:
            return any(one.network is None and one.host == host.casefold() for one in self._allowed)
        return any(one.network is not None and ip in one.network for one in self._allowed)

    def check_connection(self, address: str, port: int, host: str = "") -> None:
        """Whether a connection to that IP address and port is allowed.

        host: the name that led to it. What the operator allowed by name is reached by that name alone.

        Raises:
            AddressRefusedError: it is not.
        """
        ip = ipaddress.ip_address(address.partition("%")[0])
        allowed = any(
            one.port in {None, port} and (ip in one.network if one.network else one.host == host.casefold())
            for one in self._allowed
        )
        if not ((_is_public(ip) and port in PORTS) or allowed):
            raise AddressRefusedError("an address that is not public")

    def _port_is_allowed(self, host: str | None, port: int | None) -> bool:
        # Which network a name leads to is known only at connect time; until then any allowed network may be it.
        return any(
            one.port in {None, port} and (one.network is not None or one.host == (host or "").casefold())
            for one in self._allowed
        )


def _allowance(written: str) -> _Allowance:
    written = written.strip()
    try:
        return _Allowance(ipaddress.ip_network(written, strict=False), "", None)
    except ValueError:
        pass  # not a bare network, so it names a host, perhaps with a port
    host, colon, port = written.rpartition(":")
    if not colon:
        host, port = written, ""
    host = host.strip("[]")
    if not host or " " in host or "/" in host or (colon and not (port.isdigit() and 0 < int(port) < 65536)):  # noqa: PLR2004
        raise ValueError(f"neither a network nor host:port: {written!r}")
    number = int(port) if colon else None
    try:
        return _Allowance(ipaddress.ip_network(host), "", number)
    except ValueError:
        return _Allowance(None, host.casefold(), number)


def _is_public(ip: Address) -> bool:
    if any(ip in network for network in _CLOSED if network.version == ip.version):
        return False
    inner = _embedded(ip)
    if inner is not None:
        return _is_public(inner)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _embedded(ip: Address) -> Address | None:
    """The IPv4 address that an IPv6 address leads to by translation or tunnel."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in _NAT64 or (int(ip) >> 32) & 0xFDFFFFFF == _ISATAP:  # its flag "u" says whether the address is unique
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour
