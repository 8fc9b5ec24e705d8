"""Sheets to keep beside the scanner: commands, and how to set the scanner up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wizterm.domain.barcodes.calibration import CODES
from wizterm.domain.scan_commands import COMMANDS, Order, ScanCommand
from wizterm.paper.pages import A4, Frame, Page, Shape, Words, centred, drawn
from wizterm.paper.symbols import Symbol, bars, code128, gs1_128, square

LEFT, TOP = 15.0, 20.0
INSIDE = A4[0] - 2 * LEFT
_LINE = 5.5
PRACTICE_GTIN = "9520000000059"
"""Of GS1's own prefix for demonstrations: no company has it."""

_MANUAL = "Your scanner's manual has a barcode for each of these; scan them in this order."
_LAYOUT = "Keyboard layout of the scanner: US English, or that of this machine."
_PREFIX = "Prefix: the key {}. It tells the program that a scan begins, so that it never lands in a field."
_AIM = "AIM identifier: on (sometimes called AIM ID, Code ID or symbology identifier). No code is guessed then."
_SUFFIX = "Suffix: {}. It ends the scan at once."
_PAUSE = "Suffix: none. A pause ends the scan."
_SEPARATOR = "Group separator: sent as {}, never left out."
_KEYS = {"enter": "Enter (CR)", "tab": "Tab", "eot": "the character 4 (EOT)"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the program expects of the scanner, in the words of its settings."""

    prefix: str = "f9"
    suffix: str = "enter"
    separator: str = ""
    """A key that stands for the group separator; empty for the character itself."""

    @property
    def steps(self) -> Iterator[str]:
        yield _LAYOUT
        if self.prefix:
            yield _PREFIX.format(self.prefix.upper())
        yield _AIM
        yield _SUFFIX.format(_KEYS[self.suffix]) if self.suffix in _KEYS else _PAUSE
        yield _SEPARATOR.format(
            f"the key {self.separator.upper()}" if self.separator else "the character 29 (Ctrl + ])"
        )


@dataclass(frozen=True, slots=True)
class _Trial:
    title: str
    symbol: Symbol


def command_sheet() -> Page:
    """Every command, with what it does written above it."""
    shapes: list[Shape] = [Words(LEFT, TOP, "Commands for the scanner", 16, bold=True)]
    plain = [command for command in COMMANDS if command.order is not Order.TIMES]
    times = [command for command in COMMANDS if command.order is Order.TIMES]
    shapes += _grid(plain, across=2, top=TOP + 8, high=34)
    below = TOP + 8 + 34 * ((len(plain) + 1) // 2) + 8
    shapes.append(Words(LEFT, below, "The next scan counts for", 12, bold=True))
    shapes += _grid(times, across=3, top=below + 4, high=34)
    return Page(*A4, tuple(shapes))


def setup_sheets(wanted: Wanted = Wanted()) -> list[Page]:
    """What to set, codes to try it with, and the codes that show what the keyboard makes of each sign."""
    return [_settings_page(wanted), _calibration_page()]


def _grid(commands: Sequence[ScanCommand], *, across: int, top: float, high: float) -> Iterator[Shape]:
    wide = INSIDE / across
    for place, command in enumerate(commands):
        row, column = divmod(place, across)
        frame = Frame(LEFT + column * wide + 2, top + row * high, wide - 4, high)
        yield centred(frame, frame.y + 6, command.words, 11, bold=True)
        yield from drawn(code128(command.code), Frame(frame.x, frame.y + 8, frame.width, 14), widest=0.43)
        yield centred(frame, frame.y + 26, command.code, 8)


def _settings_page(wanted: Wanted) -> Page:
    shapes: list[Shape] = [Words(LEFT, TOP, "Setting up the scanner", 16, bold=True)]
    lines = [_MANUAL, *(f"{place}.  {step}" for place, step in enumerate(wanted.steps, start=1))]
    shapes += [Words(LEFT, TOP + 9 + place * _LINE, line, 10) for place, line in enumerate(lines)]
    top = TOP + 9 + len(lines) * _LINE + 6
    shapes.append(Words(LEFT, top, "Then try it: each of these must be read as what stands under it.", 11, bold=True))
    trials = (
        _Trial("EAN-13", bars(PRACTICE_GTIN)),
        _Trial("Article code (Code 128)", code128("ABC-123/xyz")),
        _Trial("GS1-128 with a separator", gs1_128((("01", f"0{PRACTICE_GTIN}"), ("10", "LOT7"), ("21", "A1")))),
    )
    for place, trial in enumerate(trials):
        shapes += _trial(trial, Frame(LEFT, top + 6 + place * 34, INSIDE, 34))
    link = square(f"https://id.gs1.org/01/0{PRACTICE_GTIN}/10/LOT7")
    shapes += drawn(link, Frame(LEFT, top + 112, INSIDE, 40), widest=1.0)
    shapes.append(centred(Frame(LEFT, top, INSIDE, 0), top + 157, link.caption, 8))
    return Page(*A4, tuple(shapes))


def _calibration_page() -> Page:
    title = "What does this keyboard make of each sign?"
    words = "Scan these in their order when Settings, Scanner layout or `wizterm scan calibrate` ask for them."
    shapes: list[Shape] = [Words(LEFT, TOP, title, 16, bold=True), Words(LEFT, TOP + 9, words, 10)]
    for place, code in enumerate(CODES):
        shapes += _trial(_Trial(f"{place + 1}", code128(code)), Frame(LEFT, TOP + 18 + place * 38, INSIDE, 34))
    return Page(*A4, tuple(shapes))


def _trial(trial: _Trial, frame: Frame) -> Iterator[Shape]:
    yield centred(frame, frame.y + 5, trial.title, 10, bold=True)
    yield from drawn(trial.symbol, Frame(frame.x, frame.y + 7, frame.width, 16), widest=0.43)
    yield centred(frame, frame.y + 27, trial.symbol.caption, 8)
