"""What the office's commands share: the server's store, open for as long as one needs it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.settings import server_settings
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.deciding import Deciding
    from wizterm.server.store.store import Store


@contextmanager
def opened_store(folder: Path | None, *, founding: bool = False) -> Iterator[Store]:
    """The store the settings name, for as long as the command needs it; what cannot be done ends in its sentence.

    Only a command that a company begins with makes a store where there is none: a mistyped folder shows at once.
    """
    from wizterm.server.office_error import OfficeError
    from wizterm.server.store.opening import is_founded, open_store, told_plainly
    from wizterm.server.store.store import StoreError

    settings = server_settings(folder=folder)
    place = Path(settings.folder)
    if not founding and not is_founded(place, settings.store):
        raise click.ClickException(
            f"There is no store in {plain(str(place))}: name the server's folder with --folder, or begin one "
            "there with `wizterm admin import` or `wizterm serve`."
        )
    try:
        with closing(open_store(place, settings.store)) as store, told_plainly(place, settings.store):
            yield store
    except (StoreError, OfficeError) as error:
        raise click.ClickException(plain(str(error))) from error


def decided_here(store: Store) -> Deciding:
    """Decisions of whoever runs the command: the record names them as the system does."""
    from wizterm.domain.clock import SystemClock
    from wizterm.domain.ids import uuid7
    from wizterm.server.deciding import Actor, Deciding

    return Deciding(store, Actor(user_of_the_system()), clock=SystemClock(), new_id=uuid7)


def user_of_the_system() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run under a number that has no name
        return "somebody"
