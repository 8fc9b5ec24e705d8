"""`wizterm admin deliveries`: what is on its way to the ERP and by mail, and what needs a person."""

from __future__ import annotations

from collections.abc import Callable
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done, print_table
from wizterm.cli.targets import ERP, Target, called
from wizterm.cli.telling import ListingGroup
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.delivery_desk import DeliveryDesk, DeliveryRow
    from wizterm.server.store.store import Store

STATES: Final = ("awaiting", "waiting", "sending", "unknown", "refused", "held", "given-up", "done", "dropped")
WHERE = click.option(
    "--to", type=Target(erp=True), default="erp", show_default=True, help="The ERP, or the mail to whom."
)


@click.group(cls=ListingGroup)
def deliveries() -> None:
    """What is on its way to the ERP and by mail, and what needs a person."""


@deliveries.command("list", epilog="Example: wizterm admin deliveries list --state refused")
@click.option(
    "--state", type=click.Choice(STATES), help="Only those; without it those under way and those that need somebody."
)
@click.option("--most", default=50, show_default=True, type=click.IntRange(1, 10_000), help="How many to show.")
@as_json
@click.pass_obj
def list_deliveries(folder: Path | None, *, state: str | None, most: int, as_json: bool) -> None:
    """Show deliveries in the order they were taken, with what the ERP or the mail server said.

    `unknown` is uncertain: the ERP may have it, so it is looked up there before it is sent again; a mail may be out,
    and waits for a person. `awaiting` mails go when the ERP has confirmed their document.
    """
    with opened_store(folder) as store:
        found = _desk(store).all(state or "", most=most)
    nothing = f"No delivery is {state}." if state else "No delivery is under way or needs anybody."
    print_table(found, _cells, empty=nothing, as_json=as_json)


def _turning(name: str, told: str, words: str) -> None:
    """A command that says one thing about a delivery, as the desk calls it."""

    @deliveries.command(name, help=words, epilog=f"Example: wizterm admin deliveries {name} KIM-7F-0042")
    @click.argument("number")
    @WHERE
    @as_json
    @click.pass_obj
    def turn(folder: Path | None, number: str, *, to: str, as_json: bool) -> None:
        _do(folder, methodcaller(name, number, to), told, as_json=as_json)


_turning(
    "retry",
    "is tried again at once",
    "Try the document with this NUMBER or id again at once, also after it was refused there.",
)
_turning("hold", "is held until you release it", "Keep the document with this NUMBER or id back until it is released.")
_turning("release", "is let go", "Let the document with this NUMBER or id go.")


@deliveries.command("map-item", epilog="Example: wizterm admin deliveries map-item KIM-7F-0042 22423 CAKE-3T")
@click.argument("number")
@click.argument("ours")
@click.argument("theirs")
@as_json
@click.pass_obj
def map_item(folder: Path | None, number: str, ours: str, theirs: str, *, as_json: bool) -> None:
    """Say that the ERP calls our item or fee OURS by the name THEIRS, and try the document NUMBER again."""
    what = f"is tried again, with {plain(ours)} called {plain(theirs)}"
    _do(folder, lambda desk: desk.map_item(number, ours, theirs), what, as_json=as_json)


@deliveries.command("map-customer", epilog="Example: wizterm admin deliveries map-customer KIM-7F-0042 10412")
@click.argument("number")
@click.argument("theirs")
@as_json
@click.pass_obj
def map_customer(folder: Path | None, number: str, theirs: str, *, as_json: bool) -> None:
    """Say that the ERP calls the customer of the document NUMBER by the name THEIRS, and try it again."""
    what = f"is tried again, with its customer called {plain(theirs)}"
    _do(folder, lambda desk: desk.map_customer(number, theirs), what, as_json=as_json)


@deliveries.command(
    "give-up", epilog="Example: wizterm admin deliveries give-up KIM-7F-0042 --reason 'No longer made.'"
)
@click.argument("number")
@WHERE
@click.option("--reason", required=True, help="One sentence: the rep reads it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
@click.pass_obj
def give_up(folder: Path | None, number: str, *, to: str, reason: str, yes: bool, as_json: bool) -> None:
    """Try the document with this NUMBER or id no more, and tell the rep the reason.

    The rep can mend it and submit it again. Where it is uncertain whether the ERP has it, look there first. A mail
    that is given up changes nothing else.
    """
    comes = "Its rep sees it as refused." if to == ERP else f"No mail goes to the {called(to)}."

    def sure(desk: DeliveryDesk) -> DeliveryRow:
        if not yes:
            click.confirm(f"Give {plain(desk.one(number, to).number)} up? {comes}", abort=True, err=True)
        return desk.give_up(number, reason, to)

    _do(folder, sure, "is given up", as_json=as_json)


def _do(folder: Path | None, work: Callable[[DeliveryDesk], DeliveryRow], what: str, *, as_json: bool) -> None:
    with opened_store(folder) as store:
        row = work(_desk(store))
    print_done(row, f"{plain(row.number)} {what}.", as_json=as_json)


def _desk(store: Store) -> DeliveryDesk:
    from wizterm.domain.clock import SystemClock
    from wizterm.domain.ids import uuid7
    from wizterm.server.delivery_desk import DeliveryDesk

    return DeliveryDesk(store, decided_here(store), clock=SystemClock(), new_id=uuid7)


def _cells(row: DeliveryRow) -> tuple[str, ...]:
    state = "held" if row.held else row.state
    waits = f"waits for {plain(row.waits_for)}" if row.waits_for else ""
    said = "  ".join(part for part in (waits, plain(row.words)) if part)
    tried = counted(row.attempts, "attempt")
    return (f"{row.taken_at:%Y-%m-%d %H:%M}", row.kind, plain(row.number), called(row.target), state, tried, said)
