"""`wizterm admin erp`: the company's own system, looked at and pulled from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.connector import connector
from wizterm.cli.printing import as_json, print_json
from wizterm.cli.settings import server_settings
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.connectors.examining import Examination


@click.group()
def erp() -> None:
    """The company's own system behind the server."""


@erp.command("check")
@click.argument("name", default="")
@as_json
@click.pass_obj
def check(folder: Path | None, name: str, *, as_json: bool) -> None:
    """Say whether the ERP of the connector NAME is reached, what it can do, and what is missing.

    Without NAME, of the connector that the server is set to. Changes nothing there. Ends with status 1 where
    something is missing.
    """
    from wizterm.connectors.examining import Examinable

    settings = server_settings(folder=folder)
    name = name or settings.connector
    made = connector(settings, name)
    if not isinstance(made, Examinable):
        raise click.ClickException(f"The connector {name} cannot say how its ERP is.")
    found = made.examine()
    if as_json:
        print_json({"connector": name, "examination": found})
    else:
        click.echo("\n".join(_told(name, found)))
    sys.exit(1 if found.missing else 0)


def _told(name: str, found: Examination) -> Iterator[str]:
    version = f", version {plain(found.version)}" if found.version else ""
    yield f"{name} is reached{version}." if found.reachable else f"{name} is not reached."
    if found.modules:
        there = (f"{module} {'yes' if present else 'no'}" for module, present in found.modules.items())
        yield f"Modules: {', '.join(there)}."
    yield from (f"It can {sentence}." for sentence in found.can)
    yield from (f"Missing: {plain(sentence)}" for sentence in found.missing)
    if not found.missing:
        yield "Nothing is missing."
