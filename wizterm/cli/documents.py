"""`wizterm admin documents`: what reps have sent, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done, print_json, print_table
from wizterm.cli.targets import called
from wizterm.cli.telling import ListingGroup
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.archive import DocumentLine, DocumentPage

TAKEN: Final = ("delivered", "confirmed", "refused", "superseded", "cancelled")
"""What a document can be once the server has it."""


@click.group(cls=ListingGroup)
def documents() -> None:
    """What reps have sent."""


@documents.command("list", epilog="Example: wizterm admin documents list --search lantern --state refused")
@click.option("--state", type=click.Choice(TAKEN), help="Only those in this state.")
@click.option("--rep", default="", help="Only those of the rep with this code.")
@click.option("--search", default="", help="Only those whose number, customer, ERP number or words contain this.")
@click.option("--doubted", is_flag=True, help="Only those with doubts that nobody has seen.")
@click.option("--most", default=50, show_default=True, type=click.IntRange(1, 10_000), help="How many to show.")
@as_json
@click.pass_obj
def list_documents(
    folder: Path | None, *, state: str | None, rep: str, search: str, doubted: bool, most: int, as_json: bool
) -> None:
    """Show documents, the latest change first."""
    from wizterm.server.archive import Archive

    with opened_store(folder) as store:
        found = Archive(store).newest(state=state or "", rep=rep, words=search, doubted=doubted, most=most)
    nothing = (
        "No document matches: leave options out to see more."
        if state or rep or search or doubted
        else "No document has come in yet."
    )
    print_table(found, _cells, empty=nothing, as_json=as_json)


def _cells(line: DocumentLine) -> tuple[str, ...]:
    doubts = f"{'⚠ ' * line.doubted}{counted(line.doubts, 'doubt')}" if line.doubts else ""
    customer, said = plain(line.customer_name or line.suggests), plain(line.external or line.words)
    return (f"{line.taken_at:%Y-%m-%d %H:%M}", line.kind, plain(line.number), line.state, customer, said, doubts)


@documents.command("show", epilog="Example: wizterm admin documents show KIM-7F-0042")
@click.argument("number")
@as_json
@click.pass_obj
def show_document(folder: Path | None, number: str, *, as_json: bool) -> None:
    """Show the document with this NUMBER or id: its lines, history, deliveries and doubts.

    With --json everything that it says, as the rep's machine sent it.
    """
    from wizterm.server.archive import Archive

    with opened_store(folder) as store:
        pages = Archive(store).pages(number)
    if not pages:
        raise click.ClickException(f"There is no document {plain(number)}: `admin documents list` shows the latest.")
    if as_json:
        print_json(pages)
        return
    for page in pages:
        click.echo("\n".join(_told(page)))


@documents.command("seen", epilog="Example: wizterm admin documents seen KIM-7F-0042")
@click.argument("number")
@as_json
@click.pass_obj
def see_doubts(folder: Path | None, number: str, *, as_json: bool) -> None:
    """Say that you have seen the doubts about the document with this NUMBER or id: they call nobody any more."""
    from wizterm.server.doubt_desk import DoubtDesk

    with opened_store(folder) as store:
        seen = DoubtDesk(store, decided_here(store)).seen(number)
    print_done({"number": seen}, f"The doubts about {plain(seen)} are seen.", as_json=as_json)


def _told(page: DocumentPage) -> Iterator[str]:
    line = page.line
    what = f"{plain(line.number)}, revision {line.revision}: {line.kind} of {line.rep}"
    yield f"{what}, {line.state} {plain(line.external)}".rstrip()
    yield f"id {line.id}  sha256 {page.sha256}"
    if line.customer_name:
        yield f"  for {plain(line.customer_name)}"
    if line.suggests:
        yield f"  the code {plain(line.suggests)}"
    for each in page.lines.lines:
        what = f"{plain(each.sku):<14}  {each.quantity:>6} × {page.lines.price_of(each):>9}  {each.net:>10}"
        yield f"  {what}  {plain(each.name)}"
    if page.lines.lines:
        yield f"  total {plain(page.lines.currency)} {page.lines.total}"
    else:
        yield f"  {plain(page.body)}"
    if page.lines.note:
        yield f"  note: {plain(page.lines.note)}"
    for event in page.history:
        yield f"  {event.at:%Y-%m-%d %H:%M:%S}  {event.state}  {plain(event.words)}".rstrip()
    for decision in page.decided:
        yield f"  {decision.at:%Y-%m-%d %H:%M:%S}  {plain(decision.who)} ({decision.role}) {plain(decision.told_there)}"
    for delivery in page.deliveries:
        waits = f", waits for {plain(delivery.waits_for)}" if delivery.waits_for else ""
        tried = f"{'held, ' if delivery.held else ''}{counted(delivery.attempts, 'attempt')}{waits}"
        yield f"  to {called(delivery.target)}: {delivery.state}, {tried}  {plain(delivery.words)}".rstrip()
    for doubt in page.doubts:
        yield f"  doubt{'' if line.doubted else ', seen'}: {plain(doubt.words)}"
