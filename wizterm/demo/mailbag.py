"""The mails of the demo, as .eml files in a folder: each customer gets one for each order."""

from __future__ import annotations

import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from wizterm.demo.journal import Entry
from wizterm.demo.stage import StuckError
from wizterm.domain.quantity import counted

MAILS = "mails"
"""Where they are, in the demo's folder."""
MAILED = frozenset({"order", "quote"})
PATIENCE = 60.0
"""Seconds; the server looks for mails every two."""
BETWEEN_LOOKS = 0.1


def settings(folder: Path) -> dict[str, str]:
    """The server's, as its environment; `folder` is the demo's."""
    values = {
        "FOLDER": str(folder / MAILS),
        "SENDER": "Northwind Gifts <orders@northwind-gifts.example>",
        "OFFICE_ADDRESSES": "office@northwind-gifts.example",
        "CUSTOMER": "confirmed",
        "REP": "received",
        "OFFICE": "received",
        "ATTACH": "true" if find_spec("fpdf") else "false",
    }
    return {f"WIZTERM_MAIL_{name}": value for name, value in values.items()}


def confirmations(journal: Mapping[str, Entry], folder: Path) -> str:
    """Wait until every customer was mailed; what came of it, in words. Raises `StuckError`."""
    numbers = sorted(entry.number for entry in journal.values() if entry.kind in MAILED)
    deadline = time.monotonic() + PATIENCE
    while missing := [number for number in numbers if not _mails(folder, number)]:
        if time.monotonic() > deadline:
            raise StuckError(f"The customers' mails about {', '.join(missing)} did not come within {PATIENCE:.0f} s.")
        time.sleep(BETWEEN_LOOKS)
    doubled = [number for number in numbers if len(_mails(folder, number)) > 1]
    if doubled:
        raise StuckError(f"{', '.join(doubled)} went to the customer by mail more than once.")
    return f"{counted(len(numbers), 'confirmation')} mailed to customers, each once"


def _mails(folder: Path, number: str) -> list[Path]:
    return list((folder / MAILS).glob(f"{number}.*.mail-customer*.eml"))
