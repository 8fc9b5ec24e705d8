"""Bringing a store to this program's layout: one process at a time, and never back."""

from __future__ import annotations

from importlib.resources import as_file, files

from peewee import Database
from playhouse.migrations import Runner

from wizterm.server.store.store import StoreError


def migrate(database: Database) -> None:
    """The write transaction around it is the lock: whoever comes second finds nothing left to do."""
    with as_file(files("wizterm.server.store") / "migrations") as folder:
        runner = Runner(database, str(folder))
        database.connect(reuse_if_open=True)
        with database.atomic():
            _refuse_newer(runner)
            runner.up()


def _refuse_newer(runner: Runner) -> None:
    unknown = [migration.name for migration in runner.status() if migration.path is None]
    if unknown:
        raise StoreError(
            f"The store was used by a newer version of this program (it knows {unknown[-1]}): install that version."
        )
