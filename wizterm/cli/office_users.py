"""`wizterm admin office`: who may sign in to the office's screen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.asking import asked
from wizterm.cli.office_store import opened_store
from wizterm.cli.printing import as_json, print_done, print_list
from wizterm.cli.telling import TellingGroup
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.office_users import OfficeUsers
    from wizterm.server.store.store import Store


@click.group("office", cls=TellingGroup)
def office_users() -> None:
    """Who may sign in to the office's screen in a browser (`wizterm office --web`)."""


@office_users.command("add", epilog="Example: wizterm admin office add ada")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@as_json
@click.pass_obj
def add_user(folder: Path | None, name: str, *, password_stdin: bool, as_json: bool) -> None:
    """Let NAME sign in, with a password of at least ten characters; or give NAME a new one."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else asked("Password", "--password-stdin")
    with opened_store(folder, founding=True) as store:
        users_of(store).add(name, password)
    print_done({"name": name}, f"{plain(name)} can sign in to the office.", as_json=as_json)


@office_users.command("list", epilog="Example: wizterm admin office list --json")
@as_json
@click.pass_obj
def list_users(folder: Path | None, *, as_json: bool) -> None:
    """Show who may sign in to the office's screen."""
    with opened_store(folder) as store:
        found = users_of(store).all()
    nobody = "Nobody can sign in to the office yet: `admin office add` sets somebody up."
    print_list(found, lambda user: plain(user.name), empty=nobody, as_json=as_json)


@office_users.command("remove", epilog="Example: wizterm admin office remove ada")
@click.argument("name")
@as_json
@click.pass_obj
def remove_user(folder: Path | None, name: str, *, as_json: bool) -> None:
    """Let NAME sign in no more; a screen that is open stays open until it is closed."""
    with opened_store(folder) as store:
        users_of(store).remove(name)
    print_done({"name": name, "removed": True}, f"{plain(name)} can sign in no more.", as_json=as_json)


def users_of(store: Store) -> OfficeUsers:
    from wizterm.domain.clock import SystemClock
    from wizterm.domain.ids import uuid7
    from wizterm.server.office_users import OfficeUsers
    from wizterm.server.passwords import Passwords

    return OfficeUsers(store, Passwords(), clock=SystemClock(), new_id=uuid7)
