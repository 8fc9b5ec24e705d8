"""Scan mode: one scan after another, told so large that it is read while the hands are at the goods."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.customer import Customer
from wizterm.domain.quantity import show
from wizterm.domain.scan_commands import Order
from wizterm.domain.text import plain
from wizterm.screens.cart_desk import CartDesk
from wizterm.screens.look_up import LookUpPage
from wizterm.screens.scan_desk import ScanDesk
from wizterm.screens.scan_questions import ScanQuestions
from wizterm.services.cart_view import CartView
from wizterm.services.scan_result import ScanResult, Tone, Wish, read_wish, wish_and_code
from wizterm.terminal.gate import Scanned
from wizterm.widgets.scan_line import SIGNS, in_a_line

WISHED = "0123456789*-"
LONGEST_TYPED = 60
"""Characters: the longest label code of GS1 has 48, and a line of 80 columns shows all of these."""
HINT = "12* then scan adds twelve · - then scan takes back"
LOOKING = "Each scan opens the product; nothing is counted."
HOW_TO_COUNT = "l counts again"
ENTERS = "Enter looks it up"


class ScanModePage(ScanQuestions, CartDesk, inherit_bindings=False):
    TITLE_WORDS = "Scan mode"

    DEFAULT_CSS = """
    ScanModePage {
        & #band { height: 1fr; align: center middle; background: $panel; }
        & #band > * { width: 100%; text-align: center; height: auto; }
        & #sign { text-style: bold; }
        & #band.-found { background: $success-muted; }
        & #band.-rounded, & #band.-asked, & #band.-mode { background: $warning-muted; }
        & #band.-missed { background: $error-muted; }
        & #last { height: 7; padding: 0 1; }
        & #wish { height: 1; padding: 0 1; background: $boost; }
    }
    """

    HELP = """
Each scan counts one. Type `12*` before a scan and it counts twelve; type `-` and it takes back. The quantity is what
the product's rules make of the count: with a minimum of 12, three scans are 12.

A code that cannot be read is typed: its digits, or an SKU such as `85123A`, then Enter. `12*` and `-` before it mean
what they mean before a scan; Backspace mends. Letters that are keys here are typed once the code has begun.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("scan"))

    def __init__(self, view: CartView | None, below: ScanDesk, create: Callable[[], object]) -> None:
        """`create` turns the cart into an order, once this page is closed."""
        super().__init__()
        self.below = below
        self._create = create
        self.set_reactive(ScanModePage.view, view)
        self.habits = below.habits
        self.tally = below.tally
        self._looked_up_before = below.tally.looking_up
        self._typed = ""

    @property
    def turned(self) -> dict[str, str]:
        """What keys of the footer do now, where it is not what they usually do."""
        turned = {commands.SCAN_LOOK_UP.id: commands.COUNT_AGAIN.title} if self.tally.looking_up else {}
        return turned if self.last_unknown else {**turned, commands.SCAN_BIND.id: ""}

    def body(self) -> ComposeResult:
        with Vertical(id="band"):
            yield Static(id="sign")
            yield Static(id="name")
            yield Digits("", id="count")
            yield Static(id="words")
        yield Static(id="last")
        yield Static(id="wish")

    def on_mount(self) -> None:
        self.show_mode()
        self.call_after_refresh(self._show_tally)

    def on_key(self, event: events.Key) -> None:
        """What is typed is for the next scan, or is a code that cannot be scanned."""
        if (character := event.character) and event.is_printable and self._is_typed(event.key, character):
            self._type(character)
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        else:
            return
        event.stop()
        self._show_tally()

    def _is_typed(self, key: str, character: str) -> bool:
        """A letter that is a command's key is typed only where a code has begun."""
        if character in WISHED or wish_and_code(self._typed)[1]:
            return True
        return key != "space" and key not in self.active_bindings

    def _type(self, character: str) -> None:
        if len(self._typed) < LONGEST_TYPED:
            self._typed += character
        else:
            self.say(f"A code has at most {LONGEST_TYPED} characters; Backspace takes the last one off.")

    def action_enter(self) -> None:
        """Take the code that was typed as a scan."""
        wish, code = wish_and_code(self._typed)
        if not code:
            self.say(f"Type a code after {wish}, or scan one." if wish else "Type a code, or scan one.")
            return
        self._typed = wish
        self.take_scan(Scanned(code))

    def take_scan(self, scan: Scanned) -> None:
        super().take_scan(scan)
        self._show_tally()

    def typed_wish(self) -> Wish | None:
        wish = read_wish(wish_and_code(self._typed)[0])
        self._typed = ""
        return wish

    def show_scan(self, result: ScanResult) -> None:
        sign, word, colour = SIGNS[result.tone]
        band = self.query_one("#band")
        band.remove_class("-mode")
        for tone in Tone:
            band.set_class(tone is result.tone, f"-{tone}")
        head = f"{sign}  {word}  {sign}    {plain(result.title) or plain(result.code)}"
        self.query_one("#sign", Static).update(Content.styled(head, f"{colour} bold"))
        self.query_one("#name", Static).update(Content(plain(result.name or result.code)))
        self.query_one("#words", Static).update(Content(plain(result.words)))
        if result.view is not None:
            self.view = result.view
        self.query_one(Digits).update(self._count_of(result))
        self.refresh_bindings()
        self._show_tally()

    def show_mode(self) -> None:
        """Before there is a result to show, and whenever scans begin to mean something else."""
        band = self.query_one("#band")
        band.remove_class(*(f"-{tone}" for tone in Tone))
        band.set_class(self.tally.looking_up, "-mode")
        first, then = ("⌕  LOOK-UP  ⌕", LOOKING) if self.tally.looking_up else ("Scan the first one", "")
        self.query_one("#sign", Static).update(Content.styled(first, "bold"))
        self.query_one("#name", Static).update(Content(then))
        self.query_one("#words", Static).update(Content())
        self.query_one(Digits).update("")
        self.refresh_bindings()
        self._show_tally()

    def show_product(self, sku: str, words: str) -> None:
        self.app.push_screen(LookUpPage(sku, words, self), self._come_back)

    def obey(self, order: Order) -> None:
        if order is Order.SUBMIT:
            self.action_create()
        elif order is Order.SCAN_MODE:
            self.action_done()
        elif order is Order.NEW_CART:
            self.action_new_cart()
        self._show_tally()

    def action_ignore(self) -> None:
        if (result := self.last_unknown) is not None:
            self.tally.last.remove(result)
            self.refresh_bindings()
            self._show_tally()

    def action_forget(self) -> None:
        """A wrong answer or a wrong product was said of the last code."""
        if not self.tally.last:
            self.say("Nothing scanned yet.")
            return
        code = self.tally.last[-1].code
        self.have_scanned(code, lambda bench: bench.scans.forget(code))

    def _come_back(self, _: None) -> None:
        self.show_mode()
        self._change(lambda bench: bench.entry.current())

    def action_create(self) -> None:
        self.action_done()
        self.app.call_later(self._create)

    def action_done(self) -> None:
        """Looking up that began here ends here."""
        self.tally.looking_up = self.tally.looking_up and self._looked_up_before
        self.dismiss()

    @property
    def buyer(self) -> Customer | None:
        return self.view.customer if self.view else None

    def _count_of(self, result: ScanResult) -> str:
        line = result.view.cart.line(result.view.touched) if result.view else None
        return show(line.count) if line is not None else ""

    def _show_tally(self) -> None:
        if not self.is_mounted:
            return
        lines = [in_a_line(result) for result in reversed(self.tally.last)]
        self.query_one("#last", Static).update(Content("\n").join(lines))
        scans = "1 scan" if self.tally.scans == 1 else f"{self.tally.scans} scans"
        tally = f"{scans} · {self.tally.waiting} waiting"
        times = f"{self.tally.times}*" if self.tally.times else ""
        wish = self._typed or times
        hint = HOW_TO_COUNT if self.tally.looking_up else f"next scan: {wish}" if wish else HINT
        code = wish_and_code(self._typed)[1]
        self.query_one("#wish", Static).update(Content(f"{self._typed}   {ENTERS}" if code else f"{tally}   {hint}"))
