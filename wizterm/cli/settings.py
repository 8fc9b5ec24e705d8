"""Settings of a command: its options over the environment, over the file."""

from __future__ import annotations

import os

import click
from msgspec.structs import replace

from wizterm import locations
from wizterm.config import Config, ConfigError, Server, load


def configured() -> Config:
    """The settings of file and environment."""
    try:
        return load(locations.config_file(), os.environ)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error


def server_settings(**options: object) -> Server:
    """The server's settings, with the options that were given; its folder is always named."""
    given = {
        name: str(value) if name.endswith("folder") else value for name, value in options.items() if value is not None
    }
    settings = replace(configured().server, **given)
    return settings if settings.folder else replace(settings, folder=str(locations.server_folder()))
