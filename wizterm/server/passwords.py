"""Passwords: hashed slowly, checked in the same time whether the name is known or not, and never by all processors."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wizterm.protocol.problem import Code, problem

AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
"""One check takes 64 MiB and a core for a twentieth of a second: whoever is signed in needs the rest."""
MOST_FROM_CALLER = 4
"""Under way or waiting: whoever floods from one address leaves places to those from others, and reps who share one, as
at a booth, come in together."""
MOST_WAITING = 6
"""More would hold every thread of the server. Whoever is sent away is told to try again."""
RETRY_SECONDS = 3.0


class Passwords:
    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(parallelism=1)
        self._nobodys = self._hasher.hash("nobody signs in with this")
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._places = AT_ONCE + MOST_WAITING
        self._held: Counter[str] = Counter()
        self._holding = threading.Lock()

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def fits(self, password: str, known: str | None, caller: str = "") -> bool:
        """Whether it is the password of this hash; an unknown name (None) is checked just as long.

        Raises the problem `too_many` where too many wait for that already.
        """
        with self._place(caller), self._turns:
            try:
                return self._hasher.verify(known or self._nobodys, password) and known is not None
            except (VerificationError, InvalidHashError):
                return False

    @contextmanager
    def _place(self, caller: str) -> Iterator[None]:
        with self._holding:
            if self._held.total() >= self._places or (caller and self._held[caller] >= MOST_FROM_CALLER):
                words = "Too many sign in at once: try again in some seconds."
                raise problem(503, Code.TOO_MANY, "Too many sign in", words, retry_after=RETRY_SECONDS)
            self._held[caller] += 1
        try:
            yield
        finally:
            with self._holding:
                self._held[caller] -= 1
                self._held += Counter()  # forgets callers that hold none
