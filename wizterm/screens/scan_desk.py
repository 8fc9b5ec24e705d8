"""What a screen that takes scans has: they are acknowledged, looked up in order by the desk, and told when they are."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from textual import on
from textual.message import Message

from wizterm.domain.customer import Customer
from wizterm.domain.scan_commands import Order
from wizterm.domain.scanned import Unknown
from wizterm.domain.text import plain
from wizterm.screens.choose_product import ChooseProduct
from wizterm.screens.page import Page
from wizterm.services.scan_result import ScanResult, Tone, Wish
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
    looks_up: bool = False
    """Whether scans open the product's page from the start, instead of counting."""
    hold_off: float = 0.0
    """Seconds within which the same code again is no further scan, as hands-free scanners need it."""


@dataclass
class ScanTally:
    """What was scanned while the program runs."""

    scans: int = 0
    waiting: int = 0
    times: int = 0
    """From a quantity on the sheet of commands, for the next scan; 0 for none."""
    looking_up: bool = False
    """Whether scans open the product's page instead of counting."""
    newest: tuple[str, float] = ("", 0.0)
    """The text that came last, and when."""
    last: deque[ScanResult] = field(default_factory=lambda: deque(maxlen=SHOWN))
    unanswered: deque[ScanResult] = field(default_factory=deque)
    """Whose questions, pages and commands wait until the screen is on top again."""


class ScanDesk(Page):
    habits = ScanHabits()
    tally: ScanTally
    below: ScanDesk | None = None
    """The one this is over: whatever was asked from here is answered although this may be gone by then."""

    @dataclass
    class ScanRead(Message):
        result: ScanResult

    def take_scan(self, scan: Scanned) -> None:
        """Acknowledge it at once and have it looked up after those before it."""
        text = scan.text
        if scan.cut:
            words = "The scan was cut off, or is longer than any code: scan it again."
            self.tell_scan(ScanResult(Tone.MISSED, plain(text[:60]), words, "Cut off"))
        elif self._is_repeat(scan):
            words = f"The same again within {self.habits.hold_off:g} s: not counted."
            self.tell_scan(ScanResult(Tone.IGNORED, plain(text), words, "Repeat"))
        elif self.tally.looking_up:
            self.have_scanned(text, lambda bench: bench.scans.look_up(text))
        else:
            wish = self._wish()
            self.have_scanned(text, lambda bench: bench.scans.take(text, wish))

    def typed_wish(self) -> Wish | None:
        """What was typed for the next scan, and is used up now."""
        return None

    def obey(self, order: Order) -> None:
        """A command was scanned."""

    def show_scan(self, result: ScanResult) -> None:
        """Something is known of a scan."""

    def show_mode(self) -> None:
        """Scans are looked up from now on, or count again."""

    def follow(self, result: ScanResult) -> None:
        """Ask or open what the scan asks for; called only while this screen is on top."""

    @property
    def buyer(self) -> Customer | None:
        """Whose prices are shown where a product has to be chosen."""
        return None

    @on(ScanRead)
    def scan_is_read(self, message: ScanRead) -> None:
        message.stop()
        self.tally.waiting -= 1
        self.tally.scans += 1
        over = (screen for screen in reversed(self.app.screen_stack) if isinstance(screen, ScanDesk))
        next(over, self).hear_of(message.result)

    def hear_of(self, result: ScanResult) -> None:
        """Tell it, and do what it asks for as soon as nothing is on top."""
        self.tell_scan(result)
        self.tally.unanswered.append(result)
        self._follow_in_order()

    def on_screen_resume(self) -> None:
        self._follow_in_order()
        if self._is_on_top and isinstance(self.app, ScanningApp):
            self.app.release_scans()

    def action_look_up(self) -> None:
        """Have scans open the product's page, or count again."""
        self.tally.looking_up = not self.tally.looking_up
        self.show_mode()

    def action_bind(self) -> None:
        """Say which product the last unknown code is."""
        result = self.last_unknown
        if result is None or not isinstance(result.meaning, Unknown):
            self.say("There is no unknown code to bind: scan one first.")
            return
        reading, wish = result.meaning.reading, None if result.looked_up else result.wish

        def bind_to(sku: str | None) -> None:
            if sku is not None:
                self.tally.last.remove(result)
                self.have_scanned(result.code, lambda bench: bench.scans.bind(reading, sku, wish))

        self.app.push_screen(ChooseProduct(result.code, self.buyer), bind_to)

    @property
    def last_unknown(self) -> ScanResult | None:
        """The newest that is unknown."""
        return next((each for each in reversed(self.tally.last) if isinstance(each.meaning, Unknown)), None)

    def have_scanned(self, code: str, work: Callable[[Workbench], ScanResult]) -> None:
        """Have the desk do this for a scan, after what was scanned before."""
        self.tally.waiting += 1
        shop, ground = shop_of(self), self
        while ground.below is not None:
            ground = ground.below
        shop.desk.ask(
            lambda: work(shop.machine.bench),
            self.ScanRead,
            ground,
            lambda error: self.ScanRead(ScanResult(Tone.MISSED, plain(code), explain(error))),
        )

    def tell_scan(self, result: ScanResult) -> None:
        """Show and sound it, and keep it in sight."""
        self.tally.last.append(result)
        fine = result.tone in {Tone.FOUND, Tone.IGNORED}
        if self.habits.bell == "all" or (self.habits.bell == "problems" and not fine):
            self.app.bell()
        self.show_scan(result)

    def _follow_in_order(self) -> None:
        while self.tally.unanswered and self._is_on_top:
            self.follow(self.tally.unanswered.popleft())

    @property
    def _is_on_top(self) -> bool:
        """Textual calls a screen current that is seen behind a sheet, too."""
        return self.app.screen_stack[-1:] == [self]

    def _is_repeat(self, scan: Scanned) -> bool:
        """A label that stays in view is sent again and again: each time counts anew."""
        (text, at), self.tally.newest = self.tally.newest, (scan.text, scan.time)
        return scan.text == text and scan.time - at < self.habits.hold_off

    def _wish(self) -> Wish:
        typed, times = self.typed_wish(), self.tally.times
        self.tally.times = 0
        return typed or (Wish(Wish().times * times) if times else Wish())
