"""`wizterm admin carts`: carts that reps have handed over to go on with them on another device."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.office_store import opened_store
from wizterm.cli.printing import as_json, print_list
from wizterm.cli.telling import ListingGroup
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.cart_list import CartLine

NOTHING = "No cart was handed over yet."


@click.group(cls=ListingGroup)
def carts() -> None:
    """Carts that reps have handed over to another device of theirs."""


@carts.command("list", epilog="Example: wizterm admin carts list KIM --json")
@click.argument("rep", default="")
@as_json
@click.pass_obj
def list_carts(folder: Path | None, rep: str, *, as_json: bool) -> None:
    """Show the carts of REP, or of everybody: those that wait on the server first, then which device took which."""
    from wizterm.server.cart_list import CartList

    with opened_store(folder) as store:
        found = CartList(store).all(rep)
    nothing = f"No cart of {plain(rep)} was handed over: `admin reps list` shows who there is." if rep else NOTHING
    print_list(found, _line, empty=nothing, as_json=as_json)


def _line(cart: CartLine) -> str:
    where = f"taken by {cart.taken_by} {cart.taken_at:%Y-%m-%d %H:%M}" if cart.taken_at else "waits"
    what = f"{cart.name or 'cart'}, {cart.customer or 'guest cart'}, {counted(cart.lines, 'line')}"
    come = f"from {cart.device} {cart.at:%Y-%m-%d %H:%M}"
    return f"{plain(cart.rep):<10}  {plain(what)}, {cart.total} {plain(cart.currency)}  {come}  {where}"
