"""Whether this terminal can show the program."""

import os
import sys


def usable_terminal() -> str | None:
    """Why the screens cannot be shown here, in a sentence for a person; None when they can."""
    if sys.__stdin__ is None or not sys.__stdin__.isatty():
        return f"WizTerm's screens need a keyboard, but the input is not a terminal. {LINE_MODE}"
    if not any(stream is not None and stream.isatty() for stream in (sys.__stderr__, sys.__stdout__)):
        return f"WizTerm's screens need a terminal, but the output goes elsewhere. {LINE_MODE}"
    if os.environ.get("TERM") == "dumb":
        return f"This terminal (TERM=dumb) cannot place text on the screen. {LINE_MODE}"
    return None


LINE_MODE = "Use the commands that work line by line; `wizterm --help` lists them."
