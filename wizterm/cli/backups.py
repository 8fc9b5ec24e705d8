"""`wizterm admin backup` and `wizterm admin restore`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done
from wizterm.cli.settings import server_settings
from wizterm.domain.quantity import counted

if TYPE_CHECKING:
    from wizterm.server.store.backing_up import Restored
    from wizterm.server.store.store import Store


@click.command(epilog="Example: wizterm admin backup /backups/wizterm-2026-03-02.db")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@as_json
@click.pass_obj
def backup(folder: Path | None, file: Path, *, as_json: bool) -> None:
    """Copy the whole store into FILE, while the server runs or not.

    Catalogue files and pictures are not in it: the first are made again, the second are copied like any files. A store
    on PostgreSQL is backed up with its own pg_dump.
    """
    from wizterm.server.store.backing_up import back_up

    with _faults_in_a_sentence():
        size = back_up(_file_store(folder), file)
    said = f"{file}: {size // 1024:,} KB. `admin restore` brings the store back to this moment."
    print_done({"file": str(file), "bytes": size}, said, as_json=as_json)


@click.command(epilog="Example: wizterm admin restore /backups/wizterm-2026-03-02.db")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
@click.pass_obj
def restore(folder: Path | None, file: Path, *, yes: bool, as_json: bool) -> None:
    """Bring the store back to what it was when FILE was made.

    Devices notice, and offer again whatever they delivered in the last 90 days; nothing goes twice to the ERP, because
    each is looked up there first. Reps whose sign-in was renewed since then,
    as it is every 15 minutes of use, sign in once more.
    """
    from wizterm.domain.ids import uuid7
    from wizterm.server.deciding import Role
    from wizterm.server.store.backing_up import restore as bring_back

    if not yes:
        click.confirm("What the office changed since the backup is gone afterwards. Go on?", abort=True, err=True)

    def note(store: Store) -> None:
        decided_here(store).note(Role.ADMIN, "restored the store from", file.name)

    with _faults_in_a_sentence():
        restored = bring_back(file, _file_store(folder), uuid7, beside=note)
    _tell(restored, as_json=as_json)


@click.command(epilog="Example: pg_restore --clean --dbname=orders orders.dump && wizterm admin restored")
@as_json
@click.pass_obj
def restored(folder: Path | None, *, as_json: bool) -> None:
    """Say that the store was set back by other means: pg_restore, or a snapshot of its disk.

    Stop the servers first, and start them afterwards. What follows is as after `admin restore`.
    """
    from wizterm.domain.ids import uuid7
    from wizterm.server.deciding import Role
    from wizterm.server.store.backing_up import begin_anew

    with opened_store(folder) as store:
        note = partial(decided_here(store).note, Role.ADMIN, "said that the store was set back")
        _tell(begin_anew(store, uuid7(), beside=note), as_json=as_json)


def _tell(restored: Restored, *, as_json: bool) -> None:
    latest = f", the latest of {restored.newest:%Y-%m-%d %H:%M} UTC" if restored.newest else ""
    said = (
        f"Restored: {counted(restored.documents, 'document')}{latest}. Devices offer again what came after it. "
        "Reps whose sign-in was renewed since the backup have to sign in once more."
    )
    print_done(restored, said, as_json=as_json)


def _file_store(folder: Path | None) -> Path:
    settings = server_settings(folder=folder)
    if settings.store:
        raise click.ClickException(
            "The store is a PostgreSQL database: back it up with pg_dump --format=custom, bring it back with "
            "pg_restore, and then say `wizterm admin restored`."
        )
    return Path(settings.folder)


@contextmanager
def _faults_in_a_sentence() -> Iterator[None]:
    from wizterm.server.store.store import StoreError

    try:
        yield
    except StoreError as error:
        raise click.ClickException(str(error)) from error
