"""A process that delivers and nothing else, until it is told to end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable

from wizterm.server.company import Company


def work(company: Company, ready: Callable[[], None]) -> None:
    """The delivery under way at the end is settled first."""
    company.start()
    try:
        until_told(ready)
    finally:
        company.close()


def until_told(ready: Callable[[], None] = lambda: None) -> None:
    """Wait for SIGTERM or SIGINT; `ready` is told when they are heard."""
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    ready()
    ending.wait()
