"""A process that delivers and nothing else, until it is told to end."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable

from wizterm import __version__
from wizterm.server.company import Company

_LOG = logging.getLogger(__name__)


def work(company: Company, ready: Callable[[], None]) -> None:
    """The delivery under way at the end is settled first."""
    company.start()
    try:
        _LOG.info("The worker has begun.", extra={"facts": {"version": __version__}})
        until_told(ready)
        _LOG.info("The worker is ending: the delivery under way is settled first.")
    finally:
        company.close()
        _LOG.info("The worker has ended.")


def until_told(ready: Callable[[], None] = lambda: None) -> None:
    """Wait for SIGTERM or SIGINT; `ready` is told when they are heard."""
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    ready()
    ending.wait()
