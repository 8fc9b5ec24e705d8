"""Waiting until no other process is at it. A kernel's lock: it goes with the process that held it, however it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        while not _got(file):
            pass

    def _got(file: IO[bytes]) -> bool:
        """Windows itself gives up after ten seconds."""
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One process, and one thread of it, is in the block at a time. The file stays: who waits has it open."""
    with path.open("a+b") as file:
        _lock(file)
        yield
