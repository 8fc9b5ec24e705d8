"""`wizterm admin reps`: who may sign in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wizterm.cli.amounts import Percent
from wizterm.cli.asking import PASSWORD_STDIN, password_given
from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done, print_list
from wizterm.cli.telling import ListingGroup
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.reps import RepLine, Reps
    from wizterm.server.store.store import Store


@click.group(cls=ListingGroup)
def reps() -> None:
    """Who may sign in and take orders."""


@reps.command("add", epilog="Example: wizterm admin reps add KIM --name 'Kim Berg' --lists TRADE")
@click.argument("code")
@click.option("--name", required=True, help="The rep's name, as people read it.")
@click.option("--password", help="Better typed when asked for, or piped in: a command line is seen by others.")
@PASSWORD_STDIN
@click.option("--email", help="Where mails about the rep's orders go, and answers of customers.")
@click.option("--lists", default="", help="Price lists the rep may give, with commas between.")
@click.option("--most-line-discount", type=Percent(), help="Percent off a line without approval; empty for any.")
@click.option("--most-cart-discount", type=Percent(), help="Percent off a whole cart without approval; empty for any.")
@click.option("--may-type-prices", is_flag=True, help="Let the rep type prices, within the same limits.")
@click.option("--may-switch-lists", is_flag=True, help="Let the rep give a cart another price list.")
@click.option("--may-credit", is_flag=True, help="Let the rep take goods back: lines with a count below zero.")
@as_json
@click.pass_obj
def add_rep(
    folder: Path | None,
    /,
    code: str,
    *,
    name: str,
    password: str | None,
    password_stdin: bool,
    email: str | None,
    lists: str,
    as_json: bool,
    **limits: Any,
) -> None:
    """Set up the rep CODE (1 to 10 letters and digits), or give them a new name, password, lists and limits."""
    from wizterm.domain.limits import RepLimits

    if password_stdin or password is None:
        password = password_given(stdin=password_stdin)
    with opened_store(folder, founding=True) as store:
        given = _parts(lists)
        _reps(store).add(code, name, password, given, RepLimits(**limits), email=email)
    print_done({"code": code, "lists": given}, f"{code} can sign in.", as_json=as_json)


@reps.command("change", epilog="Example: wizterm admin reps change KIM --most-line-discount 15 --may-type-prices")
@click.argument("code")
@click.option("--name", default="", help="Another name, as people read it.")
@click.option("--lists", help="Price lists the rep may give, with commas between; '' for none.")
@click.option("--most-line-discount", type=Percent(), help="Percent off a line without approval; 100 for any.")
@click.option("--most-cart-discount", type=Percent(), help="Percent off a whole cart without approval; 100 for any.")
@click.option("--may-type-prices/--no-typed-prices", default=None, help="Whether the rep may type prices.")
@click.option("--may-switch-lists/--no-switched-lists", default=None, help="Whether a cart may get another list.")
@click.option("--may-credit/--no-credit", default=None, help="Whether the rep may take goods back.")
@as_json
@click.pass_obj
def change_rep(
    folder: Path | None, /, code: str, *, name: str, lists: str | None, as_json: bool, **limits: Any
) -> None:
    """Change what is given of the rep CODE; everything else stays, the password too. Devices fetch it."""
    given = {limit: value for limit, value in limits.items() if value is not None}
    if not (name.strip() or lists is not None or given):
        raise click.UsageError("Say what is to change: --name, --lists, or a limit.")
    with opened_store(folder) as store:
        rep = _reps(store).change(code, name=name, lists=None if lists is None else _parts(lists), limits=given)
    print_done(rep, "\n".join(_told(rep)), as_json=as_json)


@reps.command("show", epilog="Example: wizterm admin reps show KIM")
@click.argument("code")
@as_json
@click.pass_obj
def show_rep(folder: Path | None, code: str, *, as_json: bool) -> None:
    """Show the rep CODE with lists and limits."""
    with opened_store(folder) as store:
        rep = _reps(store).one(code)
    print_done(rep, "\n".join(_told(rep)), as_json=as_json)


@reps.command("password", epilog="Example: wizterm admin reps password KIM")
@click.argument("code")
@PASSWORD_STDIN
@as_json
@click.pass_obj
def give_password(folder: Path | None, code: str, *, password_stdin: bool, as_json: bool) -> None:
    """Give the rep CODE a new password; name, lists and limits stay.

    Devices that are signed in stay so: `admin tokens revoke` or `reps shut-out` ends that.
    """
    password = password_given(stdin=password_stdin)
    with opened_store(folder) as store:
        known = _reps(store).give_password(code, password)
    print_done({"code": known}, f"{known} signs in with the new password from now on.", as_json=as_json)


@reps.command("email", epilog="Example: wizterm admin reps email KIM kim@company.example")
@click.argument("code")
@click.argument("address")
@as_json
@click.pass_obj
def set_email(folder: Path | None, code: str, address: str, *, as_json: bool) -> None:
    """Send mails about the orders of the rep CODE to ADDRESS; '' ends that."""
    with opened_store(folder) as store:
        _reps(store).write_to(code, address)
    said = f"Mails about {code}'s orders go to {plain(address)}." if address.strip() else f"{code} gets no mails."
    print_done({"code": code, "email": address.strip()}, said, as_json=as_json)


@reps.command("list", epilog="Example: wizterm admin reps list --json")
@as_json
@click.pass_obj
def list_reps(folder: Path | None, *, as_json: bool) -> None:
    """Show every rep, with how many customers and devices they have."""
    with opened_store(folder) as store:
        found = _reps(store).all()
    print_list(found, _line, empty="There is no rep yet: `admin reps add` sets one up.", as_json=as_json)


def _reps(store: Store) -> Reps:
    from wizterm.server.passwords import Passwords
    from wizterm.server.reps import Reps

    return Reps(store, decided_here(store), Passwords())


def _parts(lists: str) -> list[str]:
    return [part.strip() for part in lists.split(",") if part.strip()]


def _told(rep: RepLine) -> Iterator[str]:
    yield _line(rep)
    yield f"  price lists beyond those of the customers: {plain(', '.join(rep.lists)) or 'none'}"
    limits = rep.limits
    for what, most in (("a line", limits.most_line_discount), ("a cart", limits.most_cart_discount)):
        yield f"  off {what} without approval: {'any' if most is None else f'up to {most} %'}"
    for what, may in (
        ("type prices", limits.may_type_prices),
        ("give a cart another list", limits.may_switch_lists),
        ("take goods back", limits.may_credit),
    ):
        yield f"  may {what}: {'yes' if may else 'no'}"


def _line(rep: RepLine) -> str:
    has = f"{counted(rep.customers, 'customer')}, {counted(rep.devices, 'device')}"
    shut = "" if rep.active else ", shut out"
    mail = f", {plain(rep.email)}" if rep.email else ""
    return f"{rep.code:<10}  {plain(rep.name)}: {has}{mail}{shut}"


@reps.command("shut-out", epilog="Example: wizterm admin reps shut-out KIM")
@click.argument("code")
@as_json
@click.pass_obj
def shut_out(folder: Path | None, code: str, *, as_json: bool) -> None:
    """End every session of the rep CODE and let them in no more, until `let-in`."""
    _turn(folder, code, let_in=False, as_json=as_json)


@reps.command("let-in", epilog="Example: wizterm admin reps let-in KIM")
@click.argument("code")
@as_json
@click.pass_obj
def let_in(folder: Path | None, code: str, *, as_json: bool) -> None:
    """Let the rep CODE sign in again."""
    _turn(folder, code, let_in=True, as_json=as_json)


def _turn(folder: Path | None, code: str, *, let_in: bool, as_json: bool) -> None:
    with opened_store(folder) as store:
        reps = _reps(store)
        reps.let_in(code) if let_in else reps.shut_out(code)
    said = f"{code} {'can sign in' if let_in else 'is shut out'}."
    print_done({"code": code, "active": let_in}, said, as_json=as_json)
