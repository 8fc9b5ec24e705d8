"""Looking up by scanning: each scan shows its product, and nothing is counted, as at a shelf or a counter."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.scan_commands import Order, ScanCommand
from wizterm.domain.text import plain
from wizterm.screens.product import ProductPage
from wizterm.screens.scan_desk import ScanDesk
from wizterm.screens.scan_questions import ScanQuestions
from wizterm.services.scan_result import ScanResult, Tone
from wizterm.widgets.scan_line import in_a_line

NEXT = "scan the next one · l counts again"


class LookUpPage(ProductPage, ScanQuestions):
    DEFAULT_CSS = """
    LookUpPage { & #looked { height: 1; padding: 0 1; background: $boost; } }
    """

    HELP = """
Each scan shows its product here; the cart stays as it is, until you add the product with Enter. `l` ends looking up:
scans count again.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("look-up"))

    def __init__(self, sku: str, words: str, below: ScanDesk) -> None:
        """`words` are what was told of the scan."""
        super().__init__(sku)
        self.below = below
        self._words = words
        self.habits = below.habits
        self.tally = below.tally

    def body(self) -> ComposeResult:
        yield from super().body()
        yield Static(_told(self._words), id="looked")

    def show_product(self, sku: str, words: str) -> None:
        self._open(sku)
        self.query_one("#looked", Static).update(_told(words))

    def show_scan(self, result: ScanResult) -> None:
        if result.tone is not Tone.FOUND:
            self.query_one("#looked", Static).update(in_a_line(result))

    def show_mode(self) -> None:
        if not self.tally.looking_up:
            self.dismiss()

    def obey(self, order: Order) -> None:
        self.say(f"{ScanCommand(order).words}: not while scans are looked up. Press l first, then scan it again.")

    def action_count(self) -> None:
        self.action_look_up()


def _told(words: str) -> Content:
    return Content(f"⌕ LOOK-UP  {plain(words)} · {NEXT}")
