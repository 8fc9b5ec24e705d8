"""`wizterm sync`: one round with the company, without a screen."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.device_folder import device_folder, device_option, faults_in_a_sentence
from wizterm.cli.printing import as_json, print_json
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.services.one_round import RoundReport
    from wizterm.sync.progress import Progress


@click.command()
@device_option
@click.option("--log-format", type=click.Choice(["json", "text"]), help="Log each document to standard error so.")
@as_json
def sync(device: Path | None, *, log_format: str | None, as_json: bool) -> None:
    """Send what waits, hear what became of documents, fetch what changed; then end.

    Ends with status 0 where all of it was done, and 1 where it was not; what could not be sent is still here. Progress
    goes to standard error.
    """
    if log_format is not None:
        from wizterm.log_lines import write_to_stderr

        write_to_stderr(log_format)
    with faults_in_a_sentence():
        report = _round(device_folder(device))
    if as_json:
        print_json(report)
    else:
        click.echo(_told(report))
    sys.exit(0 if report.complete else 1)


def _round(folder: Path) -> RoundReport:
    from wizterm.domain.clock import SystemClock
    from wizterm.domain.ids import uuid7
    from wizterm.launch import talk_to
    from wizterm.services.machine import Machine, NobodyHereError
    from wizterm.services.one_round import OneRound

    if not (folder / "device.db").exists():
        raise NobodyHereError(f"Nobody has signed in to {folder}: open the terminal there first.")
    with closing(Machine(folder, clock=SystemClock(), new_id=uuid7)) as machine:
        address = machine.identity.address
        return OneRound(machine, lambda: talk_to(address), _show_progress).run()


def _show_progress(progress: Progress) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{progress.step} {progress.part:.0%}", nl=progress.part >= 1, err=True)


def _told(report: RoundReport) -> str:
    waiting = f"{report.waiting} waiting, safe on this machine" if report.waiting else "nothing waits"
    attention = f"; {report.attention} need{'s' * (report.attention == 1)} attention" if report.attention else ""
    words = f" {plain(report.words)}" if report.words else ""
    if report.complete:
        return f"Synced: {report.sent} sent, {report.refused} refused, {waiting}{attention}.{words}"
    return f"▲ {report.connectivity}.{words} {waiting[:1].upper()}{waiting[1:]}{attention}."
