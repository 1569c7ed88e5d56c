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

_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))  # RFC 6052, RFC 8215
_CLOSED = (
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
        self._resolved: set[tuple[Address, int]] = set()

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

    def resolved(self, host: str, port: int, address: str) -> None:
        """Take note that `host` leads to `address`: what the operator allowed by name is reached by address."""
        if any(
            one.network is None and one.host == host.casefold() and one.port in {None, port} for one in self._allowed
        ):
            self._resolved.add((ipaddress.ip_address(address.partition("%")[0]), port))

    def is_own(self, host: str) -> bool:
        """Whether the operator has opened that host: by name, or as an address of a network."""
        try:
            ip = ipaddress.ip_address(host)
        except ValueError:
            return any(one.network is None and one.host == host.casefold() for one in self._allowed)
        return any(one.network is not None and ip in one.network for one in self._allowed)

    def check_connection(self, address: str, port: int) -> None:
        """Raises AddressRefusedError unless a connection to that IP address and port is allowed."""
        ip = ipaddress.ip_address(address.partition("%")[0])
        allowed = any(one.network and ip in one.network and one.port in {None, port} for one in self._allowed)
        if not ((_is_public(ip) and port in PORTS) or allowed or (ip, port) in self._resolved):
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
    inner = _embedded(ip)
    if inner is not None:
        return _is_public(inner)
    closed = any(ip in network for network in _CLOSED if network.version == ip.version)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not closed


def _embedded(ip: Address) -> Address | None:
    """The IPv4 address that an IPv6 address leads to by translation or tunnel."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if any(ip in network for network in _NAT64):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
