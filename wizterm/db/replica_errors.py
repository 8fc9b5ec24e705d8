"""What can be wrong with a replica, and which of it a new file mends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_DISK: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
_IN_USE: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class ReplicaDamagedError(Exception):
    """The replica cannot be trusted: it is fetched again, and nothing of the rep's is lost by it."""


class ReplicaDiskError(Exception):
    """This machine does not let the replica be written; the message says what to do."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """Tell a full or locked disk from a replica that is at fault."""
    try:
        yield
    except OverflowError as error:
        raise ReplicaDamagedError("The catalogue has a number that is too large to be one.") from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _DISK:
            raise ReplicaDiskError(
                f"The catalogue cannot be written ({error}): free some space on this machine, then sync again."
            ) from error
        if code in _IN_USE:
            raise ReplicaDiskError("Another program writes the catalogue just now: sync again in a moment.") from error
        raise ReplicaDamagedError(f"The catalogue does not hold together ({error}).") from error
