"""An import as a process of its own that says when it is under way, and then goes no further."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from tests.support.patience import HANG_GUARD
from tests.support.still_clock import StillClock
from wizterm.server.importing.loading import load
from wizterm.server.store.opening import open_store

_spawning = multiprocessing.get_context("spawn")


@contextmanager
def stalled_import(folder: Path, url: str, files: list[Path]) -> Iterator[multiprocessing.process.BaseProcess]:
    """Its first rows are written and nothing is committed; whoever wants it gone kills it."""
    ours, theirs = _spawning.Pipe()
    process = _spawning.Process(target=_import, args=(folder, url, files, theirs))
    process.start()
    try:
        assert ours.poll(HANG_GUARD), "expected the import to begin"
        ours.recv()
        yield process
    finally:
        process.kill()
        process.join(HANG_GUARD)


def _import(folder: Path, url: str, files: list[Path], said: Connection) -> None:
    def stop(_file: str, _lines: int) -> None:
        said.send("under way")
        signal.pause()

    load(open_store(folder, url), files, clock=StillClock(), progress=stop)
