"""`wizterm admin backup` and `wizterm admin restore`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from wizterm.cli.printing import as_json, print_done
from wizterm.cli.settings import server_settings


@click.command(epilog="Example: wizterm admin backup /backups/wizterm-2026-03-02.db")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@as_json
@click.pass_obj
def backup(folder: Path | None, file: Path, *, as_json: bool) -> None:
    """Copy the whole store into FILE, while the server runs or not.

    Catalogue files and pictures are not in it: the first are made again, the second are copied like any files.
    """
    from wizterm.server.store.backing_up import back_up

    with _faults_in_a_sentence():
        size = back_up(_store(folder), file)
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
    each is looked up there first. Reps may have to sign in once more.
    """
    from wizterm.domain.ids import uuid7
    from wizterm.server.store.backing_up import restore as bring_back

    if not yes:
        click.confirm("What the office changed since the backup is gone afterwards. Go on?", abort=True)
    with _faults_in_a_sentence():
        restored = bring_back(file, _store(folder), uuid7)
    latest = f", the latest of {restored.newest:%Y-%m-%d %H:%M} UTC" if restored.newest else ""
    said = f"Restored: {restored.documents:,} documents{latest}. Devices offer again what came after it."
    print_done(restored, said, as_json=as_json)


def _store(folder: Path | None) -> Path:
    return Path(server_settings(folder=folder).folder)


@contextmanager
def _faults_in_a_sentence() -> Iterator[None]:
    from wizterm.server.store.store import StoreError

    try:
        yield
    except StoreError as error:
        raise click.ClickException(str(error)) from error
