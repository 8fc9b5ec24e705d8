"""A folder that another system puts its files in: each is imported once, when it is whole, and put away with a report.

A file counts as whole when nothing in the folder has changed between two looks: what is still being written changes,
and files that were written together are taken together, those that others refer to first. A file that is begun lies in
`working`, where nobody writes over it, and where whoever comes after a crash finds it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peewee import PeeweeException

from wizterm.domain.clock import Clock, milliseconds
from wizterm.server.deciding import Deciding, Role
from wizterm.server.importing.faults import ImportRefusedError
from wizterm.server.importing.kinds import KINDS, UnknownKindError, recognise
from wizterm.server.importing.loading import Loaded, load
from wizterm.server.importing.sheets import SUFFIXES, SheetError, sheets
from wizterm.server.store.store import Store
from wizterm.server.store.translating import ImportedFile

WORKING, DONE, FAILED = "working", "done", "failed"
_log = logging.getLogger(__name__)


class _TakenBeforeError(Exception):
    """Its rows are in the store."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as a look finds it."""

    path: Path
    size: int
    stamped: int


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file; the same stands in the file beside it."""

    name: str
    placed: str
    """Where it lies now, in the folder."""
    words: tuple[str, ...]

    @property
    def failed(self) -> bool:
        return self.placed.startswith(FAILED)


class Watch:
    def __init__(self, store: Store, folder: Path, *, clock: Clock, by: Deciding, replace: bool = False) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock
        self._by = by
        self._replace = replace
        self._before: frozenset[Seen] = frozenset()

    def look(self) -> list[Report]:
        """Import what is whole; looks are to be some seconds apart. Raises `OSError` where the folder is gone."""
        left = list(_tables(self._folder / WORKING)) if (self._folder / WORKING).is_dir() else []
        seen = frozenset(_tables(self._folder))
        settled, self._before = seen == self._before, seen
        return [self._take(each.path) for each in _in_order([*left, *(seen if settled else ())])]

    def _take(self, path: Path) -> Report:
        working = self._folder / WORKING / path.name
        working.parent.mkdir(exist_ok=True)
        path.replace(working)
        try:
            words = tuple(self._store.again(lambda: self._load(working)).sentences())
        except _TakenBeforeError:
            words = ("It was loaded before, and only put away now: change the file to load it again.",)
        except ImportRefusedError as error:
            return self._put_away(working, FAILED, ("Nothing of it was loaded.", *str(error).splitlines()))
        return self._put_away(working, DONE, words or ("It holds no table.",))

    def _load(self, path: Path) -> Loaded:
        """Its rows, and the fact that they were taken, in one transaction: a restart in between takes nothing twice."""
        stamped = path.stat().st_mtime_ns
        identity = {"name": path.name, "sha256": _fingerprint(path), "stamped": stamped}

        def note() -> None:
            if ImportedFile.select().filter(**identity).exists():
                raise _TakenBeforeError
            ImportedFile.insert(**identity, at=milliseconds(self._clock.now())).execute()
            self._by.note(Role.ADMIN, "imported", path.name, "from the watched folder")

        return load(self._store, [path], clock=self._clock, replace=self._replace, beside=note)

    def _put_away(self, path: Path, where: str, words: tuple[str, ...]) -> Report:
        target = _free(self._folder / where, path.name, self._clock.now())
        target.parent.mkdir(exist_ok=True)
        target.with_name(target.name + ".txt").write_text("\n".join(words) + "\n", encoding="utf-8")
        path.replace(target)
        _log.info("%s is in %s: %s", path.name, where, words[0])
        return Report(path.name, f"{where}/{target.name}", words)


def keep_watching(
    watch: Watch, *, told: Callable[[Report], None], trouble: Callable[[str], None], rest: Callable[[], bool]
) -> None:
    """Look again after each rest, until one gives False; `trouble` hears each new one once."""
    last = ""
    going = True
    while going:
        try:
            for report in watch.look():
                told(report)
            last = ""
        except (OSError, PeeweeException) as error:
            words = f"Files wait: {error}."
            if words != last:
                trouble(words)
            last = words
        going = rest()


def _tables(folder: Path) -> Iterator[Seen]:
    """Files by their ends; names that begin with a sign are somebody's while they write."""
    for path in folder.iterdir():
        if path.name.lower().endswith(SUFFIXES) and path.name[0] not in ".~_" and path.is_file():
            facts = path.stat()
            yield Seen(path, facts.st_size, facts.st_mtime_ns)


def _in_order(seen: Iterable[Seen]) -> list[Seen]:
    return sorted(seen, key=lambda each: (_rank(each.path), each.path.name))


def _rank(path: Path) -> int:
    """What others refer to comes first; what is no table comes last."""
    try:
        return min((KINDS.index(recognise(sheet.header)) for sheet in sheets(path)), default=len(KINDS))
    except (SheetError, UnknownKindError):
        return len(KINDS)


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _free(folder: Path, name: str, now: datetime) -> Path:
    """A name that says when, and that no file has."""
    stem = f"{now:%Y%m%d-%H%M%S}"
    target, count = folder / f"{stem}-{name}", 1
    while target.exists():
        count += 1
        target = folder / f"{stem}-{count}-{name}"
    return target
