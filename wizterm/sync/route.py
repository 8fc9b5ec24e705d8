"""Noticing that the network has changed, without a byte of traffic, on any system."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from typing import Final

from wizterm.sync.address import host_and_port

NOBODYS: Final = "192.0.2.1"
"""Of a range kept for documents (RFC 5737); the way to it is the way to anywhere."""


def source_address(host: str, port: int) -> str:
    """The address this machine would send from; empty where there is no way. Connecting a UDP socket sends nothing."""
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.connect(target)
            return str(probe.getsockname()[0])
    except OSError:
        return ""


class RouteWatcher:
    """Give it an address in numbers: a name would ask the network at every look."""

    def __init__(self, source: Callable[[], str]) -> None:
        self._source = source
        self._last = source()

    def changed(self) -> bool:
        """Whether the way out is another one than at the last look."""
        before, self._last = self._last, self._source()
        return self._last != before


def way_to(address: str) -> Callable[[], str]:
    """Tells the source address towards a server; one with a name is stood for by an address that is nobody's."""
    host, port = host_and_port(address)
    try:
        ip_address(host)
    except ValueError:
        host = "127.0.0.1" if host == "localhost" else NOBODYS
    return partial(source_address, host, port)
