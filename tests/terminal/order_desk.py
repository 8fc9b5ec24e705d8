"""Starts the small order desk that these tests type at."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.pty_terminal import PtyTerminal

PROGRAM = Path(__file__).parent / "programs" / "order_desk.py"


@contextmanager
def order_desk(kind: str = "steady", *arguments: str | Path, **options) -> Iterator[PtyTerminal]:
    with PtyTerminal.python(PROGRAM, kind, *arguments, **options) as terminal:
        terminal.shows("ready")
        terminal.rest()
        yield terminal
