"""All open carts: go to one, begin, copy, merge, split, put aside, throw away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.text import plain
from wizterm.screens.cart_rows import about, columns, row_of
from wizterm.screens.carts_elsewhere import CartsElsewhere
from wizterm.screens.prompt import Prompt
from wizterm.services.cart_shelf import LONGEST_NAME
from wizterm.services.cart_summary import CartSummary, Where
from wizterm.services.cart_view import CartView
from wizterm.services.words import explain
from wizterm.services.workbench import Workbench
from wizterm.widgets.pane import shop_of
from wizterm.widgets.rows import Rows


class CartsSheet(CartsElsewhere):
    """Gives True; whatever was done here, the cart at hand may be another."""

    DEFAULT_CSS = """
    CartsSheet {
        & > #sheet { width: 110; height: 60%; min-height: 14; }
        &.-narrow > #sheet { max-width: 100%; }
        & Rows { height: 1fr; }
        & #about { height: auto; color: $foreground 70%; }
        & #keys { height: 1; text-align: right; color: $foreground 60%; display: none; }
        &.-tall #keys { display: block; }
    }
    """

    HELP = """
Every cart of this machine stands here, whoever it is for, with a network or without one. Each is kept until it becomes
an order or a quote, or is thrown away; what was thrown away by mistake comes back with `u`.

`o` continues a cart **on another device** of yours: it goes to the server (☁), cannot be changed here any more, and
stands in the list of carts of your other devices with their next contact. Whichever takes it first (`o` or Enter there)
has it; this one can take it back too. Prices are computed anew where it arrives. What could be undone in it stays here.
"""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012 - as Textual declares it
    """Where there is room, a second line names the other keys."""
    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("carts"))

    @dataclass
    class Listed(Message):
        carts: tuple[CartSummary, ...]
        said: str
        """What has come from another device."""

    @dataclass
    class NotListed(Message):
        """Said once: listing them again would fail again."""

        error: Exception

    @dataclass
    class Done(Message):
        said: str

    class Gone(Message):
        """Another cart is at hand, and that was wanted."""

    def __init__(self, changed: Callable[[], object] = lambda: None) -> None:
        """`changed` is called when carts have changed while this stands on top of one of them."""
        super().__init__()
        self._changed = changed
        self._carts: dict[str, CartSummary] | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Carts"
            sheet.border_subtitle = "↵ go to · n new · r name · c copy · m merge · h hold · o other device"
            yield Rows(*columns(self.app.size.width), empty="No cart is open: n begins one.")
            yield Static(id="about", markup=False)
            yield Static("s split by day · Del discard · u bring back · Esc back", id="keys", markup=False)

    def on_mount(self) -> None:
        self.query_one(Rows).focus()
        self.watch(self.app, "outlook", self.list_carts)
        if not self.barred:
            self.move(quietly=True)

    def on_resize(self) -> None:
        """Where there is more room, more is shown."""
        self.query_one(Rows).set_columns(columns(self.app.size.width))
        if self._carts is not None:
            self.list_carts()

    @on(Listed)
    def show(self, message: Listed) -> None:
        message.stop()
        clock = shop_of(self).machine.clock
        before, self._carts = self._carts, {cart.id: cart for cart in message.carts}
        if before is not None and before != self._carts:
            self._changed()
        rows = [row_of(cart, clock, online=not self.barred, width=self.app.size.width) for cart in message.carts]
        self.query_one(Rows).replace(rows, more=False, keep_cursor=True)
        self._explain()
        if message.said:
            self.say(message.said)

    @on(NotListed)
    def say_not_listed(self, message: NotListed) -> None:
        message.stop()
        self.say(explain(message.error), "error")

    @on(Done)
    def say_done(self, message: Done) -> None:
        message.stop()
        self.say(message.said)
        self.list_carts()

    @on(Rows.Highlighted)
    def explain(self, message: Rows.Highlighted) -> None:
        message.stop()
        self._explain()

    @on(Gone)
    def leave(self, message: Gone) -> None:
        message.stop()
        self.dismiss(True)  # noqa: FBT003 - the result, not an option

    @on(Rows.Chosen)
    def open_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_open()

    def action_back(self) -> None:
        self.dismiss(True)  # noqa: FBT003 - as above

    def action_open(self) -> None:
        """Go to the cart; one that is on the server is taken to this device first."""
        cart = self.current
        if cart is not None and cart.where is Where.HERE:
            self._go(lambda bench: bench.entry.open(cart.id))
        elif cart is not None:
            self.take(cart)

    def action_begin(self) -> None:
        self._go(lambda bench: bench.entry.begin())

    def action_copy(self) -> None:
        cart = self.current
        if cart is not None and cart.cart:
            self._go(lambda bench: bench.shelf.copy(cart.cart))
        else:
            self.here()

    def action_merge(self) -> None:
        if cart := self.here():
            self._go(lambda bench: bench.shelf.merge(cart.id))

    def action_hold(self) -> None:
        if cart := self.here():
            self._do(lambda bench: bench.shelf.hold_or_reopen(cart.id))

    def action_split(self) -> None:
        if cart := self.here():
            self._do(lambda bench: bench.shelf.split(cart.id))

    def action_discard(self) -> None:
        cart = self.current
        if cart is not None and cart.where in {Where.GONE, Where.SETTLED, Where.UNREADABLE}:
            self._do(lambda bench: bench.handover.dismiss(cart.id))
        elif here := self.here():
            self._do(lambda bench: bench.shelf.discard(here.id))

    def action_bring_back(self) -> None:
        self._do(lambda bench: bench.shelf.bring_back())

    def action_rename(self) -> None:
        """Ask for the cart's name."""
        if cart := self.here():
            prompt = Prompt("Name of the cart", hint="Such as: spring restock.", value=cart.name, longest=LONGEST_NAME)
            self.app.push_screen(prompt, lambda name: self._rename(cart.id, name))

    def _rename(self, cart_id: str, name: str | None) -> None:
        if name is not None:
            self._do(lambda bench: bench.shelf.rename(cart_id, name))

    @property
    def current(self) -> CartSummary | None:
        row = self.query_one(Rows).current
        return self._carts.get(row.key) if row and self._carts else None

    def _explain(self) -> None:
        cart = self.current
        words = about(cart, shop_of(self).machine.clock, self.barred) if cart else ""
        self.query_one("#about", Static).update(plain(words))

    def _go(self, work: Callable[[Workbench], CartView]) -> None:
        self.ask(work, lambda _: self.Gone())

    def _do(self, work: Callable[[Workbench], str]) -> None:
        self.ask(work, self.Done)

    def list_carts(self) -> None:
        """Every cart, wherever it is; what has arrived from another device is made a cart of this one first."""
        shop = shop_of(self)
        may_write = not shop.machine.read_only
        shop.desk.ask(
            lambda: _listed(shop.machine.bench, may_write=may_write),
            lambda found: self.Listed(*found),
            self,
            failed=self.NotListed,
        )


def _listed(bench: Workbench, *, may_write: bool) -> tuple[tuple[CartSummary, ...], str]:
    said = bench.handover.unpack() if may_write else ""
    return (*bench.shelf.all(), *bench.handover.all()), said
