"""`wizterm admin customers`: whom the company sells to, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done, print_json, print_list
from wizterm.cli.telling import ListingGroup
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.customer_book import CustomerLine, CustomerPage


@click.group(cls=ListingGroup)
def customers() -> None:
    """Whom the company sells to, and whose they are."""


@customers.command("list", epilog="Example: wizterm admin customers list --search lantern --rep KIM")
@click.option("--search", default="", help="Only those whose name or number contains this.")
@click.option("--rep", default="", help="Only those of the rep with this code.")
@click.option("--most", default=50, show_default=True, type=click.IntRange(1, 100_000), help="How many to show.")
@as_json
@click.pass_obj
def list_customers(folder: Path | None, *, search: str, rep: str, most: int, as_json: bool) -> None:
    """Show customers by name, with their price list and reps."""
    from wizterm.server.customer_book import CustomerBook

    with opened_store(folder) as store:
        found = CustomerBook(store, decided_here(store)).find(search, rep=rep, most=most)
    nothing = "No customer matches." if search or rep else "There is no customer yet: `admin import` brings them."
    print_list(found, _line, empty=nothing, as_json=as_json)


@customers.command("show", epilog="Example: wizterm admin customers show 12923")
@click.argument("number")
@as_json
@click.pass_obj
def show_customer(folder: Path | None, number: str, *, as_json: bool) -> None:
    """Show all that is known of the customer with this NUMBER or id."""
    from wizterm.server.customer_book import CustomerBook

    with opened_store(folder) as store:
        page = CustomerBook(store, decided_here(store)).page(number)
    if as_json:
        print_json(page)
    else:
        click.echo("\n".join(_told(page)))


@customers.command("assign", epilog="Example: wizterm admin customers assign 12923 KIM")
@click.argument("number")
@click.argument("rep")
@as_json
@click.pass_obj
def assign(folder: Path | None, number: str, rep: str, *, as_json: bool) -> None:
    """Give the customer with this NUMBER to the REP too; the rep's devices fetch them."""
    _turn(folder, number, rep, theirs=True, as_json=as_json)


@customers.command("unassign", epilog="Example: wizterm admin customers unassign 12923 KIM")
@click.argument("number")
@click.argument("rep")
@as_json
@click.pass_obj
def unassign(folder: Path | None, number: str, rep: str, *, as_json: bool) -> None:
    """Take the customer with this NUMBER from the REP; documents that were taken stay."""
    _turn(folder, number, rep, theirs=False, as_json=as_json)


def _turn(folder: Path | None, number: str, rep: str, *, theirs: bool, as_json: bool) -> None:
    from wizterm.server.customer_book import CustomerBook

    with opened_store(folder) as store:
        book = CustomerBook(store, decided_here(store))
        line = book.assign(number, rep) if theirs else book.unassign(number, rep)
    with_whom = f"is with {', '.join(line.reps)}" if line.reps else "is with nobody"
    print_done(line, f"{plain(line.name)} {with_whom} now. Devices hear of it at their next look.", as_json=as_json)


def _line(customer: CustomerLine) -> str:
    number = customer.number or "(new)"
    reps = ", ".join(customer.reps) or "nobody's"
    return f"{plain(number):<10}  {plain(customer.name):<32}  {plain(customer.price_list):<10}  {plain(reps)}"


def _told(page: CustomerPage) -> Iterator[str]:
    yield _line(page.line).rstrip()
    yield f"id {plain(page.line.id)}"
    for title, words in (
        ("terms", page.payment_terms),
        ("credit limit", page.credit_limit),
        ("balance", page.balance),
        *(("contact", each) for each in page.contacts),
        *(("address", each) for each in page.addresses),
    ):
        if words:
            yield f"  {title}: {plain(words)}"
    yield f"  {counted(page.contracts, 'price')} of their own, {counted(page.documents, 'document')}"
