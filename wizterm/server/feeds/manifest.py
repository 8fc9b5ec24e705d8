"""`GET /v1/catalog/manifest`: which file a device begins with. Files are built when first wanted, and kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peewee import Value

from wizterm.domain.clock import Clock, milliseconds
from wizterm.protocol import replica
from wizterm.protocol.catalogue import Manifest
from wizterm.protocol.problem import Code, ProblemError, problem
from wizterm.server.auth import Caller
from wizterm.server.feeds import cursor as cursors
from wizterm.server.feeds.catalogue_file import PIECE, build, path_of
from wizterm.server.feeds.cursor import CatalogueCursor
from wizterm.server.scope import Scope, scope_of
from wizterm.server.store import ledger
from wizterm.server.store.mirror import MIRROR, CatalogueFile
from wizterm.server.store.store import Store

FEW_CHANGES = 5_000
"""A file is still good while changes bring a device up to date in a few pages."""
KEPT_MS = 48 * 3600 * 1000
"""A device may be fetching a file for as long as that."""


class Manifests:
    def __init__(self, store: Store, folder: Path, clock: Clock) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock
        self._building = threading.Lock()

    def manifest(self, caller: Caller, schema: int) -> Manifest:
        if schema not in replica.SERVED:
            raise problem(
                400,
                Code.UNKNOWN_SCHEMA,
                "Unknown catalogue schema",
                f"This server makes catalogues of schema {_served()}, not {schema}: update the older of the two.",
            )
        with self._store.reading():
            scope = scope_of(caller.rep)
            file = self._fitting(scope, schema)
        if file is None:
            with self._building:
                file = self._built(scope, schema)
        with self._store.reading():
            epoch = ledger.fact("epoch")
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
            scope = scope_of(caller.rep)
            known = CatalogueFile.get_or_none(
                (CatalogueFile.sha256 == sha256) & (CatalogueFile.lists == scope.fingerprint)
            )
        if known is None or not path_of(self._folder, sha256).is_file():
            raise no_such_file()
        return path_of(self._folder, sha256)

    def _fitting(self, scope: Scope, schema: int) -> CatalogueFile | None:
        newest: CatalogueFile | None = (
            CatalogueFile.select()
            .where((CatalogueFile.lists == scope.fingerprint) & (CatalogueFile.schema == schema))
            .order_by(CatalogueFile.seq.desc())
            .first()
        )
        if newest is None or not path_of(self._folder, newest.sha256).is_file():
            return None
        return newest if _changes_since(newest.seq) <= FEW_CHANGES else None

    def _built(self, scope: Scope, schema: int) -> CatalogueFile:
        """Another caller may have built it while this one waited for its turn."""
        with self._store.reading():
            if (ready := self._fitting(scope, schema)) is not None:
                return ready
            seq = ledger.reading_of(ledger.CATALOGUE)
            built = build(self._folder, scope, schema)
        now = milliseconds(self._clock.now())
        row = {
            "sha256": built.sha256,
            "lists": scope.fingerprint,
            "schema": schema,
            "seq": seq,
            "bytes": built.bytes,
            "unpacked_bytes": built.unpacked_bytes,
            "built_at": now,
        }
        with self._store.writing():
            CatalogueFile.insert(row).on_conflict(
                conflict_target=[CatalogueFile.sha256, CatalogueFile.lists], update={"seq": seq, "built_at": now}
            ).execute()
            self._forget_old(scope, row, now)
        return CatalogueFile(**row)

    def _forget_old(self, scope: Scope, newest: dict[str, Any], now: int) -> None:
        old = (CatalogueFile.lists == scope.fingerprint) & (CatalogueFile.sha256 != newest["sha256"])
        old &= (CatalogueFile.schema == newest["schema"]) & (CatalogueFile.built_at < now - KEPT_MS)
        digests = [file.sha256 for file in CatalogueFile.select().where(old)]
        CatalogueFile.delete().where(old).execute()
        for digest in digests:
            if not CatalogueFile.select().where(CatalogueFile.sha256 == digest).exists():
                path_of(self._folder, digest).unlink(missing_ok=True)


def _served() -> str:
    return " to ".join(sorted({str(replica.SERVED[0]), str(replica.SERVED[-1])}))


def pieces(path: Path, start: int) -> Iterator[bytes]:
    with path.open("rb") as source:
        source.seek(start)
        while piece := source.read(PIECE):
            yield piece


def no_such_file() -> ProblemError:
    return problem(404, Code.NOT_FOUND, "No such file", "There is no such file for you: ask for the manifest again.")


def _changes_since(seq: int) -> int:
    """How many rows changed after that number; counts no further than it must."""
    return sum(
        MIRROR[table.name].select(Value(1)).where(MIRROR[table.name].seq > seq).limit(FEW_CHANGES + 1).count()
        for table in replica.CATALOGUE_PART
    )
