"""What the commands on a rep's folder share: which folder it is, and how its faults are said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm import locations
from wizterm.cli.settings import configured
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.services.workbench import Workbench

device_option = click.option(
    "--device",
    type=click.Path(path_type=Path, file_okay=False),
    help="The rep's folder.  [default: that of whoever signed in last]",
)


def device_folder(given: Path | None) -> Path:
    """The folder that was named by an option or the configuration, else that of whoever signed in last."""
    from wizterm.domain.clock import SystemClock
    from wizterm.domain.ids import uuid7
    from wizterm.launch import talk_to
    from wizterm.services.door import Door

    named = given or click.get_current_context().find_root().params.get("device") or configured().device.folder
    folder = Path(named) if named else None
    door = Door(locations.devices_folder(), connect=talk_to, clock=SystemClock(), new_id=uuid7, folder=folder)
    if (found := door.last_folder) is None:
        raise click.ClickException("Nobody has signed in on this machine: name the rep's folder with --device.")
    return found


@contextmanager
def looked_on(folder: Path) -> Iterator[Workbench]:
    """What the rep's folder holds, read beside an open terminal: it takes nobody's lock."""
    from wizterm.db.device import FILE, open_device
    from wizterm.db.replica_files import ReplicaFiles
    from wizterm.domain.clock import SystemClock
    from wizterm.domain.ids import uuid7
    from wizterm.services.workbench import Workbench

    if not (folder / FILE).exists():
        raise click.ClickException(f"Nobody has signed in to {folder}: open the terminal there first.")
    files = ReplicaFiles(folder)
    bench = Workbench(open_device(folder), files.current, lambda _: None, clock=SystemClock(), new_id=uuid7)
    with closing(bench):
        yield bench


@contextmanager
def faults_in_a_sentence() -> Iterator[None]:
    """What the world did ends a command with its sentence; a fault of the program stays one."""
    from wizterm.services.words import plain_reason

    try:
        yield
    except (click.ClickException, click.exceptions.Exit, BrokenPipeError):
        raise
    except Exception as error:
        if (reason := plain_reason(error)) is None:
            raise
        raise click.ClickException(plain(reason)) from error
