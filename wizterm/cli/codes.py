"""`wizterm admin codes`: barcodes that reps found on products, and whether they are to be in the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done, print_list
from wizterm.cli.telling import ListingGroup
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.archive import DocumentLine
    from wizterm.server.code_desk import CodeDesk


@click.group(cls=ListingGroup)
def codes() -> None:
    """Barcodes that reps found on products: suggestions for the catalogue."""


@codes.command("list", epilog="Example: wizterm admin codes list")
@click.option("--most", default=50, show_default=True, type=click.IntRange(1, 10_000), help="How many to show.")
@as_json
@click.pass_obj
def list_codes(folder: Path | None, *, most: int, as_json: bool) -> None:
    """Show the codes that nobody has decided about, the newest first."""
    from wizterm.server.archive import Archive

    with opened_store(folder) as store:
        found = Archive(store).newest(suggested=True, most=most)
    print_list(found, _line, empty="No code waits for a decision.", as_json=as_json)


@codes.command("accept", epilog="Example: wizterm admin codes accept KIM-7F-0042")
@click.argument("number")
@as_json
@click.pass_obj
def accept(folder: Path | None, number: str, *, as_json: bool) -> None:
    """Put the code of the document with this NUMBER or id into the catalogue of every device."""
    _do(folder, lambda desk: desk.accept(number), "is accepted: devices hear of it with their next sync", as_json)


@codes.command("decline", epilog="Example: wizterm admin codes decline KIM-7F-0042 --reason 'It is the carton of 12.'")
@click.argument("number")
@click.option("--reason", required=True, help="One sentence: the rep reads it.")
@as_json
@click.pass_obj
def decline(folder: Path | None, number: str, *, reason: str, as_json: bool) -> None:
    """Leave the code of the document with this NUMBER or id out, and tell the rep the reason."""
    _do(folder, lambda desk: desk.decline(number, reason), "is declined: the rep reads why", as_json)


def _line(line: DocumentLine) -> str:
    return f"{line.taken_at:%Y-%m-%d %H:%M}  {plain(line.number):<21}  {plain(line.rep):<8}  {plain(line.suggests)}"


def _do(folder: Path | None, work: Callable[[CodeDesk], str], what: str, as_json: bool) -> None:  # noqa: FBT001 - the option as it came
    from wizterm.domain.clock import SystemClock
    from wizterm.domain.ids import uuid7
    from wizterm.server.code_desk import CodeDesk

    with opened_store(folder) as store:
        number = work(CodeDesk(decided_here(store), clock=SystemClock(), new_id=uuid7))
    print_done({"number": number}, f"{plain(number)} {what}.", as_json=as_json)
