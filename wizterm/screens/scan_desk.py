"""What a screen that takes scans has: they are acknowledged, looked up in order by the desk, and told when they are."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from textual import on
from textual.message import Message

from wizterm.domain.scan_commands import Order, ScanCommand
from wizterm.domain.scanned import Choices, ScannedDocument, Thing
from wizterm.domain.text import plain
from wizterm.screens.document import DocumentPage
from wizterm.screens.page import Speaking
from wizterm.screens.which_one import WhichOne
from wizterm.services.scan_entry import ScanResult, Tone, Wish
from wizterm.services.words import explain
from wizterm.services.workbench import Workbench
from wizterm.terminal.gate import Scanned
from wizterm.terminal.scan_router import ScanningApp
from wizterm.widgets.pane import shop_of

SHOWN = 6
"""Scans that stay in sight."""


@dataclass(frozen=True, slots=True)
class ScanHabits:
    bell: str = "problems"
    """all, problems or off."""
    opens_orders: bool = False
    """Whether a new order opens in scan mode."""


@dataclass
class ScanTally:
    """What was scanned while the program runs."""

    scans: int = 0
    waiting: int = 0
    times: int = 0
    """From a quantity on the sheet of commands, for the next scan; 0 for none."""
    last: deque[ScanResult] = field(default_factory=lambda: deque(maxlen=SHOWN))


class ScanDesk(Speaking):
    habits = ScanHabits()
    tally: ScanTally

    @dataclass
    class ScanRead(Message):
        result: ScanResult

    def take_scan(self, scan: Scanned) -> None:
        """Acknowledge it at once and have it looked up after those before it."""
        if scan.cut:
            words = "The scan was cut off, or is longer than any code: scan it again."
            self._show(ScanResult(Tone.MISSED, plain(scan.text[:60]), words, "Cut off"))
            return
        wish = self._wish()
        self._ask_for(scan.text, lambda bench: bench.scans.take(scan.text, wish))

    def typed_wish(self) -> Wish | None:
        """What was typed for the next scan, and is used up now."""
        return None

    def obey(self, order: Order) -> None:
        """A command was scanned."""

    def show_scan(self, result: ScanResult) -> None:
        """Something is known of a scan."""

    @on(ScanRead)
    def scan_is_read(self, message: ScanRead) -> None:
        message.stop()
        self.tally.waiting -= 1
        self.tally.scans += 1
        self._show(message.result)
        self._follow(message.result)

    def on_screen_resume(self) -> None:
        if isinstance(self.app, ScanningApp):
            self.app.release_scans()

    def _wish(self) -> Wish:
        typed, times = self.typed_wish(), self.tally.times
        self.tally.times = 0
        return typed or (Wish(Wish().times * times) if times else Wish())

    def _ask_for(self, code: str, work: Callable[[Workbench], ScanResult]) -> None:
        self.tally.waiting += 1
        shop = shop_of(self)
        shop.desk.ask(
            lambda: work(shop.machine.bench),
            self.ScanRead,
            self,
            lambda error: self.ScanRead(ScanResult(Tone.MISSED, plain(code), explain(error))),
        )

    def _show(self, result: ScanResult) -> None:
        self.tally.last.append(result)
        if self.habits.bell == "all" or (self.habits.bell == "problems" and result.tone is not Tone.FOUND):
            self.app.bell()
        self.show_scan(result)

    def _follow(self, result: ScanResult) -> None:
        meaning, wish = result.meaning, result.wish
        if isinstance(meaning, Choices):
            reading = meaning.reading

            def take(thing: Thing | None) -> None:
                if thing is not None:
                    self._ask_for(result.code, lambda bench: bench.scans.choose(reading, thing, wish))

            self.app.push_screen(WhichOne(meaning), take)
        elif isinstance(meaning, ScannedDocument):
            self.app.push_screen(DocumentPage(meaning.document))
        elif isinstance(meaning, ScanCommand):
            if meaning.order is Order.TIMES:
                self.tally.times = meaning.times
            self.obey(meaning.order)
