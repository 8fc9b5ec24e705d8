"""`wizterm` without a command: the terminal."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import replace

from wizterm import commands
from wizterm.cli.settings import configured
from wizterm.terminal.usable import usable_terminal


def open_terminal(device: Path | None, server: str | None) -> int:
    """Gives the program's exit status."""
    if (why := usable_terminal()) is not None:
        raise click.ClickException(why)
    config = configured()
    if clashing := commands.clashes(config.keys):
        raise click.ClickException(
            f"Two commands share a key: {'; '.join(clashing)}. Mend [keys] in the configuration."
        )
    if server is not None:
        config = replace(config, device=replace(config.device, server=server))
    from wizterm.launch import make_app, run

    return run(make_app(config, device or (Path(config.device.folder) if config.device.folder else None)))
