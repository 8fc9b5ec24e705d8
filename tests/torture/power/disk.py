"""A disk that keeps what was synced, and of the rest what chance leaves: the program runs on it through an apsw VFS.

The program is run once, and everything it writes goes into a journal. A power cut at any place of that journal can then
be looked at as often as wanted, without running the program again.

Not modelled: a drive that says it has synced what it has not, and one that damages what it had kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import apsw

SECTOR = 512
TORN = 0.05
"""Of the sectors that are written during the cut: their beginning is new, their end is old."""


@dataclass(frozen=True, slots=True)
class Written:
    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncated:
    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    file: str


@dataclass(frozen=True, slots=True)
class Deleted:
    file: str


@dataclass(frozen=True, slots=True)
class Told:
    """The program has told somebody something: whatever that was has to be true from here on."""

    what: object


Event = Written | Truncated | Synced | Deleted | Told


@dataclass
class Journal:
    """Everything that happened, in order."""

    events: list[Event] = field(default_factory=list)
    begins: int = 0
    """How many of them only say what was on the disk at first."""

    def tell(self, what: object) -> None:
        self.events.append(Told(what))

    @property
    def places(self) -> list[int]:
        """Where a cut makes a difference: before every event that touches a disk, and at the end."""
        on_disk = [at for at, event in enumerate(self.events) if not isinstance(event, Told)]
        return [at for at in on_disk if at >= self.begins] + [len(self.events)]

    def told(self, before: int) -> list[object]:
        return [event.what for event in self.events[:before] if isinstance(event, Told)]


@dataclass
class _Content:
    kept: bytearray | None = None
    """On the platter; None while the folder does not even know the name."""
    since: list[Written | Truncated] = field(default_factory=list)
    """Not synced, in order."""
    deleted: bool = False
    """And the folder may not have kept that, until something is synced: file systems journal names in order."""

    def seen(self) -> bytes | None:
        if self.deleted:
            return None
        content = bytearray(self.kept or b"")
        for change in self.since:
            _apply(content, change)
        return bytes(content)

    def after_cut(self, chance: Random, survives: float) -> bytes | None:
        """Any part of what was not synced is there, sector by sector."""
        if (self.kept is None or self.deleted) and chance.random() > survives:
            return None
        content = bytearray(self.kept or b"")
        for change in self.since:
            for part in _sectors(change):
                if chance.random() < survives:
                    _apply(content, _torn(part, chance))
        return bytes(content)


def after_cut(journal: Journal, at: int, *, cut: Iterable[str], into: Path, seed: int) -> Path:
    """The folder as it is found when the power is back. Only disks (folders) named in `cut` have lost anything."""
    chance = Random(seed)
    cut, survives = tuple(cut), chance.choice((0.0, 0.5, 0.5, 0.9))
    for name, file in _played(journal.events[:at]).items():
        without = name.startswith(cut)
        content = file.after_cut(chance, survives) if without else file.seen()
        if content is not None:
            path = into / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return into


def standing(folder: Path, told: Iterable[object]) -> Journal:
    """A journal that goes on from what is in this folder, and from what was told before."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    events: list[Event] = [Told(what) for what in told]
    for path in files:
        name = path.relative_to(folder).as_posix()
        events += [Written(name, 0, path.read_bytes()), Synced(name)]
    return Journal(events, begins=len(events))


def _played(events: Iterable[Event]) -> dict[str, _Content]:
    files: dict[str, _Content] = {}
    for event in events:
        match event:
            case Written(file=name) | Truncated(file=name):
                _standing(files, name).since.append(event)
            case Synced(file=name):
                files[name] = _Content(bytearray(_standing(files, name).seen() or b""))
                files = {other: file for other, file in files.items() if not file.deleted}
            case Deleted(file=name):
                _standing(files, name).deleted = True
            case Told():
                pass
    return files


def _standing(files: dict[str, _Content], name: str) -> _Content:
    """The file of this name; one that was deleted makes room for another."""
    if name not in files or files[name].deleted:
        files[name] = _Content()
    return files[name]


def _apply(content: bytearray, change: Written | Truncated) -> None:
    if isinstance(change, Truncated):
        del content[change.size :]
        return
    if len(content) < change.offset:
        content.extend(bytes(change.offset - len(content)))
    content[change.offset : change.offset + len(change.data)] = change.data


def _sectors(change: Written | Truncated) -> Iterable[Written | Truncated]:
    if isinstance(change, Truncated):
        yield change
        return
    start, end = change.offset, change.offset + len(change.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        yield Written(change.file, start, change.data[start - change.offset : stop - change.offset])
        start = stop


def _torn(part: Written | Truncated, chance: Random) -> Written | Truncated:
    if isinstance(part, Truncated) or chance.random() > TORN:
        return part
    return Written(part.file, part.offset, part.data[: chance.randrange(len(part.data) + 1)])


class SimulatedDisk(apsw.VFS):
    """Files below `root` are real, so that SQLite's locks and shared memory are; what is written is noted too."""

    def __init__(self, name: str, root: Path, journal: Journal) -> None:
        self.root = root
        self.journal = journal
        super().__init__(name, "")

    def xOpen(self, name: apsw.URIFilename | str | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - apsw's name
        return _Noted(self, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802, FBT001 - apsw's signature
        super().xDelete(name, sync)
        self.note(Deleted(self.relative(name)))

    def relative(self, name: str) -> str:
        return Path(name).relative_to(self.root).as_posix()

    def note(self, event: Event) -> None:
        self.journal.events.append(event)


class _Noted(apsw.VFSFile):
    def __init__(self, disk: SimulatedDisk, name: apsw.URIFilename | str | None, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._disk = disk
        self._name = disk.relative(path) if path else ""
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - apsw's names, here and below
        super().xWrite(data, offset)
        self._note(Written(self._name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        super().xTruncate(size)
        self._note(Truncated(self._name, size))

    def xSync(self, flags: int) -> None:  # noqa: N802
        """The real disk need not: what is kept is the journal's business."""
        self._note(Synced(self._name))

    def _note(self, event: Event) -> None:
        if self._name:
            self._disk.note(event)
