"""A terminal that shows nothing of what is typed while a program is not ready for it, and forgets it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_LOCAL_MODES = 3
"""The place of the flags that echo is one of."""

if sys.platform == "win32":

    @contextmanager
    def unheard_typing() -> Iterator[None]:
        """A Windows console shows what is typed only to a program that reads it."""
        yield

else:
    import termios

    @contextmanager
    def unheard_typing() -> Iterator[None]:
        """Until it is over; afterwards the terminal is as it was, and what was typed is thrown away."""
        if not sys.stdin.isatty():
            yield
            return
        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
        quiet = [*before]
        quiet[_LOCAL_MODES] = before[_LOCAL_MODES] & ~termios.ECHO
        termios.tcsetattr(terminal, termios.TCSANOW, quiet)
        try:
            yield
        finally:
            termios.tcsetattr(terminal, termios.TCSAFLUSH, before)
