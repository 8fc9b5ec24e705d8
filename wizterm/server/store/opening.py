"""Opening the store where the settings say it is: a file in the server's folder, or a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import OperationalError

from wizterm.server.store import sqlite
from wizterm.server.store.store import Store, StoreError


def open_store(folder: Path, url: str = "") -> Store:
    """The store, made if there is none, brought to this program's layout. Without an address it is in the folder."""
    if not url:
        return sqlite.open_file(folder)
    if not is_postgres(url):
        raise StoreError(
            f"{url.partition(':')[0][:20]!r} is no kind of store: expected postgresql://user@host/database in "
            "server.store, or nothing for a file in the server's folder."
        )
    from wizterm.server.store import postgres  # noqa: PLC0415 - psycopg is an extra, and takes 150 ms

    return postgres.open_database(url)


def is_founded(folder: Path, url: str = "") -> bool:
    """Whether a store is there already. A database was made by hand, so its name was not mistyped."""
    return bool(url) or (folder / sqlite.FILE_NAME).exists()


def is_postgres(url: str) -> bool:
    return url.startswith(("postgresql://", "postgres://"))


@contextmanager
def told_plainly(folder: Path, url: str = "") -> Iterator[None]:
    """Turn what the disk or the database refuses into a sentence; whatever was being written was rolled back."""
    try:
        yield
    except OperationalError as error:
        if url:
            raise StoreError(f"The database cannot be used just now: {error} Nothing was changed.") from error
        raise StoreError(f"{sqlite.sentence(folder / sqlite.FILE_NAME, error)} Nothing was changed.") from error
