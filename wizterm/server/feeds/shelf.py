"""Ready catalogue files: on the disk, named by their content, with a row each that says for which lists they are."""

from __future__ import annotations

from pathlib import Path

from peewee import Value

from wizterm.domain.clock import Clock, milliseconds
from wizterm.locking import alone
from wizterm.protocol import replica
from wizterm.server.feeds.catalogue_file import build, path_of
from wizterm.server.scope import Scope
from wizterm.server.store import ledger
from wizterm.server.store.mirror import MIRROR, CatalogueFile
from wizterm.server.store.store import Store

FEW_CHANGES = 5_000
"""A file is still good while changes bring a device up to date in a few pages."""
KEPT_MS = 48 * 3600 * 1000
"""A device may be fetching a file for as long as that."""


class Shelf:
    def __init__(self, store: Store, folder: Path, clock: Clock) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock

    def newest(self, scope: Scope, schema: int) -> CatalogueFile | None:
        """The latest file of these lists that is on the disk. Asked within a transaction."""
        of_these = (CatalogueFile.lists == scope.fingerprint) & (CatalogueFile.schema == schema)
        files = CatalogueFile.select().where(of_these).order_by(CatalogueFile.seq.desc())
        return next((file for file in files if path_of(self._folder, file.sha256).is_file()), None)

    def is_fresh(self, file: CatalogueFile) -> bool:
        return changes_since(file.seq) <= FEW_CHANGES

    def path(self, scope: Scope, sha256: str) -> Path | None:
        """Where the file is, where it is one of these lists."""
        known = CatalogueFile.get_or_none((CatalogueFile.sha256 == sha256) & (CatalogueFile.lists == scope.fingerprint))
        path = path_of(self._folder, sha256)
        return path if known is not None and path.is_file() else None

    def fill(self, scope: Scope, schema: int) -> None:
        """Build a fresh file, unless another process has done so meanwhile: one builds these lists at a time."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(self._folder / f"{scope.fingerprint}-{schema}.lock"):
            with self._store.reading():
                standing = self.newest(scope, schema)
                if standing is not None and self.is_fresh(standing):
                    return
                seq = ledger.reading_of(ledger.CATALOGUE)
                built = build(self._folder, scope, schema)
            row = {"sha256": built.sha256, "lists": scope.fingerprint, "schema": schema, "seq": seq}
            row |= {"bytes": built.bytes, "unpacked_bytes": built.unpacked_bytes}
            self._store.again(lambda: self._put_down(row))

    def _put_down(self, row: dict[str, object]) -> None:
        now = milliseconds(self._clock.now())
        with self._store.writing():
            CatalogueFile.insert(row | {"built_at": now}).on_conflict(
                conflict_target=[CatalogueFile.sha256, CatalogueFile.lists], update={"seq": row["seq"], "built_at": now}
            ).execute()
            self._forget_old(row, now)

    def _forget_old(self, newest: dict[str, object], now: int) -> None:
        old = (CatalogueFile.lists == newest["lists"]) & (CatalogueFile.sha256 != newest["sha256"])
        old &= (CatalogueFile.schema == newest["schema"]) & (CatalogueFile.built_at < now - KEPT_MS)
        digests = [file.sha256 for file in CatalogueFile.select().where(old)]
        CatalogueFile.delete().where(old).execute()
        for digest in digests:
            if not CatalogueFile.select().where(CatalogueFile.sha256 == digest).exists():
                path_of(self._folder, digest).unlink(missing_ok=True)


def changes_since(seq: int) -> int:
    """How many rows changed after that number; counts no further than it must."""
    return sum(
        MIRROR[table.name].select(Value(1)).where(MIRROR[table.name].seq > seq).limit(FEW_CHANGES + 1).count()
        for table in replica.CATALOGUE_PART
    )
