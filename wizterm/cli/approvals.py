"""`wizterm admin managers` and `approvals`: who may allow more than a rep's limit, and the codes for it."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.amounts import Percent
from wizterm.cli.asking import asked
from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done, print_list
from wizterm.cli.telling import ListingGroup, TellingGroup
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.approvals import ManagerLine


@click.group(cls=ListingGroup)
def managers() -> None:
    """Who may allow discounts beyond a rep's limit."""


@managers.command("add", epilog="Example: wizterm admin managers add MAX --name 'Max Stern' --most 25")
@click.argument("code")
@click.option("--name", required=True, help="The manager's name, as people read it.")
@click.option("--pin", help="At least six digits; better typed when asked for: a command line is seen by others.")
@click.option("--pin-stdin", is_flag=True, help="Read the PIN from standard input.")
@click.option("--most", type=Percent(), help="The most percent they may allow; any, where it is not given.")
@as_json
@click.pass_obj
def add_manager(
    folder: Path | None, code: str, *, name: str, pin: str | None, pin_stdin: bool, most: Decimal | None, as_json: bool
) -> None:
    """Set up the manager CODE, or give them a new name, PIN and limit; every rep's devices fetch it."""
    from wizterm.protocol.pins import PinError, new_pin
    from wizterm.server.approvals import Managers

    if pin_stdin:
        pin = sys.stdin.readline().rstrip("\r\n")
    elif pin is None:
        pin = asked("PIN", "--pin-stdin")
    with opened_store(folder, founding=True) as store:
        try:
            Managers(store, decided_here(store)).add(code, name, new_pin(pin), most)
        except PinError as error:
            raise click.ClickException(str(error)) from error
    said = f"{code} can approve{f' up to {most} %' if most is not None else ''}."
    print_done({"code": code, "most": most}, said, as_json=as_json)


@managers.command("list", epilog="Example: wizterm admin managers list --json")
@as_json
@click.pass_obj
def list_managers(folder: Path | None, *, as_json: bool) -> None:
    """Show every manager, with the most they may allow."""
    from wizterm.server.approvals import Managers

    with opened_store(folder) as store:
        found = Managers(store, decided_here(store)).all()
    print_list(found, _line, empty="There is no manager yet: `admin managers add` sets one up.", as_json=as_json)


def _line(manager: ManagerLine) -> str:
    limit = f"up to {manager.most} %" if manager.most else "any discount"
    return f"{manager.code:<10}  {plain(manager.name)}: {limit}"


@managers.command("remove", epilog="Example: wizterm admin managers remove MAX")
@click.argument("code")
@as_json
@click.pass_obj
def remove_manager(folder: Path | None, code: str, *, as_json: bool) -> None:
    """Let the manager CODE approve no more; what they approved before is then flagged when it comes."""
    from wizterm.server.approvals import Managers

    with opened_store(folder) as store:
        Managers(store, decided_here(store)).remove(code)
    print_done({"code": code, "removed": True}, f"{code} can approve no more.", as_json=as_json)


@click.group(cls=TellingGroup)
def approvals() -> None:
    """Discounts beyond a rep's limit."""


@approvals.command(
    "code", epilog="Example: wizterm admin approvals code 7K2M-9XQ4 --rep KIM --percent 15 --manager MAX"
)
@click.argument("request")
@click.option("--rep", required=True, help="Code of the rep who calls.")
@click.option("--percent", required=True, type=Percent(), help="The discount the rep has read out.")
@click.option("--manager", required=True, help="Code of the manager who allows it.")
@as_json
@click.pass_obj
def give_code(folder: Path | None, request: str, *, rep: str, percent: Decimal, manager: str, as_json: bool) -> None:
    """Print the ten digits to read out for the REQUEST (eight signs) that a rep has read out.

    They hold for that cart, that percentage and that manager alone.
    """
    from wizterm.server.approvals import Managers

    with opened_store(folder) as store:
        code = Managers(store, decided_here(store)).code(request, rep, percent, manager)
    print_done({"code": code}, code, as_json=as_json)
