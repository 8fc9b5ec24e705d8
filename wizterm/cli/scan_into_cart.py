"""Codes line by line into the cart at hand."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.device_folder import device_folder, faults_in_a_sentence
from wizterm.cli.settings import configured
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.services.scan_result import ScanResult

SIGNS = {"found": "✓", "rounded": "▲", "asked": "?", "missed": "✗"}


def scan_into_cart(device: Path | None, scanner: str | None, *, as_json: bool) -> int:
    """Count every code; gives 1 where one was not found, or needs a person's answer."""
    missed = False
    with faults_in_a_sentence():
        from wizterm.domain.clock import SystemClock
        from wizterm.domain.ids import uuid7
        from wizterm.services.machine import Machine
        from wizterm.services.till import Till

        made = Machine(device_folder(device), clock=SystemClock(), new_id=uuid7, scans=configured().scanner.rules)
        with closing(made) as machine:
            if machine.read_only:
                raise click.ClickException("The terminal is open on this folder: scan there, or close it first.")
            till = Till(machine.bench)
            for code in _codes(scanner):
                result = till.take(code)
                missed = missed or result.tone in {"missed", "asked"}
                _say(result, as_json=as_json)
    return 1 if missed else 0


def _codes(scanner: str | None) -> Iterator[str]:
    if scanner is None:
        for line in sys.stdin.buffer:
            if text := line.decode("utf-8", errors="replace").strip("\r\n"):
                yield text
        return
    from wizterm.terminal.evdev import ScannerDevice

    try:
        with ScannerDevice(scanner) as device:
            yield from device.codes()
    except OSError as error:
        raise click.ClickException(
            f"{scanner} cannot be read: {error.strerror}. Name the scanner's device, and gain the right to read it."
        ) from error


def _say(result: ScanResult, *, as_json: bool) -> None:
    if as_json:
        lines = result.view.cart.lines if result.view else ()
        line = next((each for each in lines if result.view and each.id == result.view.touched), None)
        told = {
            "code": result.code,
            "result": result.tone,
            "sku": line.sku if line else None,
            "count": str(line.count) if line else None,
            "scanned": str(line.scanned) if line and line.scanned is not None else None,
            "words": result.words,
        }
        click.echo(json.dumps(told))
    else:
        said = " ".join(part for part in (result.code, result.title, result.name, result.words) if part)
        click.echo(f"{SIGNS[result.tone]} {plain(said)}")
    sys.stdout.flush()
