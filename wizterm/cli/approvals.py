"""`wizterm admin managers` and `approvals`: who may allow more than a rep's limit, and the codes for it."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import click

from wizterm.cli.amounts import Percent
from wizterm.cli.office_store import opened_store
from wizterm.cli.printing import as_json, print_json
from wizterm.domain.text import plain


@click.group()
def managers() -> None:
    """Who may allow discounts beyond a rep's limit."""


@managers.command("add")
@click.argument("code")
@click.option("--name", required=True, help="The manager's name, as people read it.")
@click.option("--pin", help="At least six digits; better typed when asked for: a command line is seen by others.")
@click.option("--pin-stdin", is_flag=True, help="Read the PIN from standard input.")
@click.option("--most", type=Percent(), help="The most percent they may allow; any, where it is not given.")
@click.pass_obj
def add_manager(
    folder: Path | None, code: str, *, name: str, pin: str | None, pin_stdin: bool, most: Decimal | None
) -> None:
    """Set up the manager CODE, or give them a new name, PIN and limit; every rep's devices fetch it."""
    from wizterm.protocol.pins import PinError, new_pin
    from wizterm.server.approvals import ApprovalError, Managers

    if pin_stdin:
        pin = sys.stdin.readline().rstrip("\r\n")
    elif pin is None:
        pin = str(click.prompt("PIN", hide_input=True, confirmation_prompt=True))
    with opened_store(folder) as store:
        try:
            Managers(store).add(code, name, new_pin(pin), most)
        except (ApprovalError, PinError) as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{code} can approve{f' up to {most} %' if most is not None else ''}.")


@managers.command("list")
@as_json
@click.pass_obj
def list_managers(folder: Path | None, *, as_json: bool) -> None:
    """Show every manager, with the most they may allow."""
    from wizterm.server.approvals import Managers

    with opened_store(folder) as store:
        found = Managers(store).all()
    if as_json:
        print_json(found)
        return
    for each in found:
        click.echo(f"{each.code:<10}  {plain(each.name)}: {f'up to {each.most} %' if each.most else 'any discount'}")


@managers.command("remove")
@click.argument("code")
@click.pass_obj
def remove_manager(folder: Path | None, code: str) -> None:
    """Let the manager CODE approve no more; what they approved before is then flagged when it comes."""
    from wizterm.server.approvals import ApprovalError, Managers

    with opened_store(folder) as store:
        try:
            Managers(store).remove(code)
        except ApprovalError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{code} can approve no more.")


@click.group()
def approvals() -> None:
    """Discounts beyond a rep's limit."""


@approvals.command("code")
@click.argument("request")
@click.option("--rep", required=True, help="Code of the rep who calls.")
@click.option("--percent", required=True, type=Percent(), help="The discount the rep has read out.")
@click.option("--manager", required=True, help="Code of the manager who allows it.")
@click.pass_obj
def give_code(folder: Path | None, request: str, *, rep: str, percent: Decimal, manager: str) -> None:
    """Print the ten digits to read out for the REQUEST (eight signs) that a rep has read out.

    They hold for that cart, that percentage and that manager alone.
    """
    from wizterm.server.approvals import ApprovalError, Managers

    with opened_store(folder) as store:
        try:
            click.echo(Managers(store).code(request, rep, percent, manager))
        except ApprovalError as error:
            raise click.ClickException(str(error)) from error
