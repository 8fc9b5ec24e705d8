"""`wizterm admin users`: who may sign in to the office's screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from wizterm.cli.asking import PASSWORD_STDIN, password_given
from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done, print_table
from wizterm.cli.telling import ListingGroup
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.office_users import OfficeUserLine, OfficeUsers
    from wizterm.server.store.store import Store

ROLES: Final = ("viewer", "clerk", "admin")


@click.group("users", cls=ListingGroup)
def office_users() -> None:
    """Who may sign in to the office's screen, and what they may do there.

    A viewer sees everything and changes nothing. A clerk decides about deliveries, the ERP's names and whose a
    customer is. An admin also looks after reps, devices and these names. Commands on the server's host may do all.
    """


@office_users.command("add", epilog="Example: wizterm admin users add ada --role clerk")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="clerk", show_default=True, help="What they may do.")
@PASSWORD_STDIN
@as_json
@click.pass_obj
def add_user(folder: Path | None, name: str, *, role: str, password_stdin: bool, as_json: bool) -> None:
    """Let NAME sign in, with a password of at least ten characters."""
    from wizterm.server.deciding import Role

    password = password_given(stdin=password_stdin)
    with opened_store(folder, founding=True) as store:
        user = users_of(store).add(name, password, Role(role))
    print_done(user, f"{plain(user.name)} can sign in to the office as {user.role}.", as_json=as_json)


@office_users.command("password", epilog="Example: wizterm admin users password ada")
@click.argument("name")
@PASSWORD_STDIN
@as_json
@click.pass_obj
def give_password(folder: Path | None, name: str, *, password_stdin: bool, as_json: bool) -> None:
    """Give NAME a new password of at least ten characters; the screens they have open end."""
    password = password_given(stdin=password_stdin)
    with opened_store(folder) as store:
        user = users_of(store).give_password(name, password)
    print_done(user, f"{plain(user.name)} signs in with the new password from now on.", as_json=as_json)


@office_users.command("list", epilog="Example: wizterm admin users list --json")
@as_json
@click.pass_obj
def list_users(folder: Path | None, *, as_json: bool) -> None:
    """Show who may sign in to the office's screen, with their roles and when they last did."""
    with opened_store(folder) as store:
        found = users_of(store).all()
    nobody = "Nobody can sign in to the office yet: `admin users add` sets somebody up."
    print_table(found, _cells, empty=nobody, as_json=as_json)


@office_users.command("role", epilog="Example: wizterm admin users role ada viewer")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@as_json
@click.pass_obj
def give_role(folder: Path | None, name: str, role: str, *, as_json: bool) -> None:
    """Give NAME another ROLE; it holds at once, on screens that are open too."""
    from wizterm.server.deciding import Role

    with opened_store(folder) as store:
        user = users_of(store).give_role(name, Role(role))
    print_done(user, f"{plain(user.name)} is {user.role} from now on.", as_json=as_json)


@office_users.command("remove", epilog="Example: wizterm admin users remove ada")
@click.argument("name")
@as_json
@click.pass_obj
def remove_user(folder: Path | None, name: str, *, as_json: bool) -> None:
    """Let NAME sign in no more, and end the screens they have open."""
    with opened_store(folder) as store:
        user = users_of(store).remove(name)
    print_done(user, f"{plain(user.name)} can sign in no more.", as_json=as_json)


def _cells(user: OfficeUserLine) -> tuple[str, ...]:
    seen = f"{user.signed_in_at:%Y-%m-%d %H:%M}" if user.signed_in_at else "never signed in"
    return (user.role, plain(user.name), seen)


def users_of(store: Store) -> OfficeUsers:
    from wizterm.server.office_users import OfficeUsers
    from wizterm.server.passwords import Passwords

    return OfficeUsers(store, decided_here(store), Passwords())
