"""What can be the matter with the files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from peewee import SqliteDatabase

from wizterm.db.device import FILE
from wizterm.db.device_check import faults, held, schema
from wizterm.db.replica_check import verify_use
from wizterm.db.replica_errors import ReplicaDamagedError, ReplicaDiskError
from wizterm.db.replica_files import ReplicaFiles
from wizterm.domain.quantity import counted
from wizterm.services import document_log
from wizterm.services.checkup.finding import Finding, bad, good, note
from wizterm.services.errands import SENDER_LOCK
from wizterm.services.machine import TERMINAL_LOCK

MEGABYTE = 2**20
LITTLE_ROOM = 256 * MEGABYTE
"""Under this a fresh catalogue may not fit beside the old one."""

Free = Callable[[Path], int]
"""Bytes that are free where a folder lies."""


def files(folder: Path) -> Finding:
    if not (folder / FILE).exists():
        return bad(
            "files", f"There are no orders in {folder}.", "Name the folder of a rep who has signed in: --device."
        )
    mode = folder.stat().st_mode & 0o777
    if sys.platform != "win32" and mode & 0o077:
        return bad("files", f"Others on this machine may read {folder} (mode {mode:o}).", f"Run: chmod 700 '{folder}'")
    size = (folder / FILE).stat().st_size
    return good("files", f"{folder}: {FILE} has {size // 1024:,} KB.")


def room(folder: Path, free: Free) -> Finding:
    megabytes = free(folder) // MEGABYTE
    if free(folder) < LITTLE_ROOM:
        words = f"{megabytes:,} MB are free on this disk."
        return bad(
            "free space", words, f"Free {LITTLE_ROOM // MEGABYTE - megabytes:,} MB, so that nothing fails to save."
        )
    return good("free space", f"{megabytes:,} MB are free.")


def inside(database: SqliteDatabase) -> Iterator[Finding]:
    if found := faults(database):
        todo = "Copy the folder aside, then ask for help: orders in it can often be read."
        yield bad("integrity", f"{FILE} is damaged: {'; '.join(found)}.", todo)
    else:
        yield good("integrity", f"{FILE} is sound.")
    layout, newest = schema(database)
    yield good("schema", f"{layout}, the newest this program knows." if layout == newest else layout)


def catalogue(folder: Path) -> Finding:
    current = ReplicaFiles(folder).current()
    if current is None:
        return bad(
            "catalogue", "There is none on this machine yet.", "Sync once while there is a network: wizterm sync"
        )
    try:
        verify_use(current)
    except (ReplicaDamagedError, ReplicaDiskError) as error:
        return bad("catalogue", str(error), "Sync: a fresh one is fetched, and no order is touched.")
    return good("catalogue", f"{current.name} is sound, {current.stat().st_size // 1024:,} KB.")


def log(folder: Path) -> Finding:
    lines, newest = document_log.newest(folder)
    if not lines:
        return good("log", f"There is no {document_log.FILE} yet: the open terminal writes what it sends.")
    return good("log", f"{folder / document_log.FILE}: {counted(lines, 'line')}, the newest {newest}.")


def locks(folder: Path) -> Finding:
    holders = [
        words
        for name, words in (
            (TERMINAL_LOCK, "a terminal has the folder open"),
            (SENDER_LOCK, "documents are being sent"),
        )
        if held(folder / name)
    ]
    said = " and ".join(holders)
    return note("locks", f"Just now {said}.") if holders else good("locks", "Nobody has the folder open.")
