"""A thread that does one piece of work after the other: awake when something came, or a rest is over."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Protocol

LONGEST_SLEEP = 2.0
"""Another process may have taken a document: that is how long it waits here at most."""
REST_AFTER_TROUBLE = 5.0
_log = logging.getLogger(__name__)


class Steps(Protocol):
    def step(self) -> bool:
        """One piece of work, where one is due; whether there was one."""
        ...

    def rest(self) -> float:
        """Seconds until one is due."""
        ...


class InTurn:
    """Several kinds of work in one thread: a piece of each, then again."""

    def __init__(self, *all_: Steps) -> None:
        self._all = all_

    def step(self) -> bool:
        done = [each.step() for each in self._all]
        return any(done)

    def rest(self) -> float:
        return min(each.rest() for each in self._all)


class Worker:
    def __init__(self, work: Steps, name: str = "dispatch", give_way: Callable[[], object] = lambda: None) -> None:
        """`give_way` is called after each step, and may wait."""
        self._steps = work
        self._give_way = give_way
        self._awake = threading.Event()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There may be something to deliver."""
        self._awake.set()

    def stop(self) -> None:
        """Ends after the delivery under way; what is cut off is looked up by whoever comes next."""
        self._ending.set()
        self._awake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._ending.is_set():
            self._awake.clear()
            rest = self._work()
            if not self._ending.is_set():
                self._awake.wait(rest)

    def _work(self) -> float:
        """Everything that is due; gives the seconds to sleep then."""
        try:
            while not self._ending.is_set() and self._steps.step():
                self._give_way()
            return min(LONGEST_SLEEP, self._steps.rest())
        except Exception:  # noqa: BLE001 - the edge of a thread of ours: reported, and tried again
            _log.exception("%s stopped short and goes on", self._thread.name)
            return REST_AFTER_TROUBLE
