"""`wizterm office --web`: the office's screen for browsers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wizterm.cli.office_store import opened_store
from wizterm.cli.settings import server_settings

LOOPBACK = "127.0.0.1"


def serve(folder: Path | None, port: int, public_url: str) -> None:
    """Serve until a signal; every tab is a `wizterm office --sign-in` of its own."""
    try:
        from wizterm.office.browser import OfficeInBrowser, origin_of
    except ImportError as error:
        raise click.ClickException(
            f"The browser needs more than is installed ({error.name}): install wizterm[office]."
        ) from error
    from wizterm.server import serving

    origin = origin_of(public_url)
    if public_url and not origin:
        raise click.ClickException(
            f"{public_url} is no address for a browser: expected one such as https://office.example."
        )
    company = _company(folder)
    try:
        listening = serving.listen(LOOPBACK, port)
    except serving.AddressError as error:
        raise click.ClickException(str(error)) from error
    command = [sys.executable, "-m", "wizterm", "office", "--sign-in"]
    command += ["--folder", str(folder.absolute())] if folder else []
    OfficeInBrowser(
        command,
        title=f"{company} · WizTerm office",
        origin=origin or f"http://{LOOPBACK}:{listening.getsockname()[1]}",
        ready=lambda address: click.echo(f"The office is served at {address}"),
    ).run(listening)


def _company(folder: Path | None) -> str:
    """Its name, with a warning where nobody can sign in to its office yet."""
    from wizterm.cli.office_users import users_of
    from wizterm.server.store.naming import company_name

    with opened_store(folder) as store:
        if not users_of(store).all():
            click.echo("Nobody can sign in yet: set somebody up with `wizterm admin users add`.", err=True)
        return company_name(store, server_settings(folder=folder).company)
