"""`wizterm admin`: the office's commands, on the server's own host and store."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wizterm.cli.approvals import approvals, managers
from wizterm.cli.backups import backup, restore
from wizterm.cli.customers import customers
from wizterm.cli.deliveries import deliveries
from wizterm.cli.devices import devices
from wizterm.cli.documents import documents
from wizterm.cli.erp import erp
from wizterm.cli.mappings import mappings
from wizterm.cli.media import media
from wizterm.cli.office_store import opened_store
from wizterm.cli.office_users import office_users
from wizterm.cli.price_lists import price_lists
from wizterm.cli.printing import as_json, print_json
from wizterm.cli.reps import reps
from wizterm.cli.sealed_files import intake
from wizterm.cli.tokens import tokens
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain

SHOWN = 20


@click.group()
@click.option("--folder", type=click.Path(path_type=Path), help="Where the server keeps its store.")
@click.pass_context
def admin(context: click.Context, folder: Path | None) -> None:
    """Load the catalogue, set up reps, look after documents and deliveries.

    Works on the server's own store, whether the server runs or not.
    """
    context.obj = folder


@admin.command("import", epilog="Example: wizterm admin import products.csv prices.csv --dry-run")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Check everything and change nothing.")
@click.option("--replace", is_flag=True, help="Take away what the files do not bring, of the kinds they hold.")
@as_json
@click.pass_obj
def import_(folder: Path | None, files: tuple[Path, ...], *, dry_run: bool, replace: bool, as_json: bool) -> None:
    """Load FILES: all of them, or nothing where anything is wrong.

    CSV (also .csv.gz) or XLSX, each recognised by its first line: price_lists, products, attributes,
    collections, modifiers, prices, stock, units, tax_rates, fees, customers, promotions, contracts, history,
    wishlists. Rows that
    are there already are brought up to date; rows that are not in a file stay.
    """
    from wizterm.domain.clock import SystemClock
    from wizterm.server.importing.faults import ImportRefusedError
    from wizterm.server.importing.loading import load

    with opened_store(folder) as store:
        try:
            loaded = load(store, files, clock=SystemClock(), dry_run=dry_run, replace=replace, progress=_show_progress)
        except ImportRefusedError as error:
            _clear_progress()
            if as_json:
                print_json({"loaded": False, "faults": error.faults, "count": error.count})
                sys.exit(1)
            raise click.ClickException(f"Nothing was loaded.\n{error}") from error
    _clear_progress()
    if as_json:
        told = {"read": loaded.read, "changed": loaded.changed, "removed": loaded.removed, "warnings": loaded.warnings}
        print_json({"loaded": not dry_run, **told})
        return
    for kind, count in loaded.read.items():
        click.echo(f"{kind}: {count:,} read")
    for verb, counts in (("new or different", loaded.changed), ("taken away", loaded.removed)):
        for table, count in counts.items():
            click.echo(f"{table}: {count:,} {verb}")
    for warning in loaded.warnings[:SHOWN]:
        click.echo(f"Two prices at once: {plain(warning)}.")
    if len(loaded.warnings) > SHOWN:
        click.echo(f"Two prices at once: {counted(len(loaded.warnings) - SHOWN, 'more case')}.")
    click.echo(_next(changed=bool(loaded.changed or loaded.removed), dry_run=dry_run))


def _next(*, changed: bool, dry_run: bool) -> str:
    if dry_run:
        return "Nothing was changed: this was a dry run."
    return "Devices fetch it at their next look." if changed else "Everything stood there already: nothing to fetch."


for command in (
    intake,
    backup,
    restore,
    reps,
    devices,
    tokens,
    customers,
    price_lists,
    media,
    documents,
    deliveries,
    erp,
    mappings,
    managers,
    approvals,
    office_users,
):
    admin.add_command(command)


def _show_progress(file: str, lines: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{plain(file)}: {lines:,} lines", nl=False, err=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
