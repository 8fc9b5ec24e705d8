"""`wizterm queue`: what waits to be sent, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.device_folder import device_folder, device_option, faults_in_a_sentence
from wizterm.cli.printing import as_json, print_json
from wizterm.cli.telling import ListingGroup
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.services.queue_desk import QueueDesk, Ticket


@click.group(cls=ListingGroup)
@device_option
@click.pass_context
def queue(context: click.Context, device: Path | None) -> None:
    """Look at what waits to be sent, hold it back, let it go, try it again.

    Works beside an open terminal, which goes on with what it finds changed.
    """
    context.obj = device


@contextmanager
def opened_queue(device: Path | None) -> Iterator[QueueDesk]:
    with faults_in_a_sentence():
        from wizterm.domain.clock import SystemClock
        from wizterm.services.queue_desk import open_queue

        with open_queue(device_folder(device), SystemClock()) as desk:
            yield desk


@queue.command("list")
@as_json
@click.pass_obj
def list_queue(device: Path | None, *, as_json: bool) -> None:
    """Show what the company has no receipt for, and what it refused, the oldest first."""
    with opened_queue(device) as desk:
        tickets = desk.unsent()
    if as_json:
        print_json(tickets)
        return
    for ticket in tickets:
        click.echo(ticket_line(ticket))
    click.echo(_count(tickets))


@queue.command("show")
@click.argument("number")
@as_json
@click.pass_obj
def show_document(device: Path | None, number: str, *, as_json: bool) -> None:
    """Show all that is known of the document with this NUMBER or id, and what became of it."""
    with opened_queue(device) as desk:
        dossier = desk.show(number)
    if as_json:
        print_json(dossier)
        return
    ticket = dossier.ticket
    click.echo(ticket_line(ticket))
    if ticket.after:
        click.echo(f"  goes after {plain(ticket.after)}, which the company has to have first")
    if ticket.attempts:
        rests = f", rests until {ticket.next_try:%Y-%m-%d %H:%M} UTC" if ticket.next_try else ""
        click.echo(f"  tried {counted(ticket.attempts, 'time')}{rests}")
    for event in dossier.history:
        click.echo(f"  {event.at:%Y-%m-%d %H:%M:%S}  {event.state}  {plain(event.words)}".rstrip())


@queue.command("retry")
@click.argument("number", required=False)
@click.option("--all", "everything", is_flag=True, help="Everything that rests; what is held stays held.")
@as_json
@click.pass_obj
def retry(device: Path | None, number: str | None, *, everything: bool, as_json: bool) -> None:
    """Let the document with this NUMBER, or everything that rests after a failure, go with the next round."""
    if (number is None) is not everything:
        raise click.UsageError("Name one document, or say --all.")
    with opened_queue(device) as desk:
        if number is not None:
            _tell(desk.retry(number), "goes with the next round: `wizterm sync` makes one.", as_json=as_json)
            return
        count = desk.retry_all()
    if as_json:
        print_json({"tried_again": count})
    else:
        click.echo(f"{counted(count, 'document')} will go with the next round: `wizterm sync` makes one.")


@queue.command("hold")
@click.argument("number")
@as_json
@click.pass_obj
def hold(device: Path | None, number: str, *, as_json: bool) -> None:
    """Keep the document with this NUMBER here until it is released."""
    with opened_queue(device) as desk:
        _tell(desk.hold(number, held=True), "is held: it stays here until it is released.", as_json=as_json)


@queue.command("release")
@click.argument("number")
@as_json
@click.pass_obj
def release(device: Path | None, number: str, *, as_json: bool) -> None:
    """Let the document with this NUMBER go."""
    with opened_queue(device) as desk:
        _tell(desk.hold(number, held=False), "is let go: it is sent with the next round.", as_json=as_json)


@queue.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--open", "open_to_all", is_flag=True, help="Do not seal it: whoever has the file can read it.")
@as_json
@click.pass_obj
def export(device: Path | None, file: Path, *, open_to_all: bool, as_json: bool) -> None:
    """Write everything unsent to FILE, signed by this device and sealed to the office.

    For a USB stick, when there is no other way. The office takes it with `wizterm admin intake`; what is sent from here
    too is taken once all the same.
    """
    with faults_in_a_sentence():
        from wizterm.domain.clock import SystemClock
        from wizterm.services.queue_desk import open_departure

        with open_departure(device_folder(device), SystemClock()) as departure:
            count = departure.export(file, open_to_all=open_to_all)
    if as_json:
        print_json({"documents": count, "file": str(file)})
    else:
        many = f"{counted(count, 'document')} {'is' if count == 1 else 'are'} in {plain(str(file))}"
        click.echo(f"{many}, and in the queue too as long as they are not sent. At the office: admin intake")


def _tell(ticket: Ticket, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(ticket)
    else:
        click.echo(f"{plain(ticket.number)} {what}")


def ticket_line(ticket: Ticket) -> str:
    state = "held" if ticket.held and ticket.state == "queued" else ticket.state
    state = f"▲ {state}" if ticket.listed else state
    what = f"{plain(ticket.number):<21}  {ticket.kind:<12}  {state:<9}  {ticket.submitted_at:%Y-%m-%d %H:%M}"
    amount = f"{ticket.currency} {ticket.total}".strip()
    return f"{what}  {amount:>14}  {plain(ticket.customer)}  {plain(ticket.words)}".rstrip()


def _count(tickets: tuple[Ticket, ...]) -> str:
    refused = sum(ticket.state == "refused" for ticket in tickets)
    waiting = len(tickets) - refused
    said = f"{waiting} waiting, safe on this machine" if waiting else "Nothing waits"
    return f"{said}; {refused} refused: the company's words stand beside them." if refused else f"{said}."
