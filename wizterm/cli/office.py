"""`wizterm office`: the office's screen, in this terminal or in a browser."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

import click

from wizterm.cli.office_store import opened_store, user_of_the_system
from wizterm.cli.settings import server_settings

DRIVER = "TEXTUAL_DRIVER"
"""Set by the web server that shows the screen in a browser."""


@click.command(epilog="Example: wizterm office --web --public-url https://office.company.example")
@click.option("--folder", type=click.Path(path_type=Path), help="Where the server keeps its store.")
@click.option("--sign-in", is_flag=True, help="Ask for a name and password of `admin users add` first.")
@click.option("--web", is_flag=True, help="Serve it to browsers on this machine, with a sign-in.")
@click.option("--port", default=8461, show_default=True, type=click.IntRange(0, 65535), help="Port for browsers.")
@click.option("--public-url", default="", help="Where browsers reach it, through a web server with a certificate.")
def office(*, folder: Path | None, sign_in: bool, web: bool, port: int, public_url: str) -> None:
    """See what came in and what the ERP made of it, and decide about it.

    Works on the server's own store, like `wizterm admin`. In a browser it listens on this machine alone: put a web
    server with a certificate before it.
    """
    if web:
        from wizterm.cli.office_web import serve

        serve(folder, port, public_url)
        return
    sys.exit(_show(folder, sign_in=sign_in))


def _show(folder: Path | None, *, sign_in: bool) -> int:
    from wizterm.domain.clock import SystemClock
    from wizterm.domain.ids import uuid7
    from wizterm.domain.text import plain
    from wizterm.office.app import OfficeApp
    from wizterm.office.words import explain
    from wizterm.server.deciding import Actor
    from wizterm.server.office import Door
    from wizterm.server.passwords import Passwords
    from wizterm.server.store.naming import company_name
    from wizterm.terminal.usable import usable_terminal

    if DRIVER not in os.environ and (reason := usable_terminal()) is not None:
        raise click.ClickException(reason)
    settings = server_settings(folder=folder)
    with opened_store(folder) as store:
        app = OfficeApp(
            Door(store, Passwords(), clock=SystemClock(), new_id=uuid7),
            company=company_name(store, settings.company),
            who=None if sign_in else Actor(user_of_the_system()),
            idle=timedelta(minutes=settings.office_idle_minutes) or None,
        )
        try:
            app.run()
        finally:
            app.close()
    if app.fault is None:
        return app.return_code or 0
    fault = app.fault if isinstance(app.fault, Exception) else RuntimeError(str(app.fault))
    click.echo(plain(explain(fault)), err=True)
    return 1
