"""The thread that keeps in touch: asleep until something is asked, the way out has changed, or it is time to look."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from wizterm.protocol.backoff import LONGEST
from wizterm.sync.conductor import Conductor

ROUTE_EVERY: Final = 2.0
"""Seconds between two looks at the local route, which cost no traffic."""

_LOG = logging.getLogger(__name__)


class Agent:
    def __init__(
        self,
        conductor: Conductor,
        *,
        route_changed: Callable[[], bool],
        on_route_change: Callable[[], None],
        close: Callable[[], None],
    ) -> None:
        """`on_route_change` and `close` are called in the agent's thread: they end the connections made there."""
        self._conductor = conductor
        self._route_changed = route_changed
        self._on_route_change = on_route_change
        self._close = close
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._pull = threading.Event()
        self._whole = threading.Event()
        self._busy = False
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def nudge(self) -> None:
        """Look at once: something was submitted, Offline Mode was switched, or the rep has signed in."""
        self._wake.set()

    def sync_now(self, *, whole: bool = False) -> None:
        """Look at once, and bring the catalogue down: what changed, or all of it anew."""
        (self._whole if whole else self._pull).set()
        self._wake.set()

    def doubt(self) -> None:
        """Sending failed: look whether the company can still be reached, unless a round is just finding out."""
        if not self._busy:
            self._wake.set()

    @property
    def stopping(self) -> bool:
        """What a pull asks between two pieces."""
        return self._stopping.is_set()

    def stop(self, seconds: float = 2.0) -> bool:
        """End after the answer at hand; False where it is still awaited."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._sleep(self._once())
        self._close()

    def _once(self) -> float | None:
        self._busy = True
        try:
            return self._conductor.once(pull=_taken(self._pull), whole=_taken(self._whole))
        except Exception:  # noqa: BLE001 - the edge of our thread: it must live to try again
            _LOG.exception("A round of syncing ended with a fault of this program; it is tried again.")
            return LONGEST
        finally:
            self._busy = False

    def _sleep(self, seconds: float | None) -> None:
        """Until the rest is over, or something happens before."""
        left = float("inf") if seconds is None else seconds
        while left > 0 and not self._wake.wait(min(left, ROUTE_EVERY)):
            left -= ROUTE_EVERY
            if self._route_changed():
                self._on_route_change()
                break
        self._wake.clear()


def _taken(event: threading.Event) -> bool:
    """Whether it was set; it is not any more."""
    was_set = event.is_set()
    event.clear()
    return was_set
