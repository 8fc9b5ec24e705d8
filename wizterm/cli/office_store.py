"""What the office's commands share: the server's store, open for as long as one needs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.settings import server_settings

if TYPE_CHECKING:
    from wizterm.server.store.store import Store


@contextmanager
def opened_store(folder: Path | None) -> Iterator[Store]:
    """The store the settings name, for as long as the command needs it; what cannot be done ends in its sentence."""
    from wizterm.server.office_error import OfficeError
    from wizterm.server.store.opening import open_store, told_plainly
    from wizterm.server.store.store import StoreError

    settings = server_settings(folder=folder)
    place = Path(settings.folder)
    try:
        with closing(open_store(place, settings.store)) as store, told_plainly(place, settings.store):
            yield store
    except (StoreError, OfficeError) as error:
        raise click.ClickException(str(error)) from error
