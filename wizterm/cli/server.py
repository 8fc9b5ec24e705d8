"""`wizterm serve`: the sync server on this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from wizterm.cli.connector import connector
from wizterm.cli.settings import server_settings


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), help="Where the store and its files are kept.")
@click.option("--store", help="Address of a PostgreSQL database that is the store.  [default: a file in the folder]")
@click.option("--host", help="Address to listen on; 0.0.0.0 for every network of this machine.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.  [default: 8460]")
@click.option("--company", help="The company's name, as reps see it.")
@click.option("--connector", help="The ERP that takes the orders: the name of a connector.  [default: files]")
@click.option("--files-folder", type=click.Path(path_type=Path), help="Where the files connector writes.")
@click.option("--until-input-ends", is_flag=True, help="End when standard input does: with whoever started it.")
def serve(*, until_input_ends: bool, **options: Any) -> None:
    """Serve the company's reps: take their documents, keep their catalogues fresh.

    Prints its address when it is ready, and logs one JSON line for each request to standard error. Ends cleanly on
    Ctrl+C or SIGTERM. For other machines put it behind a web server with a certificate.
    """
    settings = server_settings(**options)
    from wizterm.server import journal, serving
    from wizterm.server.company import open_company
    from wizterm.server.store.store import StoreError

    try:
        listening = serving.listen(settings.host, settings.port)
        opened = open_company(
            Path(settings.folder),
            name=settings.company,
            connector=connector(settings),
            url=settings.store,
            pull_minutes=settings.pull_minutes,
        )
    except (serving.AddressError, StoreError) as error:
        raise click.ClickException(str(error)) from error
    journal.write_to_stderr()
    if until_input_ends:
        serving.end_with(sys.stdin.buffer)
    serving.serve(opened, listening, lambda address: click.echo(f"{settings.company} is served at {address}"))
