"""Turning a cart into an order or a quote: what stands in the way, what it comes to, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.document import Kind
from wizterm.domain.money import ZERO, currency
from wizterm.domain.quantity import counted, show
from wizterm.domain.records import Frozen
from wizterm.domain.submitting import Obstacle
from wizterm.domain.text import plain
from wizterm.messages import WorkFailed
from wizterm.screens.page import Sheet
from wizterm.services.cart_view import CartView
from wizterm.services.order_details import said
from wizterm.services.words import explain
from wizterm.services.workbench import Workbench
from wizterm.widgets.cart_figures import said_with
from wizterm.widgets.pane import shop_of

MOST_NAMED = 9
"""Obstacles named one by one: with their offers they fill a small terminal."""
MOST_WITH_OPTIONS = 4
"""Lines with options or notes that are named one by one."""
DOUBTS_SHOWN = 5
"""Lines whose price moved that are named one by one."""


class CreateOrder(Sheet[bool]):
    """Gives True once the cart has become a document."""

    refuses_scans = True
    """What is scanned here would go to another order."""

    DEFAULT_CSS = """
    CreateOrder { & Static { padding: 1 1; } }
    """

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("create"), commands.ORDERS)

    @dataclass
    class Submitted(Message):
        frozen: Frozen

    @dataclass
    class CartKnown(Message):
        view: CartView

    @dataclass
    class DoubtsKnown(Message):
        """What speaks against it and does not bar it: prices that moved since, credit, stock."""

        words: tuple[str, ...]

    def __init__(self, view: CartView) -> None:
        """`view` is shown until the cart is known with everything that was asked of it before."""
        super().__init__()
        self._view = view
        self._frozen: Frozen | None = None
        self._asked = False
        self._known = False
        self._doubts: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Create order"
            yield Static()

    def on_mount(self) -> None:
        self._show(self._view)
        self.ask(lambda bench: bench.entry.current(), self.CartKnown)

    @on(CartKnown)
    def show_what_it_holds_now(self, message: CartKnown) -> None:
        message.stop()
        self._known = True
        if not self._asked:
            self._view = view = message.view
            self._show(view)
            self.ask(lambda bench: _doubts(bench, view), self.DoubtsKnown)

    @on(DoubtsKnown)
    def show_doubts(self, message: DoubtsKnown) -> None:
        """The order keeps what was agreed; the rep knows what the office will see."""
        message.stop()
        self._doubts = message.words[:DOUBTS_SHOWN]
        if not (self._asked or self._view.obstacles):
            self._show(self._view)

    def action_order(self) -> None:
        """Create the order; once it is created, Enter closes the sheet."""
        if self._frozen is not None:
            self.dismiss(True)  # noqa: FBT003 - the result, not an option
        elif not (self._known and self._view.obstacles):
            self._submit(Kind.ORDER)

    def action_quote(self) -> None:
        if self._frozen is None and not (self._known and _bars_quotes(self._view)):
            self._submit(Kind.QUOTE)

    def action_round_up(self) -> None:
        self._round(above=True)

    def action_round_down(self) -> None:
        self._round(above=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The orders are offered once there is something new to see in them."""
        if action == commands.ORDERS.action:
            return self._frozen is not None
        return super().check_action(action, parameters)

    async def action_orders(self) -> None:
        """Close the sheet, and go to the orders instead of to the next cart."""
        self.dismiss(True)  # noqa: FBT003 - as above
        await self.run_action("app.orders")

    def action_back(self) -> None:
        self.dismiss(self._frozen is not None)

    @on(Submitted)
    def say_what_happens_next(self, message: Submitted) -> None:
        message.stop()
        self._frozen = message.frozen
        shop_of(self).syncing.submitted()
        sheet = self.query_one("#sheet")
        sheet.border_title = "Saved"
        sheet.border_subtitle = "Enter goes on with a new cart · F7 orders"
        self.query_one(Static).update(_done(message.frozen))

    @on(WorkFailed)
    def say_that_nothing_was_saved(self, message: WorkFailed) -> None:
        """The cart is as it was, and can be submitted again."""
        message.stop()
        message.prevent_default()
        self._asked = False
        sheet = self.query_one("#sheet")
        sheet.border_title = "NOT saved"
        sheet.border_subtitle = "Enter order · q quote · Esc back"
        words = [Content.styled(plain(explain(message.error)), "$text-error"), Content("")]
        words.append(Content("The cart is still here, as it was."))
        self.query_one(Static).update(Content("\n").join(words))

    def _show(self, view: CartView) -> None:
        sheet = self.query_one("#sheet")
        blocked = bool(view.obstacles)
        sheet.border_title = "Not ready yet" if blocked else "Create order"
        mendable = any(obstacle.offers for obstacle in view.obstacles)
        back = "> round up · < round down · Esc back" if mendable else "Esc back"
        sheet.border_subtitle = back if blocked else "Enter order · q quote · Esc back"
        self.query_one(Static).update(_obstacles(view) if blocked else _summary(view, self._doubts))

    def _round(self, *, above: bool) -> None:
        """Each quantity that no rule allows becomes the nearest that they do."""
        if not self._asked:
            self.ask(lambda bench: bench.quantities.mend(above=above), self.CartKnown)

    def _submit(self, kind: Kind) -> None:
        """Ask once: a second Enter while the first is being written changes nothing."""
        if not self._asked:
            self._asked = True
            self.ask(lambda bench: bench.submission.submit(self._view.cart.id, kind), self.Submitted)


def _doubts(bench: Workbench, view: CartView) -> tuple[str, ...]:
    return (*bench.doubts.of(view), *bench.pricing.moved_since(view.cart, view.customer))


def _summary(view: CartView, doubts: tuple[str, ...]) -> Content:
    figures = view.totals
    customer = view.customer
    pieces = sum((line.quantity for line in view.cart.lines), ZERO)
    blocks = [
        [
            Content.styled(plain(customer.name) if customer else "", "bold"),
            Content(plain(str(customer.ship_to)) if customer else ""),
        ],
        _with_options(view),
        [
            Content(f"{counted(len(view.cart.lines), 'line')} · {counted(pieces, 'piece')}"),
            Content.styled(f"{view.cart.currency} {figures.currency.show(figures.total)}", "$accent bold"),
            *(Content(plain(part)) for part in said(view.cart.details)),
            Content(f"Note: {plain(view.cart.note)}" if view.cart.note else ""),
        ],
        [Content.styled(f"⚠ {plain(doubt)}", "$text-warning") for doubt in doubts],
    ]
    told = (Content("\n").join(line for line in block if line.plain) for block in blocks)
    return Content("\n\n").join(block for block in told if block.plain)


def _with_options(view: CartView) -> list[Content]:
    """The lines that are more than a product and a count."""
    told = [f"{line.sku} {said}" for line in view.cart.lines if (said := said_with(line))]
    shown = [Content(plain(each)) for each in told[:MOST_WITH_OPTIONS]]
    if (more := len(told) - MOST_WITH_OPTIONS) > 0:
        shown.append(Content(f"… and {counted(more, 'more line')} with options or notes"))
    return shown


def _obstacles(view: CartView) -> Content:
    words = [Content.styled("Before this cart can become an order:", "bold"), Content("")]
    words += [Content(f"⚠ {plain(_said_of(obstacle, view))}") for obstacle in view.obstacles[:MOST_NAMED]]
    if (more := len(view.obstacles) - MOST_NAMED) > 0:
        words.append(Content(f"… and {more} more of these."))
    if not _bars_quotes(view):
        words += [Content(""), Content("q makes a quote of it as it is.")]
    return Content("\n").join(words)


def _said_of(obstacle: Obstacle, view: CartView) -> str:
    """With the count, which tells two lines of one product apart, and with what would do."""
    line = view.cart.line(obstacle.line) if obstacle.offers else None
    offers = " or ".join(show(offer) for offer in obstacle.offers)
    count = f"{show(line.count)} × " if line is not None else ""
    return f"{count}{obstacle.words}{f' Possible: {offers}.' if offers else ''}"


def _bars_quotes(view: CartView) -> bool:
    return any(obstacle.of_quotes for obstacle in view.obstacles)


def _done(frozen: Frozen) -> Content:
    kind = "Quote" if frozen.kind is Kind.QUOTE else "Order"
    total = currency(frozen.currency).show(Decimal(frozen.total))
    return Content("\n").join(
        [
            Content.assemble("✓ ", Content.styled(f"{kind} {frozen.number}", "$text-success bold")),
            Content(f"{plain(frozen.customer_name)} · {frozen.currency} {total}"),
            Content(""),
            Content("Kept on this machine, and sent as soon as there is a network."),
            Content("Orders (F7) shows what becomes of it."),
        ]
    )
