"""`wizterm admin devices`: the machines that reps have signed in on."""

from __future__ import annotations

from pathlib import Path

import click

from wizterm.cli.office_store import opened_store
from wizterm.cli.printing import as_json, print_json
from wizterm.domain.text import plain


@click.group()
def devices() -> None:
    """The machines that reps have signed in on."""


@devices.command("list")
@as_json
@click.pass_obj
def list_devices(folder: Path | None, *, as_json: bool) -> None:
    """Show every device: its installation code, its rep, and when it was seen last."""
    from wizterm.server.device_list import DeviceList

    with opened_store(folder) as store:
        found = DeviceList(store).all()
    if as_json:
        print_json(found)
        return
    for device in found:
        codes = f" (also {', '.join(device.more_codes)})" if device.more_codes else ""
        shut = ", shut out" if device.revoked else ""
        seen = f"{device.seen_at:%Y-%m-%d %H:%M}"
        click.echo(f"{device.code:<4}{codes}  {device.rep:<10}  {seen}  {plain(device.name)}{shut}")


@devices.command("revoke")
@click.argument("device")
@click.pass_obj
def revoke(folder: Path | None, device: str) -> None:
    """Shut out the DEVICE with this installation code or id, at once.

    For one that was lost. What it has not sent stays on it: its rep can export it, or you let it in again.
    """
    _turn(folder, device, let_in=False)


@devices.command("let-in")
@click.argument("device")
@click.pass_obj
def let_in(folder: Path | None, device: str) -> None:
    """Let the DEVICE with this installation code or id sign in again."""
    _turn(folder, device, let_in=True)


def _turn(folder: Path | None, device: str, *, let_in: bool) -> None:
    from wizterm.server.device_list import DeviceError, DeviceList

    with opened_store(folder) as store:
        known = DeviceList(store)
        try:
            line = known.let_in(device) if let_in else known.revoke(device)
        except DeviceError as error:
            raise click.ClickException(str(error)) from error
    what = "may sign in again" if let_in else "is shut out"
    click.echo(f"{line.code} ({line.rep}, {plain(line.name)}) {what}.")
