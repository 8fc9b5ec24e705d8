"""What became of the last scan, in one line; and how scans look everywhere: a sign, a word and a colour."""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from wizterm.domain.text import plain
from wizterm.services.scan_entry import ScanResult, Tone

SIGNS: Final = {
    Tone.FOUND: ("✓", "FOUND", "$text-success"),
    Tone.ROUNDED: ("▲", "ROUNDED", "$text-warning"),
    Tone.MISSED: ("✗", "NOT FOUND", "$text-error"),
}


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

    def watch_result(self, result: ScanResult | None) -> None:
        self.set_class(result is not None, "-used")

    def render(self) -> Content:
        if self.result is None:
            return Content()
        waiting = f"  · {self.waiting} waiting" if self.waiting else ""
        return in_a_line(self.result) + Content(waiting)
