"""Fires codes at the scan desk as a scanner does, and counts what became of them."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.pty_terminal import PtyTerminal

PROGRAM = Path(__file__).parent / "programs" / "scan_desk.py"
PREFIX, SHEET, SHUT, SAY, LEAVE = b"\x1b[20~", b"\x1bOS", b"\x1b[19~", b"\x1b[17~", b"\x1b[18~"
PLACES = {"search field": b"\x1bOQ", "list": b"\x1bOR", "sheet": SHEET}
BETWEEN = 0.03
"""Seconds from one code to the next."""
BETWEEN_OVER_A_LINK = 0.33
"""The same where nothing but time tells one code from the next, and a network stands between."""
LAG, STALL, STALLED = 0.03, 0.01, 0.25
"""The link with jitter: mean delay of a segment, share of those that stall, and for how long."""
OWN_CODES = "[A-Z]{2}[0-9]{4}-[A-Z0-9]{3,8}"
"""What the plain codes below look like, as a company would write it into its settings."""


@dataclass(frozen=True)
class Cell:
    """One cell of the table."""

    line: str
    """pty, tmux or jitter."""
    each: float
    """Seconds from one character to the next."""
    prefix: bool
    codes: int

    def __str__(self) -> str:
        return f"{self.line}, {self.each * 1000:g} ms, {'prefix' if self.prefix else 'no prefix'}"


@dataclass(frozen=True)
class Tally:
    lost: int
    doubled: int
    leaked: int
    torn: int
    """Pauses within a code that no scanner makes: this machine was elsewhere."""

    @property
    def clean(self) -> bool:
        return (self.lost, self.doubled, self.leaked) == (0, 0, 0)


def run(cell: Cell, folder: Path) -> dict[str, Tally]:
    """A third of the codes with the focus in each place."""
    chance = random.Random(str(cell))
    codes = {place: [_code(chance, number) for number in range(cell.codes // len(PLACES))] for place in PLACES}
    log = folder / "scans.log"
    settings = {"remote": cell.line == "jitter", "patterns": OWN_CODES, "timing": "always"}
    with _desk(cell.line, log, settings, folder) as terminal:
        terminal.shows("ready")
        terminal.rest()
        for count, (place, key) in enumerate(PLACES.items(), start=1):
            terminal.send(key)
            terminal.rest()
            for code in codes[place]:
                _fire(terminal, (PREFIX if cell.prefix else b"") + code.encode() + b"\r", cell, chance)
                _sleep(terminal, BETWEEN if cell.prefix or cell.line != "jitter" else BETWEEN_OVER_A_LINK)
            _sleep(terminal, 1.0)
            terminal.send(SAY)
            _until_said(terminal, log, count)
    return {place: _tally(codes[place], part) for place, part in zip(PLACES, _parts(log), strict=True)}


@contextmanager
def _desk(line: str, log: Path, settings: dict, folder: Path) -> Iterator[PtyTerminal]:
    program = [sys.executable, PROGRAM, log, json.dumps(settings)]
    if line != "tmux":
        with PtyTerminal(program) as terminal:
            yield terminal
        return
    tmux = ["tmux", "-S", folder / "socket", "-f", "/dev/null"]
    try:
        with PtyTerminal([*tmux, "new-session", *program]) as terminal:
            yield terminal
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)


def _fire(terminal: PtyTerminal, keys: bytes, cell: Cell, chance: random.Random) -> None:
    pieces = [keys[:5], *(bytes([byte]) for byte in keys[5:])] if keys.startswith(PREFIX) else [*map(_one, keys)]
    if not cell.each and cell.line != "jitter":
        terminal.send(keys)
        return
    start, released = time.monotonic(), 0.0
    for number, piece in enumerate(pieces):
        lag = chance.expovariate(1 / LAG) + (STALLED if chance.random() < STALL else 0.0)
        released = max(released, number * cell.each + (lag if cell.line == "jitter" else 0.0))
        _sleep(terminal, start + released - time.monotonic())
        terminal.send(piece)


def _one(byte: int) -> bytes:
    return bytes([byte])


def _sleep(terminal: PtyTerminal, seconds: float) -> None:
    """Pass the time as a terminal does: what the program sends is read."""
    if seconds > 0.01:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            terminal.read_for(left)
    elif seconds > 0:
        time.sleep(seconds)


def _until_said(terminal: PtyTerminal, log: Path, times: int) -> None:
    terminal.until(lambda _: log.read_text(encoding="utf-8").count('["said"') == times, "the end of the log")


def _parts(log: Path) -> Iterator[list[tuple[str, str]]]:
    """What was written in each place."""
    part: list[tuple[str, str]] = []
    for line in log.read_text(encoding="utf-8").splitlines():
        kind, what = json.loads(line)
        if kind == "said":
            yield part
            part = []
        else:
            part.append((kind, what))


def _tally(codes: list[str], part: list[tuple[str, str]]) -> Tally:
    wanted, got = Counter(codes), Counter(what for kind, what in part if kind == "scan")
    return Tally(
        lost=(wanted - got).total(),
        doubled=(got - wanted).total(),
        leaked=sum(len(what) if what not in {"list", "field"} else 1 for kind, what in part if kind == "leak"),
        torn=sum(kind == "torn" for kind, _ in part),
    )


def _code(chance: random.Random, number: int) -> str:
    """Half are EAN-13; a quarter GS1 messages with a separator; a quarter plain article codes."""
    kind = number % 4
    if kind < 2:
        return _with_check(f"95{chance.randrange(10**10):010}")
    if kind == 2:
        gtin = _with_check(f"095{chance.randrange(10**10):010}")
        return f"]C101{gtin}10{_letters(chance)}\x1d21{_letters(chance)}"
    return f"{chance.choice('ABCDEFGH')}{chance.choice('KLMN')}{chance.randrange(10**4):04}-{_letters(chance)}"


def _letters(chance: random.Random) -> str:
    return "".join(chance.choice("ABCDEFGHJKLM0123456789") for _ in range(chance.randint(3, 8)))


def _with_check(payload: str) -> str:
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(payload)))
    return f"{payload}{-weighted % 10}"
