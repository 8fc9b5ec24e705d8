"""Bringing a store to this program's layout: one process at a time, and never back."""

from __future__ import annotations

from importlib.resources import as_file, files

from playhouse.migrations import Runner

from wizterm.server.store.engine import Alone, Engine
from wizterm.server.store.store import StoreError


def migrate(engine: Engine) -> None:
    """Whoever comes second waits, and finds nothing left to do."""
    database = engine.database
    with as_file(files("wizterm.server.store") / "migrations") as folder:
        runner = Runner(database, str(folder))
        opened = database.connect(reuse_if_open=True)
        try:
            with database.atomic():
                engine.alone(Alone.LAYOUT)
                _refuse_newer(runner)
                runner.up()
        finally:
            if opened and engine.pooled:
                database.close()


def unknown_layout(engine: Engine) -> str:
    """A change of the layout that this program does not know; empty where it knows them all."""
    with as_file(files("wizterm.server.store") / "migrations") as folder:
        opened = engine.database.connect(reuse_if_open=True)
        try:
            return _unknown(Runner(engine.database, str(folder)))
        finally:
            if opened and engine.pooled:
                engine.database.close()


def _refuse_newer(runner: Runner) -> None:
    if unknown := _unknown(runner):
        raise StoreError(
            f"The store was used by a newer version of this program (it knows {unknown}): install that version."
        )


def _unknown(runner: Runner) -> str:
    unknown = [migration.name for migration in runner.status() if migration.path is None]
    return unknown[-1] if unknown else ""
