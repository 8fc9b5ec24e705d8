"""`wizterm doctor`: what is well with a rep's folder, and what to do about what is not."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wizterm.cli.device_folder import device_folder, device_option, faults_in_a_sentence
from wizterm.cli.printing import as_json, print_json
from wizterm.domain.text import plain


@click.command()
@device_option
@as_json
def doctor(device: Path | None, *, as_json: bool) -> None:
    """Look at files, integrity, schema, free space, clock, connection, queue, last sync and locks.

    One line for each; ends with status 1 where something needs doing. It changes nothing.
    """
    with faults_in_a_sentence():
        from wizterm.domain.clock import SystemClock
        from wizterm.domain.ids import uuid7
        from wizterm.launch import talk_to
        from wizterm.services.checkup.examination import Examination
        from wizterm.services.checkup.finding import Sign

        folder = device_folder(device)
        findings = Examination(folder, connect=talk_to, clock=SystemClock(), new_id=uuid7).findings()
    bad = any(finding.sign is Sign.BAD for finding in findings)
    if as_json:
        print_json({"well": not bad, "findings": findings})
    else:
        for finding in findings:
            todo = f" → {plain(finding.todo)}" if finding.todo else ""
            click.echo(f"{finding.sign} {finding.what:<11} {plain(finding.words)}{todo}")
    sys.exit(1 if bad else 0)
