"""Bytes to the terminal for each key: a slow line shows them as waiting."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from benchmarks.company import Ground
from benchmarks.figures import Figure, median
from benchmarks.terminal import RawTerminal
from wizterm.demo.make_company import PACKAGED

PEER = Path(__file__).with_name("peers") / "option_list.py"
TYPED = ("l", "u", "n", "c", "h")
MOVES = 8
DOWN = "\x1b[B"


def measure(ground: Ground) -> Iterator[Figure]:
    rows = _rows(ground.folder / "rows.txt")
    ours = _bytes(["-m", "wizterm", "--device", str(ground.device)], " found ")
    peer = _bytes([str(PEER), str(rows)], "ready")
    beside = "Textual's Input and OptionList"
    for what, mine, theirs in zip(("typing in the search", "moving the cursor"), ours, peer, strict=True):
        yield Figure(f"bytes per key, {what}, 80×24", mine, theirs, "B", beside)


def _bytes(arguments: list[str], sign: str) -> tuple[float, float]:
    """The medians for a letter and for a move."""
    with RawTerminal(arguments, columns=80, lines=24) as terminal:
        terminal.sent(sign)
        terminal.rest(1.0)
        return median([terminal.bytes_for(key) for key in TYPED]), median(
            [terminal.bytes_for(DOWN) for _ in range(MOVES)]
        )


def _rows(path: Path) -> Path:
    """The sample company's products as lines, as wide as the terminal shows them."""
    with gzip.open(PACKAGED / "products.csv.gz", "rt", encoding="utf-8", newline="") as file:
        lines = [f"{row['sku']:<9} {row['name']:<40} {row['base_price']:>8}" for row in csv.DictReader(file)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
