"""`wizterm` without a command: the terminal."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import replace

from wizterm import commands
from wizterm.cli.settings import configured
from wizterm.config import Config
from wizterm.terminal.collector import wait_for_the_start
from wizterm.terminal.usable import usable_terminal


def open_terminal(device: Path | None, server: str | None, scanner: str | None = None) -> int:
    """Gives the program's exit status."""
    if (why := usable_terminal()) is not None:
        raise click.ClickException(why)
    wait_for_the_start()
    config = configured()
    if server is not None:
        config = replace(config, device=replace(config.device, server=server))
    if scanner is not None:
        config = replace(config, scanner=replace(config.scanner, input=scanner))
    for check in (_check_keys, _check_theme, _check_server, _check_scanner):
        check(config)
    from wizterm.launch import make_app, run

    return run(make_app(config, device or (Path(config.device.folder) if config.device.folder else None)))


def _check_keys(config: Config) -> None:
    from wizterm.bindings import unknown_keys

    if found := [*commands.faults(config.keys), *unknown_keys(config.keys)]:
        raise click.ClickException(f"[keys] in the configuration: {'; '.join(found)} Mend it, or take it out.")
    if clashing := commands.clashes(config.keys):
        raise click.ClickException(
            f"Two commands share a key: {'; '.join(clashing)}. Mend [keys] in the configuration."
        )


def _check_theme(config: Config) -> None:
    from wizterm.theme import names

    if config.device.theme not in names():
        raise click.ClickException(
            f"There is no theme {config.device.theme!r}: expected one of {', '.join(names())}. Mend device.theme."
        )


def _check_server(config: Config) -> None:
    from wizterm.sync.address import AddressError, server_address

    try:
        if config.device.server:
            server_address(config.device.server)
    except AddressError as error:
        raise click.ClickException(str(error)) from error


def _check_scanner(config: Config) -> None:
    from wizterm.bindings import unknown_keys
    from wizterm.launch import scanner_of
    from wizterm.terminal.scan_settings import ScannerError

    prefix = config.scanner.prefix
    if prefix and (found := unknown_keys({"scanner.prefix": prefix})):
        raise click.ClickException(f"{'; '.join(found)} Mend it in the configuration.")
    if owner := commands.owner(prefix, config.keys):
        raise click.ClickException(
            f"scanner.prefix: {prefix} is the key of {owner.title} ({owner.id}): choose a key that nothing else has."
        )
    try:
        scanner_of(config.scanner, {})
    except ScannerError as error:
        raise click.ClickException(f"[scanner] in the configuration: {error}") from error
