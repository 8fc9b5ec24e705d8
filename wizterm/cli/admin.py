"""`wizterm admin`: the office's commands, on the server's own host and store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wizterm.cli.settings import server_settings
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.store.store import Store

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")


@click.group()
@click.option("--folder", type=click.Path(path_type=Path), help="Where the server keeps its store.")
@click.pass_context
def admin(context: click.Context, folder: Path | None) -> None:
    """Load the catalogue, set up reps, look at documents.

    Works on the server's own store, whether the server runs or not.
    """
    context.obj = folder


@admin.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Check everything and change nothing.")
@click.option("--replace", is_flag=True, help="Take away what the files do not bring, of the kinds they hold.")
@as_json
@click.pass_obj
def import_(folder: Path | None, files: tuple[Path, ...], *, dry_run: bool, replace: bool, as_json: bool) -> None:
    """Load FILES: all of them, or nothing where anything is wrong.

    CSV (also .csv.gz) or XLSX, each recognised by its first line: price_lists, products, prices, stock, customers,
    contracts, history. Rows that are there already are brought up to date; rows that are not in a file stay.
    """
    from wizterm.domain.clock import SystemClock
    from wizterm.server.importing.faults import ImportRefusedError
    from wizterm.server.importing.loading import load

    with _store(folder) as store:
        try:
            loaded = load(store, files, clock=SystemClock(), dry_run=dry_run, replace=replace, progress=_show_progress)
        except ImportRefusedError as error:
            _clear_progress()
            if as_json:
                _print_json({"loaded": False, "faults": error.faults, "count": error.count})
                sys.exit(1)
            raise click.ClickException(f"Nothing was loaded.\n{error}") from error
    _clear_progress()
    if as_json:
        _print_json({"loaded": not dry_run, "read": loaded.read, "changed": loaded.changed, "removed": loaded.removed})
        return
    for kind, count in loaded.read.items():
        click.echo(f"{kind}: {count:,} read")
    for verb, counts in (("new or different", loaded.changed), ("taken away", loaded.removed)):
        for table, count in counts.items():
            click.echo(f"{table}: {count:,} {verb}")
    click.echo("Nothing was changed: this was a dry run." if dry_run else "Devices fetch it at their next look.")


@admin.group()
def reps() -> None:
    """Who may sign in."""


@reps.command("add")
@click.argument("code")
@click.option("--name", required=True, help="The rep's name, as people read it.")
@click.option("--password", help="Better typed when asked for, or piped in: a command line is seen by others.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--lists", default="", help="Price lists the rep may give, with commas between.")
@click.pass_obj
def add_rep(
    folder: Path | None, code: str, *, name: str, password: str | None, password_stdin: bool, lists: str
) -> None:
    """Set up the rep CODE (1 to 10 letters and digits), or give them a new name, password and lists."""
    from wizterm.server.passwords import Passwords
    from wizterm.server.reps import RepError, Reps

    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif password is None:
        password = str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    with _store(folder) as store:
        try:
            Reps(store, Passwords()).add(
                code, name, password, [part.strip() for part in lists.split(",") if part.strip()]
            )
        except RepError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{code} can sign in.")


@reps.command("list")
@as_json
@click.pass_obj
def list_reps(folder: Path | None, *, as_json: bool) -> None:
    """Show every rep, with how many customers and devices they have."""
    from wizterm.server.passwords import Passwords
    from wizterm.server.reps import Reps

    with _store(folder) as store:
        found = Reps(store, Passwords()).all()
    if as_json:
        _print_json(found)
        return
    for rep in found:
        shut = "" if rep.active else ", shut out"
        click.echo(f"{rep.code:<10}  {plain(rep.name)}: {rep.customers} customers, {rep.devices} devices{shut}")


@reps.command("shut-out")
@click.argument("code")
@click.pass_obj
def shut_out(folder: Path | None, code: str) -> None:
    """End every session of the rep CODE and let them in no more, until `let-in`."""
    _turn(folder, code, let_in=False)


@reps.command("let-in")
@click.argument("code")
@click.pass_obj
def let_in(folder: Path | None, code: str) -> None:
    """Let the rep CODE sign in again."""
    _turn(folder, code, let_in=True)


@admin.group()
def documents() -> None:
    """What reps have sent."""


@documents.command("list")
@click.option("--state", default="", help="Only those that are delivered, confirmed, refused, superseded or cancelled.")
@click.option("--rep", default="", help="Only those of the rep with this code.")
@click.option("--most", default=50, show_default=True, type=click.IntRange(1, 10_000), help="How many to show.")
@as_json
@click.pass_obj
def list_documents(folder: Path | None, *, state: str, rep: str, most: int, as_json: bool) -> None:
    """Show documents, the latest change first."""
    from wizterm.server.archive import Archive

    with _store(folder) as store:
        found = Archive(store).newest(state=state, rep=rep, most=most)
    if as_json:
        _print_json(found)
        return
    for line in found:
        what = f"{line.taken_at:%Y-%m-%d %H:%M}  {line.kind:<12}  {plain(line.number):<21}  {line.state:<10}"
        doubts = f"  {line.doubts} doubts" if line.doubts else ""
        click.echo(f"{what}  {plain(line.external or line.words)}{doubts}".rstrip())


@documents.command("show")
@click.argument("number")
@as_json
@click.pass_obj
def show_document(folder: Path | None, number: str, *, as_json: bool) -> None:
    """Show everything about the document with this NUMBER or id: its history, deliveries, doubts and content."""
    from wizterm.server.archive import Archive

    with _store(folder) as store:
        pages = Archive(store).pages(number)
    if not pages:
        raise click.ClickException(f"There is no document {plain(number)}: `admin documents list` shows the latest.")
    if as_json:
        _print_json(pages)
        return
    for page in pages:
        click.echo("\n".join(_told(page)))


def _told(page: Any) -> Iterator[str]:
    line = page.line
    what = f"{plain(line.number)}, revision {line.revision}: {line.kind} of {line.rep}"
    yield f"{what}, {line.state} {plain(line.external)}".rstrip()
    yield f"id {line.id}  sha256 {page.sha256}"
    for event in page.history:
        yield f"  {event.at:%Y-%m-%d %H:%M:%S}  {event.state}  {plain(event.words)}".rstrip()
    for delivery in page.deliveries:
        waits = f", waits for {plain(delivery.waits_for)}" if delivery.waits_for else ""
        tried = f"{delivery.attempts} tries{waits}"
        yield f"  to {delivery.target}: {delivery.state}, {tried}  {plain(delivery.words)}".rstrip()
    for doubt in page.doubts:
        yield f"  doubt: {plain(doubt.words)}"
    yield plain(page.body)


def _turn(folder: Path | None, code: str, *, let_in: bool) -> None:
    from wizterm.server.passwords import Passwords
    from wizterm.server.reps import RepError, Reps

    with _store(folder) as store:
        reps = Reps(store, Passwords())
        try:
            reps.let_in(code) if let_in else reps.shut_out(code)
        except RepError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{code} {'can sign in' if let_in else 'is shut out'}.")


@contextmanager
def _store(folder: Path | None) -> Iterator[Store]:
    from wizterm.server.store.sqlite import open_store
    from wizterm.server.store.store import StoreError

    try:
        store = open_store(Path(server_settings(folder=folder).folder))
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    try:
        yield store
    finally:
        store.close()


def _print_json(value: Any) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def _show_progress(file: str, lines: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{plain(file)}: {lines:,} lines", nl=False, err=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
