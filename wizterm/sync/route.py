"""Noticing that the network has changed, without a byte of traffic, on any system."""

from __future__ import annotations

import socket
from collections.abc import Callable


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
