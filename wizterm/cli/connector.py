"""The connector that the settings name, or another, set up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.settings import configured

if TYPE_CHECKING:
    from wizterm.config import Server
    from wizterm.connectors.base import Connector


def connector(settings: Server, name: str = "") -> Connector:
    """As the server uses it; the one of the server's settings where no name is given."""
    from wizterm.connectors.base import ConnectorError, Settings
    from wizterm.connectors.loading import load

    name = name or settings.connector
    values = dict(configured().erp.get(name, {}))
    if name == "files":
        values.setdefault("files_folder", settings.files_folder)
    try:
        return load(name, Settings(Path(settings.folder) / "erp", values))
    except ConnectorError as error:
        raise click.ClickException(str(error)) from error
