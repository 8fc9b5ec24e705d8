"""`wizterm admin decisions`: what the office has done, and who of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.office_store import opened_store
from wizterm.cli.printing import as_json, print_list
from wizterm.cli.telling import ListingGroup
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.decisions import DecisionLine


@click.group(cls=ListingGroup)
def decisions() -> None:
    """What the office has done, when, and who of it."""


@decisions.command("list", epilog="Example: wizterm admin decisions list --who Ada --most 20")
@click.option("--who", default="", help="Only those of the person with this name.")
@click.option(
    "--about", default="", help="Only those about this: a document's number, a rep's or device's code, a name."
)
@click.option("--most", default=50, show_default=True, type=click.IntRange(1, 100_000), help="How many to show.")
@as_json
@click.pass_obj
def list_decisions(folder: Path | None, *, who: str, about: str, most: int, as_json: bool) -> None:
    """Show what the office changed and who signed in to it, the latest first.

    `host` is whoever worked on the server's own host, named as the system does.
    """
    from wizterm.server.decisions import Decisions

    with opened_store(folder) as store:
        found = Decisions(store).newest(who=who, about=about, most=most)
    nothing = "No decision matches." if who or about else "The office has decided nothing yet."
    print_list(found, _line, empty=nothing, as_json=as_json)


def _line(line: DecisionLine) -> str:
    return f"{line.at:%Y-%m-%d %H:%M}  {plain(line.who)} ({line.role}) {plain(line.told)}"
