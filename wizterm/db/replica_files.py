"""The generations of the replica on the disk: `000007.db` beside `current`, a file that names the one in use.

A generation in use is never renamed or written over: some systems refuse that for an open file. A new one is built
beside it, and `current` is replaced in one step.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

FOLDER: Final = "catalogue"
_GENERATION: Final = re.compile(r"(\d{6,})\.db")
_COMPANIONS: Final = ("", "-wal", "-shm", "-journal")


class ReplicaFiles:
    def __init__(self, device_folder: Path) -> None:
        self._folder = device_folder.absolute() / FOLDER
        self._pointer = self._folder / "current"

    @property
    def folder(self) -> Path:
        """Made when it is first asked for."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._folder

    def current(self) -> Path | None:
        """The generation in use; None before the first sync, and where it is missing."""
        try:
            name = self._pointer.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        path = self._folder / name
        return path if _GENERATION.fullmatch(name) and path.is_file() else None

    def unfinished(self) -> Path | None:
        """A verified generation that is newer than the one in use, still without some changes."""
        newest = max(self._generations(), default=None, key=_number)
        current = self.current()
        if newest is None or (current is not None and _number(newest) <= _number(current)):
            return None
        return newest

    def unpacked(self) -> Path:
        """Where a file stands until it is verified."""
        return self.folder / "unpacked.db"

    def part(self, sha256: str) -> Path:
        """Where a catalogue file grows as it arrives."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise ValueError(f"{sha256[:80]!r} is no SHA-256 in hexadecimal: it cannot name a catalogue file.")
        return self.folder / f"{sha256}.part"

    def accept(self, verified: Path) -> Path:
        """Give a verified file, which nobody has open, its generation's name.

        A log left beside that name would be taken for the new file's own.
        """
        newest = max((_number(path) for path in self._generations()), default=0)
        generation = self.folder / f"{newest + 1:06d}.db"
        self.discard(generation)
        verified.replace(generation)
        return generation

    def switch(self, generation: Path) -> None:
        """Put a generation into use, then clear away what nobody needs."""
        fresh = self.folder / "current.new"
        with fresh.open("w", encoding="ascii") as file:
            file.write(generation.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._pointer)
        _sync_folder(self._folder)
        self.sweep()

    def condemn(self, generation: Path) -> None:
        """Take a damaged generation out of use, where it still is: the next pull fetches a new one."""
        if self.current() == generation:
            _remove(self._pointer)
        self.discard(generation)

    def sweep(self, *, keep: Path | None = None) -> None:
        """Remove what nobody needs, but for `keep`. What the system still holds open goes the next time."""
        if not self._folder.is_dir():
            return
        kept = {self.current(), self.unfinished(), keep}
        for path in list(self._folder.iterdir()):
            leftover = path.suffix == ".part" or path.name.startswith(("unpacked.db", "current.new"))
            if leftover and path not in kept:
                _remove(path)
        for generation in self._generations():
            if generation not in kept:
                self.discard(generation)

    def discard(self, path: Path) -> None:
        """Remove a database with its companions, as far as the system lets go of them."""
        for companion in _COMPANIONS:
            _remove(path.with_name(path.name + companion))

    def _generations(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return [path for path in self._folder.iterdir() if _GENERATION.fullmatch(path.name)]


def _number(generation: Path) -> int:
    return int(generation.stem)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _sync_folder(folder: Path) -> None:
    """A rename is durable when its folder is; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
