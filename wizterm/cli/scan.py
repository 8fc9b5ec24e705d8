"""`wizterm scan`: barcodes without a screen."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from wizterm.cli.device_folder import device_option
from wizterm.cli.printing import as_json
from wizterm.cli.telling import TellingGroup
from wizterm.domain.barcodes.classifier import classify
from wizterm.domain.barcodes.reading import Reading, ScanSettings, refused


class LineError(Exception):
    """A line that is no question; the message says what was expected."""


@click.group(cls=TellingGroup, invoke_without_command=True)
@device_option
@click.option("--scanner", help="Read this device instead of standard input, such as /dev/input/event7 (Linux).")
@as_json
@click.pass_context
def scan(context: click.Context, device: Path | None, scanner: str | None, *, as_json: bool) -> None:
    """Count codes from standard input, one a line, into the cart at hand.

    Each is answered by a line: ✓ found, ▲ found and rounded by the product's rules, ? left to a person, ✗ not found.
    The exit status is 1 where one was not found or is left to a person. Codes of the sheet of commands work too, where
    they want no screen. The terminal must not be open on the same folder.
    """
    if context.invoked_subcommand is None:
        from wizterm.cli.scan_into_cart import scan_into_cart

        context.exit(scan_into_cart(device, scanner, as_json=as_json))


@scan.command()
def decode() -> None:
    """Say what each code on standard input means, one JSON line for each.

    A line is a code as the scanner typed it, a JSON string, or {"code": …, "settings": {…}} with the settings
    rcn_region, upce_short, fnc1_substitute, layout_repair and rule. No catalogue is asked.
    """
    today = datetime.now(UTC).date()
    for line in sys.stdin.buffer:
        sys.stdout.write(json.dumps(answer(line, today)) + "\n")
        sys.stdout.flush()


@scan.command()
@device_option
@click.option("--forget", is_flag=True, help="Take scans as they arrive, whatever was learnt.")
@click.pass_context
def calibrate(context: click.Context, device: Path | None, *, forget: bool) -> None:
    """Learn the layout of keyboard and scanner from the three codes of the set-up sheet.

    They are scanned here, or come from standard input, one a line. What was learnt holds on this machine from the next
    start of the terminal on; its settings screen learns it too.
    """
    from wizterm.cli.calibrating import calibrate_scanner

    outer = context.parent.params["device"] if context.parent else None
    calibrate_scanner(device or outer, forget=forget)


def answer(line: bytes, today: date) -> dict[str, object]:
    """What one line of input means, with the keys that are printed."""
    text = line.decode("utf-8", errors="replace").rstrip("\r\n")
    try:
        code, settings = _asked(text)
    except LineError as error:
        return _shown(refused(text, text, "text", str(error)))
    return _shown(classify(code, settings, today=today))


def _asked(text: str) -> tuple[str, ScanSettings]:
    if not text.startswith(('"', "{")):
        return text, ScanSettings()
    try:
        given = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise LineError("This line begins like JSON and is none: close its quotes and braces.") from error
    if isinstance(given, str):
        return given, ScanSettings()
    code, settings = given.get("code"), given.get("settings") or {}
    if not isinstance(code, str) or not isinstance(settings, dict):
        raise LineError('Expected {"code": "…", "settings": {…}}: give the code as a string.')
    return code, _settings(settings)


def _settings(given: Mapping[str, Any]) -> ScanSettings:
    types = {name: type(getattr(ScanSettings(), name)) for name in ScanSettings.__slots__}
    for name, value in given.items():
        if name not in types:
            raise LineError(f"There is no setting {name!r}: expected one of {', '.join(types)}.")
        if value is not None and not isinstance(value, types[name]):
            raise LineError(f"The setting {name} is {'true or false' if types[name] is bool else 'a string'}.")
    return ScanSettings(**{name: value for name, value in given.items() if value is not None})


def _shown(reading: Reading) -> dict[str, object]:
    return {
        "gtin14": reading.gtin14,
        "symbology": reading.symbology,
        "batch": reading.batch,
        "expiry": reading.expiry.isoformat() if reading.expiry else None,
        "serial": reading.serial,
        "text": reading.text,
        "valid": reading.valid,
        "why": reading.why,
        "ai": [list(pair) for pair in reading.elements],
    }
