"""Opening the terminal: the parts that only a real machine has are put in here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from wizterm import commands, locations
from wizterm.cli.settings import configured
from wizterm.config import Config
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.terminal.usable import usable_terminal

if TYPE_CHECKING:
    from wizterm.app import WizTerm
    from wizterm.services.machine import Machine
    from wizterm.services.outlook import Outlook
    from wizterm.services.syncing import Syncing
    from wizterm.sync.client import HttpClient


def open_terminal(device: Path | None, server: str | None) -> int:
    """The program's exit status."""
    if (why := usable_terminal()) is not None:
        raise click.ClickException(why)
    config = configured()
    if clashing := commands.clashes(config.keys):
        raise click.ClickException(
            f"Two commands share a key: {'; '.join(clashing)}. Mend [keys] in the configuration."
        )
    if server is not None:
        config = replace(config, device=replace(config.device, server=server))
    folder = device or (Path(config.device.folder) if config.device.folder else None)
    return run(make_app(config, folder))


def make_app(config: Config, folder: Path | None) -> WizTerm:
    """The app over this folder, or over the one of whoever signed in last."""
    from wizterm.app import WizTerm
    from wizterm.services.door import Door

    clock = SystemClock()
    door = Door(locations.devices_folder(), connect=talk_to, clock=clock, new_id=uuid7, folder=folder)
    return WizTerm(door=door, config=config, clock=clock, new_id=uuid7, start_syncing=lines_every(config))


def run(app: WizTerm) -> int:
    """Run it, and end what runs beside the screen."""
    try:
        app.run()
    finally:
        app.close()
    return app.return_code or 0


def talk_to(address: str) -> HttpClient:
    """A client of the server at this address, for one thread."""
    from wizterm.sync.client import HttpClient  # 0.1 s, so never before the first paint

    return HttpClient(address)


def lines_every(
    config: Config, connect: Callable[[str], HttpClient] = talk_to
) -> Callable[[Machine, Callable[[Outlook], object]], Syncing]:
    """Starts a machine's line to its own server, pulling as often as the configuration says."""

    def start(machine: Machine, tell: Callable[[Outlook], object]) -> Syncing:
        from wizterm.sync.route import way_to

        address = machine.identity.address
        return machine.start_line(
            connect=lambda: connect(address),
            route=way_to(address),
            pull_every=config.device.incremental_minutes * 60.0,
            tell=tell,
        )

    return start
