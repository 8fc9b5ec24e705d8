"""Learning the layout of keyboard and scanner without a screen."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from wizterm.cli.device_folder import device_folder, faults_in_a_sentence

_FUNCTION_KEY = re.compile(r"^\x1b(?:\[[0-9;]*~|O[A-Z])")
"""What a prefix key sends to a program that reads lines."""


def calibrate_scanner(device: Path | None, *, forget: bool) -> None:
    with faults_in_a_sentence():
        from wizterm.domain.barcodes.calibration import CODES, CalibrationError, check, learn
        from wizterm.services.preferences import open_preferences

        folder = device_folder(device)
        if forget:
            with open_preferences(folder) as preferences:
                preferences.set_keyboard({})
            click.echo("Forgotten: scans are taken as they arrive.")
            return
        typed: list[str] = []
        lines = _lines()
        while len(typed) < len(CODES):
            click.echo(f"Scan code {len(typed) + 1} of {len(CODES)} on the set-up sheet's last page:")
            if (line := next(lines, None)) is None:
                raise click.ClickException(f"Expected {len(CODES)} codes, got {len(typed)}: nothing was learnt.")
            try:
                check([*typed, line])
            except CalibrationError as error:
                click.echo(str(error))
            else:
                typed.append(line)
        table = learn(typed)
        with open_preferences(folder) as preferences:
            preferences.set_keyboard(table)
    pairs = "  ".join(f"{arrived} is {meant}" for arrived, meant in table.items())
    click.echo(f"Learnt: {pairs}" if table else "Keyboard and scanner agree: there is nothing to mend.")


def _lines() -> Iterator[str]:
    for line in sys.stdin.buffer:
        if text := _FUNCTION_KEY.sub("", line.decode("utf-8", errors="replace").strip("\r\n")):
            yield text
