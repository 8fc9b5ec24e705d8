"""`wizterm admin media`: the products' pictures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import click

from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done
from wizterm.cli.telling import TellingGroup
from wizterm.domain.quantity import counted

MOST_NAMED: Final = 5
"""Files of one call that the record of decisions names."""


@click.group(cls=TellingGroup)
def media() -> None:
    """The products' pictures, which devices fetch with Media Sync."""


@media.command("add", epilog="Example: wizterm admin media add pictures/")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@as_json
@click.pass_obj
def add(folder: Path | None, files: tuple[Path, ...], *, as_json: bool) -> None:
    """Take pictures in: FILES, or all in a folder; PNG, JPEG or WebP.

    A file is named by its product: 22423.png, and 22423~2.png for a second picture of it. All are taken, or none
    where anything is wrong.
    """
    from wizterm.cli.settings import server_settings
    from wizterm.domain.clock import SystemClock
    from wizterm.server.company import MEDIA
    from wizterm.server.deciding import Role
    from wizterm.server.importing.faults import ImportRefusedError
    from wizterm.server.importing.pictures import add_pictures

    paths = [path for named in files for path in (sorted(named.iterdir()) if named.is_dir() else [named])]
    place = Path(server_settings(folder=folder).folder)
    with opened_store(folder) as store:
        note = partial(decided_here(store).note, Role.ADMIN, "added", counted(len(paths), "picture"), _named(paths))
        try:
            changed = store.again(lambda: add_pictures(store, place / MEDIA, paths, SystemClock(), beside=note))
        except ImportRefusedError as error:
            raise click.ClickException(f"No picture was taken.\n{error}") from error
    said = f"{counted(len(paths), 'picture')}, {changed:,} new or different. Devices fetch them with Media Sync."
    print_done({"pictures": len(paths), "changed": changed}, said, as_json=as_json)


def _named(paths: Sequence[Path]) -> str:
    more = len(paths) - MOST_NAMED
    names = [path.name for path in paths[:MOST_NAMED]]
    return ", ".join([*names, f"and {more:,} more"] if more > 0 else names)
