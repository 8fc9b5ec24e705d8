"""Bringing a store to this program's layout: one process at a time, and never back."""

from __future__ import annotations

from importlib.resources import as_file, files

from playhouse.migrations import Runner

from wizterm.server.store.engine import Engine
from wizterm.server.store.store import StoreError


def migrate(engine: Engine) -> None:
    """Whoever comes second waits, and finds nothing left to do."""
    database = engine.database
    with as_file(files("wizterm.server.store") / "migrations") as folder:
        runner = Runner(database, str(folder))
        opened = database.connect(reuse_if_open=True)
        try:
            with database.atomic():
                engine.alone()
                _refuse_newer(runner)
                runner.up()
        finally:
            if opened and engine.pooled:
                database.close()


def _refuse_newer(runner: Runner) -> None:
    unknown = [migration.name for migration in runner.status() if migration.path is None]
    if unknown:
        raise StoreError(
            f"The store was used by a newer version of this program (it knows {unknown[-1]}): install that version."
        )
