"""Opening device.db: the file that holds everything a rep has said and the company may not have yet."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from peewee import PeeweeException, SqliteDatabase

FILE: Final = "device.db"
NEWEST: Final = "0001_first"
_NETWORK_FILE_SYSTEMS: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "sshfs", "fuse.sshfs"})


class DeviceFileError(Exception):
    """device.db cannot be used; the message says why and what to do. Nothing in it has been touched."""


class DeviceDatabase(SqliteDatabase):
    """Rolls back what there is to roll back: after a full disk SQLite has done so itself."""

    def rollback(self) -> None:
        if self.connection().in_transaction:  # type: ignore[no-untyped-call]  # Peewee gives it no types
            super().rollback()


def open_device(folder: Path) -> SqliteDatabase:
    """device.db of this folder, made or brought up to date. Connections are one for each thread that uses it."""
    _prepare(folder)
    path = folder / FILE
    database = DeviceDatabase(
        str(path),
        pragmas={"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1, "busy_timeout": 5000, "fullfsync": 1},
        lock_type="IMMEDIATE",
    )
    try:
        with told_plainly(path):
            _bring_up_to_date(database, path)
    except BaseException:
        database.close()
        raise
    return database


def check_device(database: SqliteDatabase) -> None:
    """Refuse a file that is damaged inside, before anything more is trusted to it: 2 ms for each megabyte."""
    path = Path(database.database)
    with told_plainly(path):
        found = database.execute_sql("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise DeviceFileError(sentence(str(path), f"malformed: {found.splitlines()[0]}"))


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the disk into a sentence that says what to do."""
    try:
        yield
    except (PeeweeException, sqlite3.Error) as error:
        raise DeviceFileError(sentence(str(path), str(error))) from error


def setting(database: SqliteDatabase, name: str, default: str = "") -> str:
    row = database.execute_sql("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return default if row is None else str(row[0])


def set_setting(database: SqliteDatabase, name: str, value: str) -> None:
    database.execute_sql(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DeviceFileError(
            f"The folder {folder} cannot be made: {error.strerror}. Choose another one with --device."
        ) from error
    if (kind := _file_system(folder)) in _NETWORK_FILE_SYSTEMS:
        raise DeviceFileError(
            f"{folder} lies on a network drive ({kind}), where a crash can lose orders. "
            "Choose a folder on this machine's own disk."
        )


def _bring_up_to_date(database: SqliteDatabase, path: Path) -> None:
    newest = max(_applied(database), default="")
    if newest > NEWEST:
        raise DeviceFileError(
            f"{path} was written by a newer WizTerm (schema {newest}; this one knows {NEWEST}). "
            "Nothing was changed: update the program, then open it again."
        )
    if newest == NEWEST:
        return
    from playhouse.migrations import Runner  # noqa: PLC0415 - 37 ms, wanted only when the schema has to change

    with as_file(files("wizterm.db") / "migrations") as folder:
        Runner(database, str(folder)).up()


def _applied(database: SqliteDatabase) -> set[str]:
    if not database.table_exists("schema_migration"):
        return set()
    rows: list[tuple[Any, ...]] = database.execute_sql("SELECT name FROM schema_migration").fetchall()
    return {str(name) for (name,) in rows}


def _file_system(folder: Path) -> str:
    """The kind of file system the folder lies on, where the system says so (Linux)."""
    if sys.platform != "linux":
        return ""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    target = str(folder.resolve())
    best, kind = "", ""
    for mount in mounts:
        _, point, found, *_ = mount.split(" ")
        inside = point in {"/", target} or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, found
    return kind


def sentence(what: str, words: str) -> str:
    """What SQLite's words on a file mean to a person, and what to do."""
    lower = words.lower()
    subject = what[:1].upper() + what[1:]
    if "full" in lower or "no space" in lower:
        return (
            f"NOT saved: the disk is full, so {what} cannot be written. "
            "Free some space and try again; what was saved before is safe."
        )
    if "i/o error" in lower or "file too large" in lower:
        return (
            f"NOT saved: the disk did not take it ({words}). Free some space and try again, or copy {what} to "
            "another disk; what was saved before is safe."
        )
    if "readonly" in lower or "read-only" in lower or "unable to open" in lower:
        return (
            f"{subject} cannot be written. Close another WizTerm that has them open, or gain the right to write there; "
            "until then this one is for reading only."
        )
    if "not a database" in lower or "malformed" in lower:
        return (
            f"{subject} cannot be read: the file is damaged ({words}). "
            "Copy the folder aside and ask for help: orders in it can often be read."
        )
    if "locked" in lower:
        return f"{subject} cannot be written: another program has the file and does not let go. Close it, try again."
    return f"{subject} cannot be used: {words}."
