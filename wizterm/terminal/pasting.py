"""A bracketed paste, collected whole: nothing in it is a key, whatever it holds and wherever its packets were cut."""

from __future__ import annotations

import re
import unicodedata

from textual import events

START, END = "\x1b[200~", "\x1b[201~"
LONGEST = 10_000  # characters; the longest field takes 500, and a page of a price list has some 5,000
SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])?")
"""What a terminal would obey: colours, places, titles; an Escape alone too."""
GROUP_SEPARATOR = "\x1d"
"""Stands between the elements of a GS1 code; the scan gate takes it out of what is no scan."""
KEPT = "\r\n\t" + GROUP_SEPARATOR


class PasteCut(events.Event, bubble=False):
    """A paste was longer than `LONGEST`; what comes with this is its beginning."""


class Pasting:
    """What lies between the two marks of a paste, so far."""

    def __init__(self) -> None:
        self._text = ""
        self._mark = ""
        self.cut = False
        """Whether more came than is kept."""

    def take(self, text: str) -> str | None:
        """What lies behind the mark of its end; `None` while that has not come."""
        come = self._mark + text
        inside, mark, behind = come.partition(END)
        if mark:
            self._keep(inside)
            return behind
        self._mark = _begun_mark(inside)
        self._keep(inside.removesuffix(self._mark))
        return None

    def would_end(self, text: str) -> bool:
        return END in self._mark + text

    def going_on(self) -> Pasting:
        """The same paste, after what it has was handed on."""
        rest = Pasting()
        rest._mark = self._mark
        return rest

    @property
    def text(self) -> str:
        """What can be put into a field."""
        told = SEQUENCE.sub("", self._text)
        return "".join(sign for sign in told if sign in KEPT or unicodedata.category(sign) != "Cc")

    def _keep(self, text: str) -> None:
        room = LONGEST - len(self._text)
        self._text += text[:room]
        self.cut = self.cut or len(text) > room


def _begun_mark(text: str) -> str:
    """The end of the text that may be the beginning of the mark."""
    lengths = range(min(len(END) - 1, len(text)), 0, -1)
    return next((END[:length] for length in lengths if text.endswith(END[:length])), "")
