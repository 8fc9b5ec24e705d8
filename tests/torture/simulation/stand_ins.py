"""What the simulation puts in the place of things that would take real time, or a thread of their own."""

from __future__ import annotations

from collections.abc import Callable

from argon2 import PasswordHasher


class AtOnce:
    """A thread that has done its work when it was started."""

    def __init__(self, *, target: Callable[..., object], args: tuple[object, ...], **_: object) -> None:
        self._work = lambda: target(*args)

    def start(self) -> None:
        self._work()

    def join(self, timeout: float | None = None) -> None:
        """It has ended."""


class CheapHasher(PasswordHasher):
    """A password's hash in no time: nobody attacks a simulated machine."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
