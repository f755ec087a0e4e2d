"""The gate that every socket of the fetch door goes through, whichever library speaks over it.

Names are resolved here, once, without a cache; every address is judged before it is dialled, and the
address that was judged is the one that is dialled: a name that changes its mind in between (DNS
rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import base64
import socket
from dataclasses import dataclass, field

from monitor.errors import Refused
from monitor.fetch.guard import Guard, Target, is_address, is_local_name, is_public

AddrInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class Address:
    """A judged number, ready to be dialled."""

    family: int
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Proxy:
    """An http proxy that the operator named."""

    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Who we are to the proxy, where it asks."""
        token = base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
        return (("Proxy-Authorization", f"Basic {token}"),) if self.user else ()


class Gate:
    """Resolves where the guard says and opens sockets to what was judged, to nothing else."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._admitted: set[tuple[str, int]] = set()

    def admit(self, target: Target) -> None:
        """Let an address that the operator named, and that no resolver will see, pass the last gate."""
        if is_address(target.host) and self._guard.dial(target.host, target.port).trusted:
            self._admitted.add((target.host, target.port))

    async def addresses(self, host: str, port: int, *, family: int = socket.AF_UNSPEC) -> tuple[Address, ...]:
        """Where to dial for this name; Refused, whole, if one of its addresses may not be dialled."""
        dial = self._guard.dial(host, port)
        found = await _resolved(dial.host, dial.port, family)
        for address in found:
            if not self._guard.admits(host, port, address.host):
                reason = f"refused: {host} is at {address.host}, which is not a public address"
                raise Refused(f"{host}:{port}", reason)
        if dial.trusted:
            self._admitted.update((address.host, address.port) for address in found)
        return found

    def socket(self, info: AddrInfo) -> socket.socket:
        """The last gate: whatever any parser made of the URL, this is the number that is dialled."""
        family, kind, protocol, _, address = info
        host, port = str(address[0]), int(address[1])
        if not self._may_dial(host, port):
            raise Refused(f"{host}:{port}", f"refused: {host} is not a public address")
        return socket.socket(family, kind, protocol)

    def _may_dial(self, host: str, port: int) -> bool:
        return is_public(host) or (host, port) in self._admitted


class ProxyGate(Gate):
    """Opens sockets to one proxy, which the operator named, and to nothing else, public or not."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(Guard(allow_hosts=frozenset({host})))
        self._place = host, port
        if is_address(host):
            self._admitted.add(self._place)

    async def addresses(self, host: str, port: int, *, family: int = socket.AF_UNSPEC) -> tuple[Address, ...]:
        """Where the proxy is; Refused for anything else."""
        if (host, port) != self._place:
            raise Refused(f"{host}:{port}", "refused: only the proxy is dialled here")
        return await super().addresses(host, port, family=family)

    def _may_dial(self, host: str, port: int) -> bool:
        return (host, port) in self._admitted


async def check_for_proxy(target: Target) -> None:
    """Whether a proxy may be asked for this target: Refused for what is, or is called, private.

    What is promised: no private address, no name of a private network and no name that resolves here to a
    private address is ever sent to a proxy, `allow_hosts` or not. What cannot be promised: the proxy
    resolves the name once more, by itself, and may find another address than we did; a name that cannot
    be resolved here is left to it (that may be why there is a proxy). Its own rules guard its network.
    """
    if is_local_name(target.host) or (is_address(target.host) and not is_public(target.host)):
        raise Refused(target.url, f"refused: no proxy is asked for {target.host}")
    try:
        found = await _resolved(target.host, target.port, socket.AF_UNSPEC)
    except OSError:
        return
    for address in found:
        if not is_public(address.host):
            reason = f"refused: {target.host} is at {address.host}, no proxy is asked for it"
            raise Refused(target.url, reason)


async def _resolved(host: str, port: int, family: int) -> tuple[Address, ...]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
    return tuple(Address(info[0], str(info[4][0]), port) for info in found)
