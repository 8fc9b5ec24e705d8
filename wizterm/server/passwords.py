"""Passwords: hashed slowly, checked in the same time whether the name is known or not."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
"""One check takes 64 MiB and a core."""


class Passwords:
    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self._hasher.hash("nobody signs in with this")
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def fits(self, password: str, known: str | None) -> bool:
        """Whether it is the password of this hash; an unknown name (None) is checked just as long."""
        with self._turns:
            try:
                return self._hasher.verify(known or self._nobodys, password) and known is not None
            except (VerificationError, InvalidHashError):
                return False
