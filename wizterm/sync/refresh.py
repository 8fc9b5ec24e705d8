"""Bringing the catalogue down: changes where there is a catalogue, a file and then changes where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from wizterm.db.replica_check import verify
from wizterm.db.replica_errors import ReplicaDamagedError, ReplicaDiskError
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_writer import ReplicaWriter
from wizterm.protocol import replica
from wizterm.protocol.catalogue import CatalogueChanges, Manifest
from wizterm.protocol.problem import Code, ProblemError
from wizterm.sync.fetch import CancelledError, NoRoomError, WrongFileError, fetch, require_room, size, unpack
from wizterm.sync.progress import Meter, Progress, Step


class CatalogueFeed(Protocol):
    """Signed in; `SignedIn` is one."""

    def manifest(self, schema: int) -> Manifest: ...

    def file(self, sha256: str, start: int) -> Iterator[bytes]: ...

    def catalogue_changes(self, cursor: str) -> CatalogueChanges: ...


class StartOverError(Exception):
    """This generation cannot be brought up to date: only a new one can."""


class NoAgreementError(Exception):
    """A new generation did not come to agree with the server either; the one in use stays."""


FAILURES: Final = (NoAgreementError, WrongFileError, NoRoomError, ReplicaDamagedError, ReplicaDiskError, OSError)
"""Why the catalogue cannot be had though the server answers."""


@dataclass(frozen=True, slots=True)
class Pulled:
    rows: int
    """That came, changed or went."""
    complete: bool
    """Whether the whole catalogue was fetched."""


@dataclass(slots=True)
class Refresh:
    feed: CatalogueFeed
    files: ReplicaFiles
    tell: Callable[[Progress], None]
    cancelled: Callable[[], bool]
    monotonic: Callable[[], float]

    def run(self, *, whole: bool = False) -> Pulled:
        """`whole` fetches all anew. Raises what the network can do, or one of `FAILURES`.

        The generation in use stays in use until another one agrees with the server.
        """
        current = self.files.current()
        if current is not None and not whole:
            try:
                return Pulled(self._follow(current), complete=False)
            except (StartOverError, ReplicaDamagedError):
                pass
        return self._renew()

    def _renew(self) -> Pulled:
        if (unfinished := self.files.unfinished()) is not None:
            try:
                return self._finish(unfinished)
            except (StartOverError, ReplicaDamagedError):
                self.files.discard(unfinished)
        generation = self._first()
        try:
            return self._finish(generation)
        except (StartOverError, ReplicaDamagedError) as error:
            self.files.discard(generation)
            raise NoAgreementError(f"The catalogue could not be brought up to date: {error}") from error

    def _first(self) -> Path:
        """A verified generation from the server's file, at the manifest's cursor."""
        manifest = self.feed.manifest(replica.SCHEMA)
        part = self.files.part(manifest.sha256)
        self.files.sweep(keep=part)
        require_room(self.files.folder, manifest, size(part))
        fetch(
            lambda start: self._stoppable(self.feed.file(manifest.sha256, start)),
            manifest,
            part,
            self._meter(Step.FETCHING, manifest.bytes, had=size(part)),
        )
        unpacked = self.files.unpacked()
        try:
            unpack(part, unpacked, manifest, self._meter(Step.UNPACKING, manifest.unpacked_bytes))
            self._check(unpacked, manifest)
        except (WrongFileError, ReplicaDamagedError):
            part.unlink()
            self.files.discard(unpacked)
            raise
        return self.files.accept(unpacked)

    def _check(self, unpacked: Path, manifest: Manifest) -> None:
        meter = self._meter(Step.CHECKING, 2)
        meter.at(0)
        verify(unpacked)
        meter.at(1)
        with closing(ReplicaWriter(unpacked)) as writer:
            writer.begin_at(manifest.cursor)
        meter.at(2)

    def _finish(self, generation: Path) -> Pulled:
        rows = self._follow(generation)
        self.files.switch(generation)
        return Pulled(rows, complete=True)

    def _follow(self, generation: Path) -> int:
        """Apply changes page by page until there are no more, then compare. A page that is applied stays applied."""
        with closing(ReplicaWriter(generation)) as writer:
            if writer.schema() != replica.SCHEMA:
                raise StartOverError(f"it is of schema {writer.schema()}, and this program's is {replica.SCHEMA}.")
            meter = self._meter(Step.APPLYING, 0)
            rows = 0
            while True:
                cursor = writer.cursor()
                page = self._page(cursor)
                rows += writer.apply(page)
                meter.at(rows, rows + page.remaining)
                if not page.more:
                    break
                if page.cursor == cursor:
                    raise StartOverError("the server's changes do not come to an end.")
                self._stop_if_asked()
            if different := writer.disagreements(page.digests):
                raise StartOverError(f"it differs from the server's in {', '.join(different)}.")
        return rows

    def _page(self, cursor: str) -> CatalogueChanges:
        if not cursor:
            raise StartOverError("it does not know where it stands.")
        try:
            return self.feed.catalogue_changes(cursor)
        except ProblemError as error:
            if error.code == Code.CURSOR_GONE:
                raise StartOverError("the server has no changes from so long ago.") from error
            raise

    def _stoppable(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            yield piece
            self._stop_if_asked()

    def _stop_if_asked(self) -> None:
        if self.cancelled():
            raise CancelledError

    def _meter(self, step: Step, total: int, had: int = 0) -> Meter:
        return Meter(step, total, tell=self.tell, monotonic=self.monotonic, had=had)
