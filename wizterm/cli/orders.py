"""`wizterm orders`: what was ordered on this machine, for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from wizterm.cli.device_folder import device_folder, device_option, faults_in_a_sentence
from wizterm.cli.printing import as_json, print_list
from wizterm.cli.queue import opened_queue, ticket_line
from wizterm.cli.settings import configured
from wizterm.cli.telling import ListingGroup


@click.group(cls=ListingGroup)
@device_option
@click.pass_context
def orders(context: click.Context, device: Path | None) -> None:
    """Orders and quotes that were submitted on this machine."""
    context.obj = device


@orders.command("list")
@device_option
@click.option("--search", default="", help="Only those whose number, customer or ERP number has each of these words.")
@click.option("--most", default=50, show_default=True, type=click.IntRange(1, 100_000), help="How many to show.")
@as_json
@click.pass_obj
def list_orders(outer: Path | None, device: Path | None, search: str, *, most: int, as_json: bool) -> None:
    """Show them with what became of them, the newest first."""
    with opened_queue(device or outer) as desk:
        found = desk.newest(search, most=most)
    nothing = "No order or quote says that." if search else "Nothing was ordered on this machine yet."
    print_list(found, ticket_line, empty=nothing, as_json=as_json)


@orders.command("export")
@device_option
@click.option(
    "--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True, help="CSV or JSON."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.  [default: print it]")
@click.pass_obj
def export(outer: Path | None, device: Path | None, form: str, out: Path | None) -> None:
    """Write them all: as CSV a row for each line, as JSON every document with its state."""
    from wizterm.services.paper_files import exported, keep, open_papers

    with faults_in_a_sentence(), open_papers(device_folder(device or outer)) as papers:
        text = exported(papers, form)
        if out is None:
            click.echo(text, nl=False)
        else:
            click.echo(keep(text, out))


@orders.command("pdf")
@click.argument("numbers", nargs=-1, required=True)
@device_option
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write: .pdf.")
@click.pass_obj
def pdf(outer: Path | None, numbers: tuple[str, ...], device: Path | None, out: Path) -> None:
    """Write the orders or quotes NUMBERS as one PDF, each on pages of its own.

    The number stands on it as bars and as a QR code: a scan of it opens the document. Paper and terms are set under
    [paper] in the configuration.
    """
    from wizterm.domain.clock import SystemClock
    from wizterm.services.printing import open_printing

    with faults_in_a_sentence():
        folder, rules = device_folder(device or outer), configured().paper.rules
        with open_printing(folder, rules, SystemClock()) as printing:
            click.echo(printing.write([printing.numbered(number) for number in numbers], str(out)))
