"""`wizterm admin import`: files into the catalogue, once or as they come."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_json
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.importing.watching import Report


@click.command("import", epilog="Example: wizterm admin import products.csv prices.csv --dry-run")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Check everything and change nothing.")
@click.option("--replace", is_flag=True, help="Take away what the files do not bring, of the kinds they hold.")
@click.option(
    "--watch",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Load what is put into this folder, until Ctrl+C or SIGTERM.",
)
@click.option(
    "--every", default=5.0, show_default=True, type=click.FloatRange(0.1, 3600), help="Seconds between looks."
)
@as_json
@click.pass_obj
def import_(
    folder: Path | None,
    files: tuple[Path, ...],
    *,
    dry_run: bool,
    replace: bool,
    watch: Path | None,
    every: float,
    as_json: bool,
) -> None:
    """Load FILES: all of them, or nothing where anything is wrong.

    CSV (also .csv.gz) or XLSX, each recognised by its first line: price_lists, products, attributes,
    collections, modifiers, prices, stock, units, tax_rates, fees, customers, promotions, contracts, history,
    wishlists. Rows that are there already are brought up to date; rows that are not in a file stay.

    With --watch no FILES are named: each that appears in the folder is loaded once, when nothing there has changed
    between two looks, and moved to done/ or failed/ in it with a report beside.
    """
    if bool(files) == bool(watch) or (watch and dry_run):
        raise click.UsageError("Name the files to load, or a folder with --watch (and no --dry-run).")
    if watch:
        _watch(folder, watch, replace=replace, every=every, as_json=as_json)
    else:
        _load(folder, files, dry_run=dry_run, replace=replace, as_json=as_json)


def _load(folder: Path | None, files: tuple[Path, ...], *, dry_run: bool, replace: bool, as_json: bool) -> None:
    from wizterm.domain.clock import SystemClock
    from wizterm.server.deciding import Role
    from wizterm.server.importing.faults import ImportRefusedError
    from wizterm.server.importing.loading import load

    loading = partial(load, clock=SystemClock(), dry_run=dry_run, replace=replace, progress=_show_progress)
    names = ", ".join(file.name for file in files)
    with opened_store(folder, founding=not dry_run) as store:
        note = partial(decided_here(store).note, Role.ADMIN, "imported", names)
        try:
            loaded = store.again(lambda: loading(store, files, beside=note))
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
    click.echo("\n".join(plain(sentence) for sentence in loaded.sentences()))
    click.echo(_next(changed=bool(loaded.changed or loaded.removed), dry_run=dry_run))


def _next(*, changed: bool, dry_run: bool) -> str:
    if dry_run:
        return "Nothing was changed: this was a dry run."
    return "Devices fetch it at their next look." if changed else "Everything stood there already: nothing to fetch."


def _watch(folder: Path | None, watched: Path, *, replace: bool, every: float, as_json: bool) -> None:
    from wizterm.domain.clock import SystemClock
    from wizterm.server.importing.watching import Watch, keep_watching

    with opened_store(folder, founding=True) as store:
        keep_watching(
            Watch(store, watched, clock=SystemClock(), by=decided_here(store), replace=replace),
            told=print_json if as_json else _tell,
            trouble=lambda words: click.echo(plain(words), err=True),
            rest=_until_stopped(every),
        )


def _until_stopped(every: float) -> Callable[[], bool]:
    """Rests so long, and says whether to go on."""
    import signal
    import threading

    stopped = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stopped.set())
    return lambda: not stopped.wait(every)


def _tell(report: Report) -> None:
    click.echo(f"{plain(report.placed)}: {plain('; '.join(report.words))}")


def _show_progress(file: str, lines: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{plain(file)}: {lines:,} lines", nl=False, err=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
