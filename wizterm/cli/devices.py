"""`wizterm admin devices`: the machines that reps have signed in on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.office_store import decided_here, opened_store
from wizterm.cli.printing import as_json, print_done, print_list
from wizterm.cli.telling import ListingGroup
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.device_list import DeviceLine


@click.group(cls=ListingGroup)
def devices() -> None:
    """The machines that reps have signed in on."""


@devices.command("list", epilog="Example: wizterm admin devices list --json")
@as_json
@click.pass_obj
def list_devices(folder: Path | None, *, as_json: bool) -> None:
    """Show every device: its installation code, its rep, when it was seen last and what waited on it then."""
    from wizterm.server.device_list import DeviceList

    with opened_store(folder) as store:
        found = DeviceList(store, decided_here(store)).all()
    print_list(found, _line, empty="No device has signed in yet.", as_json=as_json)


def _line(device: DeviceLine) -> str:
    codes = f" (also {', '.join(device.more_codes)})" if device.more_codes else ""
    shut = ", shut out" if device.revoked else ""
    unsent = f", {device.unsent} unsent" if device.unsent else ""
    seen = f"{device.seen_at:%Y-%m-%d %H:%M}"
    return f"{device.code:<4}{codes}  {device.rep:<10}  {seen}  {plain(device.name)}{unsent}{shut}"


@devices.command("revoke", epilog="Example: wizterm admin devices revoke 7F")
@click.argument("device")
@as_json
@click.pass_obj
def revoke(folder: Path | None, device: str, *, as_json: bool) -> None:
    """Shut out the DEVICE with this installation code or id, at once.

    For one that was lost. What it has not sent stays on it: its rep can export it, or you let it in again.
    """
    _turn(folder, device, let_in=False, as_json=as_json)


@devices.command("let-in", epilog="Example: wizterm admin devices let-in 7F")
@click.argument("device")
@as_json
@click.pass_obj
def let_in(folder: Path | None, device: str, *, as_json: bool) -> None:
    """Let the DEVICE with this installation code or id sign in again."""
    _turn(folder, device, let_in=True, as_json=as_json)


def _turn(folder: Path | None, device: str, *, let_in: bool, as_json: bool) -> None:
    from wizterm.server.device_list import DeviceList

    with opened_store(folder) as store:
        known = DeviceList(store, decided_here(store))
        line = known.let_in(device) if let_in else known.revoke(device)
    what = "may sign in again" if let_in else "is shut out"
    print_done(line, f"{line.code} ({line.rep}, {plain(line.name)}) {what}.", as_json=as_json)
