"""Codes fired through a real terminal: what is lost, what comes twice, what leaks into a field or a command.

`make scan-table` prints the table of docs/scanner.md; SCALE multiplies the codes.
"""

import os
import shutil
import sys
from dataclasses import replace

import pytest

from tests.terminal.scan_run import PLACES, Cell, run

SCALE = int(os.environ.get("SCALE", "1"))
CELLS = [
    *(Cell("pty", each, prefix=True, codes=codes) for each, codes in ((0, 90), (0.001, 150), (0.005, 45), (0.02, 15))),
    *(Cell("tmux", each, prefix=True, codes=codes) for each, codes in ((0, 30), (0.005, 15))),
    *(Cell("jitter", each, prefix=True, codes=codes) for each, codes in ((0, 15), (0.005, 15))),
    *(Cell("pty", each, prefix=False, codes=codes) for each, codes in ((0, 45), (0.001, 30), (0.005, 15), (0.02, 9))),
    *(Cell("tmux", each, prefix=False, codes=codes) for each, codes in ((0, 15), (0.005, 9))),
    *(Cell("jitter", each, prefix=False, codes=9) for each in (0.005, 0.02)),
]
MOST_LOST_NEAR = 0.002
"""Without a prefix a stall of the machine can tear a burst in two."""
MOST_LOST_FAR = 0.024
"""The same of a network."""


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_codes_through_a_real_terminal(cell, tmp_path):
    if cell.line == "tmux" and shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    cell = replace(cell, codes=cell.codes * SCALE)
    for place, tally in run(cell, tmp_path).items():
        codes = cell.codes // len(PLACES)
        row = (
            f"| {'F9' if cell.prefix else 'none'} | {cell.line} | {cell.each * 1000:g} ms | {place} | {codes:,} "
            f"| {tally.lost} | {tally.doubled} | {tally.leaked} |"
        )
        sys.stdout.write(f"{row}\n")
        if cell.prefix:
            assert tally.clean, row
        else:
            most = MOST_LOST_FAR if cell.line == "jitter" else MOST_LOST_NEAR
            torn = tally.lost if cell.line == "jitter" else tally.torn
            assert tally.doubled <= torn, "what a bad line tears may be read in part; nothing is read twice"
            assert tally.lost <= 1 + most * codes + tally.torn, f"{row} with {tally.torn} torn"
