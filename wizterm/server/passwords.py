"""Passwords: hashed slowly, checked in the same time whether the name is known or not, and never by all processors."""

from __future__ import annotations

import os
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wizterm.protocol.problem import Code, problem

AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
"""One check takes 64 MiB and a core for a twentieth of a second: whoever is signed in needs the rest."""
MOST_WAITING = 6
"""More would hold every thread of the server. Whoever is sent away is tried again by their device."""
RETRY_SECONDS = 3.0


class Passwords:
    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(parallelism=1)
        self._nobodys = self._hasher.hash("nobody signs in with this")
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._places = threading.BoundedSemaphore(AT_ONCE + MOST_WAITING)

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def fits(self, password: str, known: str | None) -> bool:
        """Whether it is the password of this hash; an unknown name (None) is checked just as long.

        Raises the problem `too_many` where too many wait for that already.
        """
        if not self._places.acquire(blocking=False):
            words = "Too many sign in at once: try again in some seconds."
            raise problem(503, Code.TOO_MANY, "Too many sign in", words, retry_after=RETRY_SECONDS)
        try:
            with self._turns:
                return self._hasher.verify(known or self._nobodys, password) and known is not None
        except (VerificationError, InvalidHashError):
            return False
        finally:
            self._places.release()
