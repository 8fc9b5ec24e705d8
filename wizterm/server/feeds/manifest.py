"""`GET /v1/catalog/manifest`: which file a device begins with."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

from wizterm.domain.clock import Clock
from wizterm.protocol import replica
from wizterm.protocol.catalogue import Manifest
from wizterm.protocol.problem import Code, ProblemError, problem
from wizterm.server.auth import Caller
from wizterm.server.feeds import cursor as cursors
from wizterm.server.feeds.builder import Builder
from wizterm.server.feeds.catalogue_file import PIECE
from wizterm.server.feeds.cursor import CatalogueCursor
from wizterm.server.feeds.shelf import Shelf
from wizterm.server.scope import Scope, scope_of
from wizterm.server.store import ledger
from wizterm.server.store.mirror import CatalogueFile
from wizterm.server.store.store import Store

PATIENCE = 20.0
"""Seconds somebody waits for the first file of their lists; then they are asked to come again."""
WAITING_ROOM = 4
"""Callers of a process who wait at a time: each takes a thread that others want too."""
COME_AGAIN = 3.0


class Manifests:
    def __init__(self, store: Store, folder: Path, clock: Clock) -> None:
        self._store = store
        self._shelf = Shelf(store, folder, clock)
        self._builder = Builder(self._shelf)
        self._waiting_room = threading.BoundedSemaphore(WAITING_ROOM)

    def manifest(self, caller: Caller, schema: int) -> Manifest:
        """Of the file that is there, though it may be old: a fresh one is built meanwhile, and changes do the rest."""
        if schema not in replica.SERVED:
            raise problem(
                400,
                Code.UNKNOWN_SCHEMA,
                "Unknown catalogue schema",
                f"This server makes catalogues of schema {_served()}, not {schema}: update the older of the two.",
            )
        with self._store.reading():
            scope = scope_of(caller.rep)
            file = self._shelf.newest(scope, schema)
            fresh = file is not None and self._shelf.is_fresh(file)
            epoch = ledger.fact("epoch")
        if file is None or not fresh:
            building = self._builder.build(scope, schema)
            file = file or self._first(building, scope, schema)
        start = CatalogueCursor(epoch, caller.rep, scope.fingerprint, since=file.seq, rep_since=0, schema=schema)
        return Manifest(
            sha256=file.sha256,
            bytes=file.bytes,
            unpacked_bytes=file.unpacked_bytes,
            schema=schema,
            cursor=cursors.encode(start),
        )

    def path(self, caller: Caller, sha256: str) -> Path:
        """The file on disk, where it is one for this caller's lists."""
        with self._store.reading():
            path = self._shelf.path(scope_of(caller.rep), sha256)
        if path is None:
            raise no_such_file()
        return path

    def close(self) -> None:
        self._builder.close()

    def _first(self, building: Future[None], scope: Scope, schema: int) -> CatalogueFile:
        """Nobody has had a file of these lists: a few callers wait for it, the others come again."""
        if not self._waiting_room.acquire(blocking=False):
            raise _being_built()
        try:
            building.result(PATIENCE)
        except TimeoutError:
            raise _being_built() from None
        finally:
            self._waiting_room.release()
        with self._store.reading():
            file = self._shelf.newest(scope, schema)
        if file is None:
            raise _being_built()
        return file


def _served() -> str:
    return " to ".join(sorted({str(replica.SERVED[0]), str(replica.SERVED[-1])}))


def pieces(path: Path, start: int) -> Iterator[bytes]:
    with path.open("rb") as source:
        source.seek(start)
        while piece := source.read(PIECE):
            yield piece


def no_such_file() -> ProblemError:
    return problem(404, Code.NOT_FOUND, "No such file", "There is no such file for you: ask for the manifest again.")


def _being_built() -> ProblemError:
    words = "Your catalogue is being made ready: ask again shortly."
    return problem(503, Code.SERVER_TROUBLE, "Not ready yet", words, retry_after=COME_AGAIN)
