"""`wizterm admin mappings`: what the ERP calls by another name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done, print_list
from wizterm.cli.telling import ListingGroup
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.mappings import Mapped

Kind = Literal["item", "customer"]
KINDS: Final = ("item", "customer")


@click.group(cls=ListingGroup)
def mappings() -> None:
    """What the ERP calls by another name than we do."""


@mappings.command("list", epilog="Example: wizterm admin mappings list --json")
@as_json
@click.pass_obj
def list_mappings(folder: Path | None, *, as_json: bool) -> None:
    """Show every item, fee and customer that the ERP calls otherwise."""
    from wizterm.server.mappings import Mappings

    with opened_store(folder) as store:
        found = Mappings(store, decided_here(store)).all()
    print_list(found, _line, empty="The ERP calls everything as we do.", as_json=as_json)


@mappings.command("put", epilog="Example: wizterm admin mappings put item 22423 CAKE-3T")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("ours")
@click.argument("theirs")
@as_json
@click.pass_obj
def put(folder: Path | None, kind: Kind, ours: str, theirs: str, *, as_json: bool) -> None:
    """Say that the ERP calls the item, fee or customer OURS by the name THEIRS, in every document from now on."""
    from wizterm.server.mappings import MapKind, Mappings

    with opened_store(folder) as store:
        made = Mappings(store, decided_here(store)).put(MapKind(kind), ours, theirs)
    print_done(made, _line(made), as_json=as_json)


@mappings.command("remove", epilog="Example: wizterm admin mappings remove item 22423")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("ours")
@as_json
@click.pass_obj
def remove(folder: Path | None, kind: Kind, ours: str, *, as_json: bool) -> None:
    """Say that the ERP calls the item, fee or customer OURS as we do."""
    from wizterm.server.mappings import MapKind, Mappings

    with opened_store(folder) as store:
        gone = Mappings(store, decided_here(store)).remove(MapKind(kind), ours)
    print_done(gone, f"The {kind} {plain(ours)} is called alike from now on.", as_json=as_json)


def _line(each: Mapped) -> str:
    return f"{each.kind:<8}  {plain(each.ours)} is called {plain(each.theirs)}"
