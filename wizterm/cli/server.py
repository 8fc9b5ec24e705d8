"""`wizterm serve`: the sync server on this machine. `wizterm work`: processes that only deliver."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Any

import click

from wizterm.cli.connector import connector
from wizterm.cli.posting import posting
from wizterm.cli.settings import server_settings

if TYPE_CHECKING:
    from wizterm.config import Server
    from wizterm.server.company import Company

FOLDER = click.option("--folder", type=click.Path(path_type=Path), help="Where the store and its files are kept.")
STORE = click.option(
    "--store", help="Address of a PostgreSQL database that is the store.  [default: a file in the folder]"
)
CONNECTOR = click.option(
    "--connector", help="The ERP that takes the orders: the name of a connector.  [default: files]"
)
FILES = click.option("--files-folder", type=click.Path(path_type=Path), help="Where the files connector writes.")
LOG_FORMAT = click.option(
    "--log-format", type=click.Choice(["json", "text"]), help="How the log is written.  [default: json]"
)
WORKERS = click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that share the work."
)


@click.command()
@FOLDER
@STORE
@click.option("--host", help="Address to listen on; 0.0.0.0 for every network of this machine.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.  [default: 8460]")
@click.option("--company", help="The company's name, as reps and the office see it; kept.")
@CONNECTOR
@FILES
@WORKERS
@LOG_FORMAT
@click.option("--until-input-ends", is_flag=True, help="End when standard input does: with whoever started it.")
def serve(*, workers: int, until_input_ends: bool, **options: Any) -> None:
    """Serve the company's reps: take their documents, keep their catalogues fresh.

    Prints its address when it is ready, and logs one line for each request and document to standard error. Ends
    cleanly on Ctrl+C or SIGTERM. For other machines put it behind a web server with a certificate. Several workers are
    worth their while on PostgreSQL; on SQLite they write one after the other.
    """
    settings = server_settings(**options)
    posting(settings.company)  # what is wrong with it is said before anything is opened
    from wizterm.server import serving

    try:
        listening = serving.listen(settings.host, settings.port)
    except serving.AddressError as error:
        raise click.ClickException(str(error)) from error

    settings = _named(settings)
    if until_input_ends:
        # Unbuffered: a thread that waits with the lock of a buffer aborts the interpreter at its end.
        serving.end_with(open(0, "rb", buffering=0, closefd=False))  # noqa: SIM115 - open until the process ends

    def ready() -> None:
        click.echo(f"{settings.company} is served at {serving.address(listening)}")

    _alone_or_together(_serve, (settings, listening), workers, settings, ready)


@click.command()
@FOLDER
@STORE
@CONNECTOR
@FILES
@WORKERS
@LOG_FORMAT
def work(*, workers: int, **options: Any) -> None:
    """Deliver what the server has taken, beside `wizterm serve` and on the same store.

    Workers take nothing from each other: each delivery is one worker's until its lease ends. They can be started and
    ended as one likes, on this machine or, with a store on PostgreSQL, on others.
    """
    settings = server_settings(**options)
    _alone_or_together(_work, (settings,), workers, settings, lambda: click.echo("Delivering."))


def _alone_or_together(
    task: Callable[..., None], arguments: tuple[Any, ...], workers: int, settings: Server, ready: Callable[[], None]
) -> None:
    from wizterm import log_lines

    if workers == 1:
        task(ready, *arguments)
        return
    from wizterm.server.crew import Crew

    _opened(settings).close()  # what is wrong is said once, and the store laid out by one
    log_lines.write_to_stderr(settings.log_format)
    sys.exit(Crew(task, arguments, workers).run(ready))


def _serve(ready: Callable[[], None], settings: Server, listening: socket) -> None:
    from wizterm import log_lines
    from wizterm.server import serving

    opened = _opened(settings)
    log_lines.write_to_stderr(settings.log_format)
    serving.serve(opened, listening, lambda _: ready())


def _work(ready: Callable[[], None], settings: Server) -> None:
    from wizterm import log_lines
    from wizterm.server import working

    opened = _opened(settings)
    log_lines.write_to_stderr(settings.log_format)
    working.work(opened, ready)


def _named(settings: Server) -> Server:
    """With the company's name, kept in the store for the office and for the next start."""
    from msgspec.structs import replace

    from wizterm.server.store.naming import company_name, keep_company_name
    from wizterm.server.store.opening import open_store
    from wizterm.server.store.store import StoreError

    try:
        with closing(open_store(Path(settings.folder), settings.store)) as store:
            name = company_name(store, settings.company)
            keep_company_name(store, name)
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    return replace(settings, company=name)


def _opened(settings: Server) -> Company:
    from wizterm.server.company import open_company
    from wizterm.server.dispatch.gate import Limits
    from wizterm.server.store.store import StoreError

    try:
        return open_company(
            Path(settings.folder),
            name=settings.company,
            connector=connector(settings),
            url=settings.store,
            pull_minutes=settings.pull_minutes,
            accept_codes=settings.accept_codes,
            limits=Limits(settings.erp_at_once, settings.erp_a_minute),
            post=posting(settings.company),
        )
    except StoreError as error:
        raise click.ClickException(str(error)) from error
