"""Whether device.db is sound: what SQLite itself finds wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import SqliteDatabase

from wizterm.db.device import NEWEST, told_plainly
from wizterm.db.locks import FolderLock
from wizterm.domain.quantity import counted


def faults(database: SqliteDatabase) -> list[str]:
    """What is wrong inside the file, in SQLite's words; empty where nothing is."""
    with told_plainly(Path(database.database)):
        found = [str(row[0]) for row in database.execute_sql("PRAGMA quick_check(5)").fetchall()]
        lost = database.execute_sql("PRAGMA foreign_key_check").fetchall()
    said = [] if found == ["ok"] else found
    return said + ([f"{counted(len(lost), 'reference')} to something that is missing"] if lost else [])


def schema(database: SqliteDatabase) -> tuple[str, str]:
    """The layout the file has, and the newest that this program knows."""
    with told_plainly(Path(database.database)):
        (name,) = database.execute_sql("SELECT max(name) FROM schema_migration").fetchone()
    return str(name), NEWEST


def held(lock: Path) -> bool:
    """Whether a process holds this lock just now."""
    if not lock.exists():
        return False
    with _trying(FolderLock(lock)) as ours:
        return not ours


@contextmanager
def _trying(lock: FolderLock) -> Iterator[bool]:
    try:
        yield lock.acquire()
    finally:
        lock.release()
