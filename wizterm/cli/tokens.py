"""`wizterm admin tokens`: who is signed in, and ending that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done, print_list
from wizterm.cli.telling import ListingGroup
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.session_list import SessionLine, Sessions
    from wizterm.server.store.store import Store


@click.group(cls=ListingGroup)
def tokens() -> None:
    """Who is signed in on which device."""


@tokens.command("list", epilog="Example: wizterm admin tokens list --json")
@as_json
@click.pass_obj
def list_tokens(folder: Path | None, *, as_json: bool) -> None:
    """Show every sign-in whose tokens are still good. The tokens themselves nobody can read: only hashes are kept."""
    with opened_store(folder) as store:
        found = _sessions(store).all()
    print_list(found, _line, empty="Nobody is signed in.", as_json=as_json)


@tokens.command("revoke", epilog="Example: wizterm admin tokens revoke 7F")
@click.argument("whose")
@as_json
@click.pass_obj
def revoke(folder: Path | None, whose: str, *, as_json: bool) -> None:
    """End the sign-ins of WHOSE: a rep's code, a device's installation code, or one sign-in's id.

    They sign in again with the password; `devices revoke` and `reps shut-out` keep them out.
    """
    with opened_store(folder) as store:
        ended = _sessions(store).revoke(whose)
    print_done(ended, f"{counted(len(ended), 'sign-in')} ended: the password is asked for again.", as_json=as_json)


def _sessions(store: Store) -> Sessions:
    from wizterm.domain.clock import SystemClock
    from wizterm.server.session_list import Sessions

    return Sessions(store, decided_here(store), SystemClock())


def _line(each: SessionLine) -> str:
    until = f"until {each.expires_at:%Y-%m-%d}"
    return f"{plain(each.rep):<10}  {each.device:<4}  {until}  {plain(each.device_name)}  {each.id}"
