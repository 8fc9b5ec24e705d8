"""`wizterm admin erp`: the company's own system, looked at and pulled from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.connector import connector
from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_json
from wizterm.cli.settings import server_settings
from wizterm.cli.telling import TellingGroup
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.connectors.examining import Examination
    from wizterm.connectors.pulling import Pull
    from wizterm.server.deciding import Deciding
    from wizterm.server.pulling.puller import Brought, Puller

KINDS = ("items", "prices", "stock", "customers")


@click.group(cls=TellingGroup)
def erp() -> None:
    """The company's own system behind the server."""


@erp.command("check", epilog="Example: wizterm admin erp check tryton")
@click.argument("name", default="")
@as_json
@click.pass_obj
def check(folder: Path | None, name: str, *, as_json: bool) -> None:
    """Say whether the ERP of the connector NAME is reached, what it can do, and what is missing.

    Without NAME, of the connector that the server is set to. Changes nothing there. Ends with status 1 where
    something is missing.
    """
    from wizterm.connectors.examining import Examinable

    settings = server_settings(folder=folder)
    name = name or settings.connector
    made = connector(settings, name)
    if not isinstance(made, Examinable):
        raise click.ClickException(f"The connector {name} cannot say how its ERP is.")
    found = made.examine()
    if as_json:
        print_json({"connector": name, "examination": found})
    else:
        click.echo("\n".join(_told(name, found)))
    sys.exit(1 if found.missing else 0)


@erp.command("pull", epilog="Example: wizterm admin erp pull --only stock")
@click.argument("name", default="")
@click.option("--only", type=click.Choice(KINDS), help="Of these alone: items, prices, stock or customers.")
@click.option("--from-start", is_flag=True, help="Everything, and not only what changed since the last time.")
@as_json
@click.pass_obj
def pull(folder: Path | None, name: str, *, only: str | None, from_start: bool, as_json: bool) -> None:
    """Bring items, prices, stock and customers from the ERP of the connector NAME into the catalogue.

    The server does the same by itself every `server.pull_minutes`. Where it fails, what came before stays, and the
    next time goes on from there.
    """
    from wizterm.connectors.pulling import Pull, PullError
    from wizterm.server.deciding import Role
    from wizterm.server.pulling.puller import BusyError

    how = "from the start" if from_start else ""
    with _puller(folder, name) as (puller, by):
        kinds = [Pull(only)] if only else [standing.what for standing in puller.standing()]
        told = {}
        for what in kinds:
            try:
                note = partial(by.note, Role.ADMIN, "began to pull", what, how)
                brought = puller.pull(what, _show_progress, afresh=from_start, beside=note)
            except (PullError, BusyError) as error:
                raise click.ClickException(plain(str(error))) from error
            told[what.value] = {"read": brought.read, "changed": brought.changed, "left_out": brought.left_out}
            if not as_json:
                changed = sum(brought.changed.values())
                click.echo(f"{what}: {sum(brought.read.values()):,} read, {changed:,} new or different")
                click.echo("".join(f"  left out: {plain(fault)}\n" for fault in brought.left_out), nl=False)
    if as_json:
        print_json(told)


@erp.command("pulls", epilog="Example: wizterm admin erp pulls --json")
@as_json
@click.pass_obj
def pulls(folder: Path | None, *, as_json: bool) -> None:
    """Show when each kind of rows was pulled last, and what went wrong since."""
    with _puller(folder, "") as (puller, _):
        standing = puller.standing()
    if as_json:
        print_json(standing)
        return
    for each in standing:
        done = f"{each.done_at:%Y-%m-%d %H:%M}" if each.done_at else "never"
        click.echo(f"{each.what:<10} {done:<16}  {plain(each.words)}".rstrip())
        click.echo("".join(f"  left out: {plain(fault)}\n" for fault in each.left_out), nl=False)


@contextmanager
def _puller(folder: Path | None, name: str) -> Iterator[tuple[Puller, Deciding]]:
    from wizterm.connectors.pulling import CatalogueSource
    from wizterm.domain.clock import SystemClock
    from wizterm.server.pulling.puller import Puller

    settings = server_settings(folder=folder)
    made = connector(settings, name)
    if not isinstance(made, CatalogueSource):
        raise click.ClickException(f"The connector {name or settings.connector} gives no catalogue: load files.")
    with opened_store(folder) as store:
        yield Puller(store, made, clock=SystemClock(), minutes=settings.pull_minutes), decided_here(store)


def _show_progress(what: Pull, brought: Brought) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{what}: {sum(brought.read.values()):,} rows\x1b[K\r", nl=False, err=True)


def _told(name: str, found: Examination) -> Iterator[str]:
    version = f", version {plain(found.version)}" if found.version else ""
    yield f"The connector {name} works{version}." if found.reachable else f"The connector {name} does not work."
    if found.modules:
        there = (f"{module} {'yes' if present else 'no'}" for module, present in found.modules.items())
        yield f"Modules: {', '.join(there)}."
    yield from (f"It can {sentence}." for sentence in found.can)
    yield from (f"Missing: {plain(sentence)}" for sentence in found.missing)
    if not found.missing:
        yield "Nothing is missing."
