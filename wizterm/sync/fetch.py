"""A catalogue file's way onto this machine: fetched in pieces, checked, and unpacked no larger than announced."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

import zstandard

from wizterm.protocol.catalogue import Manifest
from wizterm.protocol.faults import NotOurServerError, Unreachable, UnreachableError
from wizterm.sync.progress import Meter

_PIECE: Final = 1024 * 1024
MOST_WINDOW: Final = 128 * 1024 * 1024
SPARE: Final = 64 * 1024 * 1024
"""Bytes left free for the rep's orders, whatever the catalogue needs."""

Cancelled = Callable[[], bool]


class CancelledError(Exception):
    """Somebody asked to stop; what was fetched so far is kept."""


class WrongFileError(Exception):
    """The catalogue file is not what the manifest says; it is fetched again."""


class NoRoomError(Exception):
    """The disk has no room for the catalogue."""


def require_room(folder: Path, manifest: Manifest, had: int) -> None:
    needed = manifest.bytes - had + manifest.unpacked_bytes + SPARE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise NoRoomError(
            f"The catalogue needs {needed // 2**20:,} MB of disk and {free // 2**20:,} MB are free: "
            f"free {(needed - free) // 2**20 + 1:,} MB, then sync again."
        )


def fetch(pieces: Callable[[int], Iterator[bytes]], manifest: Manifest, part: Path, meter: Meter) -> None:
    """Go on where the part file ends. `pieces` gives the file from a byte on; an early end is a broken line."""
    done = size(part)
    with part.open("ab") as file:
        for piece in pieces(done) if done < manifest.bytes else ():
            file.write(piece)
            done += len(piece)
            if done > manifest.bytes:
                break
            meter.at(done)
    if done < manifest.bytes:
        raise UnreachableError("The connection broke before the catalogue was complete.", Unreachable.CUT_OFF)
    if done > manifest.bytes or _sha256(part) != manifest.sha256:
        part.unlink()
        raise WrongFileError("The catalogue file arrived with other bytes than announced: it is fetched again.")


def unpack(part: Path, target: Path, manifest: Manifest, meter: Meter) -> None:
    try:
        with part.open("rb") as packed, target.open("wb") as unpacked:
            _unpack(packed, unpacked, manifest.unpacked_bytes, meter)
    except zstandard.ZstdError as error:
        raise NotOurServerError(f"The catalogue file cannot be unpacked: {error}.") from error


def size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _unpack(packed: BinaryIO, unpacked: BinaryIO, announced: int, meter: Meter) -> None:
    done = 0
    with zstandard.ZstdDecompressor(max_window_size=MOST_WINDOW).stream_reader(packed) as reader:
        while piece := reader.read(_PIECE):
            done += len(piece)
            if done > announced:
                break
            unpacked.write(piece)
            meter.at(done)
    if done != announced:
        raise WrongFileError(f"The catalogue file holds {done:,} bytes or more, {announced:,} were announced.")
    unpacked.flush()
    os.fsync(unpacked.fileno())


def _sha256(path: Path) -> str:
    hasher = sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            hasher.update(piece)
    return hasher.hexdigest()
