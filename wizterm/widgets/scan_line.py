"""What became of the last scan, in one line; and how scans look everywhere: a sign, a word and a colour."""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from wizterm.domain.scanned import Meaning, Unknown
from wizterm.domain.text import plain
from wizterm.services.scan_result import ScanResult, Tone

SIGNS: Final = {
    Tone.FOUND: ("✓", "FOUND", "$text-success"),
    Tone.ROUNDED: ("▲", "ROUNDED", "$text-warning"),
    Tone.ASKED: ("?", "QUESTION", "$text-warning"),
    Tone.IGNORED: ("=", "REPEAT", "$text-muted"),
    Tone.MISSED: ("✗", "NOT FOUND", "$text-error"),
}

STAYS: Final = 30.0
"""Seconds that a scan is told of, where no other comes."""
HEAD: Final = "⌕ LOOK-UP · Alt+L counts again  "


def in_a_line(result: ScanResult) -> Content:
    sign, _, colour = SIGNS[result.tone]
    said = " ".join(part for part in (result.title, result.name, result.words) if part)
    return Content.styled(f"{sign} {plain(said)}", colour)


class ScanLine(Widget):
    DEFAULT_CSS = """
    ScanLine { height: 1; padding: 0 1; display: none; background: $boost; }
    ScanLine.-used { display: block; }
    """

    result: reactive[ScanResult | None] = reactive(None)
    waiting: reactive[int] = reactive(0)
    looking_up: reactive[bool] = reactive(default=False)
    _leaving: Timer | None = None

    def watch_result(self) -> None:
        """What became of a scan is old news after a while; Alt+B binds an unknown code then too."""
        self._use()
        if self._leaving is not None:
            self._leaving.stop()
        self._leaving = self.set_timer(STAYS, self.let_go) if self.result is not None else None

    def let_go(self) -> None:
        self.result = None

    def watch_looking_up(self) -> None:
        self._use()

    def render(self) -> Content:
        mode = Content.styled(HEAD, "$text-warning bold") if self.looking_up else Content()
        if self.result is None:
            return mode + Content("Scans open the product; nothing is counted." if self.looking_up else "")
        waiting = f"  · {self.waiting} waiting" if self.waiting else ""
        bind = "  · Alt+B binds it" if _is_worth_binding(self.result.meaning) else ""
        said, next_ = in_a_line(self.result), Content(waiting + bind)
        room = max(self.content_size.width - mode.cell_length - next_.cell_length, 0)
        return mode + (said.truncate(room, ellipsis=True) if next_ else said) + next_

    def _use(self) -> None:
        self.set_class(self.result is not None or self.looking_up, "-used")


def _is_worth_binding(meaning: Meaning | None) -> bool:
    """A code of which something is wrong is scanned again first: its line says what."""
    return isinstance(meaning, Unknown) and not meaning.reading.why
