"""Ports for servers that are told theirs before they start."""

from __future__ import annotations

import itertools
import os
import socket

LOWEST = 20_000
"""Below those that systems hand out for calls: one of these is not taken by whoever calls somebody meanwhile."""
SLICE, SLICES = 100, 120
"""Of ports for each process: those of the workers of a run, started together, lie apart."""

_turns = itertools.count()


def free_port() -> int:
    """One that nobody listens at, and that this process has not given before."""
    first = LOWEST + os.getpid() % SLICES * SLICE
    for turn in itertools.islice(_turns, SLICE):
        port = first + turn % SLICE
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError(f"expected a free port from {first} to {first + SLICE - 1}, but all are taken")
