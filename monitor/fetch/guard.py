"""Which addresses may be dialled. Pure decisions over text and numbers; talks to nobody.

A page decides where a link or a redirect leads, so every address is judged twice: as it is written
(`check`), and as the number that is about to be dialled (`admits`). Only what the operator named may
lie inside his own network. Classes of addresses after the IANA special-purpose registries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from monitor.errors import ConfigError, Refused
from monitor.fetch.limits import Limits

_URL = re.compile(r"(https?)://([^/?#]*)", re.I)
_AUTHORITY = re.compile(r"(\[[0-9a-f.]*:[0-9a-f:.]*\]|[a-z0-9._-]+)(?::([0-9]{1,5}))?", re.I)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
# 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1 to a resolver: a name never ends in a number.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PORTS = {"http": 80, "https": 443}
# Names that mean something in somebody's own network only (RFC 6761, 6762, 8375; ICANN's reserved ones).
_LOCAL_ENDS = frozenset(
    {"localhost", "local", "internal", "intranet", "private", "lan", "home", "corp", "arpa", "invalid"}
)

_NOT_PUBLIC_4 = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by carriers, and by clouds for their metadata
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
_GLOBAL_6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(net)
    for net in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address taken apart: `host` in lower case, IPv6 without brackets."""

    url: str
    scheme: str
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Dial:
    """Where to dial for a target; with `trusted` the operator has named it, inside or outside."""

    host: str
    port: int
    trusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What the operator allows beside public addresses: `host` or `host:port`, and places to dial instead."""

    allow_hosts: frozenset[str] = frozenset()
    connect_to: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, limits: Limits) -> Guard:
        """The guard that `fetch:` of sources.yaml asks for; ConfigError where it cannot be understood."""
        gateways = {key.lower(): _gateway(key, place) for key, place in limits.connect_to.items()}
        return cls(allow_hosts=frozenset(map(str.lower, limits.allow_hosts)), connect_to=gateways)

    def check(self, url: str) -> Target:
        """Take a URL apart; Refused unless it is plain http or https to a name or a public address."""
        target = _taken_apart(url)
        if is_address(target.host) and self.is_gateway(target):
            raise Refused(url, "refused: connect_to works for names, not for addresses")
        if is_address(target.host) and not self.admits(target.host, target.port, target.host):
            raise Refused(url, f"refused: {target.host} is not a public address")
        return target

    def dial(self, host: str, port: int) -> Dial:
        """Where to dial for this host and port: there, or at the gateway named in connect_to."""
        gateway = self.connect_to.get(_key(host, port))
        if gateway is None:
            return Dial(host, port, trusted=self._is_named(host, port))
        return Dial(*gateway, trusted=True)

    def is_gateway(self, target: Target) -> bool:
        """Whether another place is dialled for this target (connect_to)."""
        return _key(target.host, target.port) in self.connect_to

    def admits(self, host: str, port: int, address: str) -> bool:
        """Whether this very address may be dialled for this host and port."""
        return is_public(address) or self.dial(host, port).trusted

    def _is_named(self, host: str, port: int) -> bool:
        return bool({host, f"[{host}]", _key(host, port)} & self.allow_hosts)


def is_public(address: str) -> bool:
    """Whether anyone on the internet could dial this address: no private, special or embedded one."""
    try:
        number = ip_address(address)
    except ValueError:
        return False
    if isinstance(number, IPv4Address):
        return _is_public_4(number)
    return number.scope_id is None and _is_public_6(number)


def is_address(host: str) -> bool:
    """Whether the host is an IP address rather than a name."""
    return ":" in host or bool(_NUMBER.fullmatch(host.rpartition(".")[2]))


def is_local_name(host: str) -> bool:
    """Whether a name can only mean something in a network of one's own: `intranet`, `db.internal`."""
    name = host.rstrip(".").lower()
    return not is_address(name) and ("." not in name or name.rpartition(".")[2] in _LOCAL_ENDS)


def _is_public_4(number: IPv4Address) -> bool:
    return not any(number in net for net in _NOT_PUBLIC_4)


def _is_public_6(number: IPv6Address) -> bool:
    if number in _NAT64:
        return _is_public_4(IPv4Address(int(number) & 0xFFFFFFFF))
    return number in _GLOBAL_6 and not any(number in net for net in _NOT_PUBLIC_6)


def _taken_apart(url: str) -> Target:
    start = _URL.match(url)
    if start is None:
        raise Refused(url, "refused: not an http or https address")
    if _CONTROL.search(url):
        raise Refused(url, "refused: control characters in the address")
    authority = _AUTHORITY.fullmatch(start[2])
    if authority is None:
        raise Refused(url, "refused: the address does not name a plain host")
    scheme = start[1].lower()
    port = int(authority[2]) if authority[2] else _PORTS[scheme]
    host = authority[1].lower().strip("[]")
    if not (_is_plain(host) and 0 < port < 65536):
        raise Refused(url, "refused: the address does not name a plain host")
    return Target(url, scheme, host, port)


def _is_plain(host: str) -> bool:
    if is_address(host):
        try:
            return str(ip_address(host)) == host or ":" in host
        except ValueError:
            return False
    return len(host) <= 253 and all(_LABEL.fullmatch(label) for label in host.split("."))


def _gateway(key: str, place: str) -> tuple[str, int]:
    """`host:port` on both sides."""
    name, _, number = place.rpartition(":")
    if not (name and number.isascii() and number.isdigit() and key.rpartition(":")[2].isdigit()):
        raise ConfigError(f"fetch.connect_to: {key}: {place}", '"name:port": "host:port"')
    return name.strip("[]"), int(number)


def _key(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
