"""Which addresses may be fetched from: public ones only, however they are written and wherever a redirect leads.

A name is looked up once, every address it has must be public, and the connection is made to an address that was
looked at: a name that answers otherwise the second time gains nothing.
"""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, quote, urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Lookup = Callable[[str, int], Sequence[str]]

SCHEMES = {"http": 80, "https": 443}
PORTS = frozenset((80, 443, 8000, 8080, 8443))
# Not public, or another address in disguise: IPv4 in IPv6 (mapped, compatible, NAT64, 6to4, Teredo) reaches the inside
# of networks that IPv6 rules forget.
NEVER = tuple(
    ip_network(network)
    for network in (
        *("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/3"),
        *("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10"),
        *("fec0::/10", "ff00::/8"),
    )
)
LONGEST = 4096  # characters of an address
SAFE = "%/:@!$&'()*+,;=~-._"


class UnsafeAddress(Exception):
    """An address that is not fetched; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be fetched beside the public internet: networks of one's own, and ports, when an operator says so."""

    networks: tuple[Network, ...] = ()
    ports: frozenset[int] = PORTS
    any_port: bool = False

    def allows(self, address: Address) -> bool:
        return is_public(address) or any(address in network for network in self.networks)


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be fetched, and the one place on the network that it stands for."""

    url: str
    scheme: str
    host: str
    port: int
    path: str  # with the query
    address: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet.

    >>> [is_public(ip_address(text)) for text in ("93.184.216.34", "10.0.0.1", "::ffff:93.184.216.34")]
    [True, False, False]
    """
    return address.is_global and not any(address in network for network in NEVER)


def look_up(host: str, port: int) -> Sequence[str]:
    """Every address of a name; raises OSError when it has none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def target(url: str, policy: Policy, *, lookup: Lookup = look_up) -> Target:
    """Where a URL leads; raises UnsafeAddress, and OSError where its name cannot be looked up."""
    parts, host, port = _parts(url)
    if not policy.any_port and port not in policy.ports:
        raise UnsafeAddress(f"{url}: port {port} is no port of a web server")
    found = [_address(text) for text in lookup(host, port)]
    if not found:
        raise UnsafeAddress(f"{url}: {host} has no address")
    refused = next((address for address in found if not policy.allows(address)), None)
    if refused:
        raise UnsafeAddress(f"{url}: {host} is {refused}, which is not on the public internet")
    query = f"?{quote(parts.query, safe=SAFE + '?')}" if parts.query else ""
    path = quote(parts.path or "/", safe=SAFE) + query
    return Target(url, parts.scheme.lower(), host, port, path, str(found[0]))


def _parts(url: str) -> tuple[SplitResult, str, int]:
    """The parts of a URL, its host and its port."""
    if len(url) > LONGEST or any(ord(letter) <= 0x20 or letter in "\\\x7f" for letter in url):
        raise UnsafeAddress(f"{url[:200]!r} is no address of the web")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode()
    except ValueError as error:
        raise UnsafeAddress(f"{url}: {error}") from error
    if parts.scheme.lower() not in SCHEMES or not host:
        raise UnsafeAddress(f"{url}: only http and https addresses are fetched")
    if parts.username is not None or parts.password is not None:
        raise UnsafeAddress(f"{url}: addresses with a name and a password in them are not fetched")
    return parts, host, SCHEMES[parts.scheme.lower()] if port is None else port


def _address(text: str) -> Address:
    try:
        return ip_address(text.partition("%")[0])  # a zone of IPv6 says only which wire
    except ValueError as error:
        raise UnsafeAddress(f"{text} is no address of a network") from error
