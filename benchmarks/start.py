"""From the command to the first frame and to a list one can search, in a pseudo-terminal; and the memory then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.company import Ground
from benchmarks.figures import Figure, median
from benchmarks.terminal import RawTerminal

BARE = Path(__file__).with_name("peers") / "bare_app.py"
SIGNS = ("opens", " found ")
"""What the first frame and the first list say."""
TIMES_BARE = 1.5
"""The most that the first frame may take, in starts of a bare Textual app."""


@dataclass(frozen=True, slots=True)
class Start:
    painted: float
    usable: float
    """Milliseconds."""
    mebibytes: float


def measure(ground: Ground) -> Iterator[Figure]:
    rounds = ground.choose(7, 21)
    program = ["-m", "wizterm", "--device", str(ground.device)]
    pairs = [(_start(program, *SIGNS), _start([str(BARE)], "ready", "ready")) for _ in range(rounds)]
    ours, bare = zip(*pairs, strict=True)
    peer = "a bare Textual app"
    painted = median([start.painted for start in bare])
    yield Figure(
        "start to first frame", median([s.painted for s in ours]), painted, "ms", peer, TIMES_BARE, relative=True
    )
    usable = median([start.usable for start in bare])
    yield Figure("start to a catalogue one can type in", median([s.usable for s in ours]), usable, "ms", peer)
    yield Figure("memory then", median([s.mebibytes for s in ours]), median([s.mebibytes for s in bare]), "MiB", peer)


def _start(arguments: Sequence[str], painted: str, usable: str) -> Start:
    """Start the program and stop it when the second sign is on its way to the screen."""
    with RawTerminal(arguments, columns=120, lines=40) as terminal:
        first, then = terminal.sent(painted), terminal.sent(usable)
        return Start(first, then, psutil.Process(terminal.pid).memory_info().rss / 2**20)
