"""`wizterm admin carts`: carts that reps have handed over to go on with them on another device."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done, print_list
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
        found = CartList(store, decided_here(store)).all(rep)
    nothing = f"No cart of {plain(rep)} was handed over: `admin reps list` shows who there is." if rep else NOTHING
    print_list(found, _line, empty=nothing, as_json=as_json)


@carts.command("free", epilog="Example: wizterm admin carts free 0198c1f2-7d3e-7a40-9c1b-5f2e8a6d4b10")
@click.argument("handover", metavar="ID")
@click.option("--also-arrived", is_flag=True, help="Though the device that took it has been heard to have it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
@click.pass_obj
def free_cart(folder: Path | None, handover: str, *, also_arrived: bool, yes: bool, as_json: bool) -> None:
    """Let another device take a cart whose taker is lost: its first device, or any other of the rep.

    ID is that of the handing over, as `admin carts list --json` says it. Should the device that took it come back with
    it, both have it, and the company takes an order from one of them only.
    """
    from wizterm.server.cart_list import CartList

    if not yes:
        click.confirm("Is the device that took it lost? Free the cart", abort=True, err=True)
    with opened_store(folder) as store:
        cart = CartList(store, decided_here(store)).free(handover, also_arrived=also_arrived)
    what = f"{plain(cart.name or 'The cart')} of {plain(cart.rep)} waits on the server again: any device takes it."
    print_done(cart, what, as_json=as_json)


def _line(cart: CartLine) -> str:
    unheard = "" if cart.arrived else ", not heard to have it"
    where = f"taken by {cart.taken_by} {cart.taken_at:%Y-%m-%d %H:%M}{unheard}" if cart.taken_at else "waits"
    what = f"{cart.name or 'cart'}, {cart.customer or 'guest cart'}, {counted(cart.lines, 'line')}"
    come = f"from {cart.device} {cart.at:%Y-%m-%d %H:%M}"
    return f"{plain(cart.rep):<10}  {plain(what)}, {cart.total} {plain(cart.currency)}  {come}  {where}"
