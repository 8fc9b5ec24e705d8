"""What may be taken off a line and off the cart, what is, and which key does it."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.cart import Line
from wizterm.domain.limits import strictest
from wizterm.domain.overruns import off_line
from wizterm.domain.quantity import show
from wizterm.domain.text import plain
from wizterm.screens.page import Sheet
from wizterm.services.cart_view import CartView


class DiscountsSheet(Sheet[str]):
    """Gives what is wanted: percent, amount, price or full (of the line), cart_percent, cart_amount, or a digit."""

    DEFAULT_CSS = """
    DiscountsSheet { & Static { padding: 1 1; } }
    """

    BINDINGS: ClassVar[list[BindingType]] = bind(
        *(command for command in commands.of("discounts") if command is not commands.DROP_DISCOUNT)
    )

    def __init__(self, view: CartView, line: Line | None) -> None:
        super().__init__()
        self._view = view
        self._line = line

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Discounts"
            sheet.border_subtitle = "Esc back"
            yield Static(Content("\n").join([*self._of_line(), Content(""), *self._of_cart()]))

    def on_key(self, event: events.Key) -> None:
        """A digit takes the cart discount of that number off."""
        if event.key.isdigit() and 1 <= int(event.key) <= len(self._view.cart.discounts):
            event.stop()
            self.dismiss(event.key)

    def action_percent(self) -> None:
        self._of_a_line("percent")

    def action_amount(self) -> None:
        self._of_a_line("amount")

    def action_price(self) -> None:
        self._of_a_line("price")

    def action_full(self) -> None:
        self._of_a_line("full")

    def action_cart_percent(self) -> None:
        self.dismiss("cart_percent")

    def action_cart_amount(self) -> None:
        self.dismiss("cart_amount")

    def _of_a_line(self, what: str) -> None:
        if self._line is not None:
            self.dismiss(what)

    def _of_line(self) -> list[Content]:
        line, in_ = self._line, self._view.totals.currency
        if line is None:
            return [Content("The cart is empty: there is no line to take anything off.")]
        part = self._view.totals.of(line.id)
        before, off = off_line(line, part, in_)
        said = [
            Content.styled(plain(f"{line.sku} {line.name}"), "bold"),
            Content(f"gross {in_.show(before)} · discount {in_.show(off + part.promotion)} · net {in_.show(part.net)}"),
        ]
        if not line.discountable:
            return [*said, Content("It is sold without any discount.")]
        most = strictest(self._view.limits.most_line_discount, line.limits.most_discount)
        price = "another price" + ("" if self._view.limits.may_type_prices else ": the office has not let you")
        return [
            *said,
            _key("%", f"percent off the line{_up_to(most)}"),
            _key("a", "an amount off the line"),
            _key("p", price),
            *([_key("f", "the full price again")] if off else []),
        ]

    def _of_cart(self) -> list[Content]:
        view = self._view
        shown = view.totals.currency.show
        standing = [
            _key(f"{place}", f"takes off again: {discount.reason or 'cart'} {discount}, {shown(amount)}")
            for place, (discount, amount) in enumerate(
                zip(view.cart.discounts, view.totals.discounts, strict=True), start=1
            )
        ]
        return [
            Content.styled("The whole cart", "bold"),
            _key("c", f"percent off the cart{_up_to(view.limits.most_cart_discount)}"),
            _key("m", "an amount off the cart"),
            *standing,
        ]


def _key(key: str, words: str) -> Content:
    return Content.assemble((key, "$accent bold"), f"  {plain(words)}")


def _up_to(most: Decimal | None) -> str:
    return f", up to {show(most)} % without approval" if most is not None else ""
