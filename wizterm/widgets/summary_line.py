"""Where only one pane fits: which one it is, and the cart in one line, always in view."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from wizterm.domain.money import ZERO
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain
from wizterm.services.cart_view import CartView

TABS = (("catalogue", "F2 Catalogue"), ("customer", "F3 Customer"), ("cart", "F4 Cart"), ("sync", "F5 Sync"))


class TabLine(Widget):
    DEFAULT_CSS = """
    TabLine { height: 1; display: none; padding: 0 1; color: $foreground 70%; }
    """

    active: reactive[str] = reactive("catalogue")

    def render(self) -> Content:
        return Content("   ").join(
            Content.styled(f"[{title}]", "$accent bold") if name == self.active else Content(title)
            for name, title in TABS
        )


class SummaryLine(Widget):
    DEFAULT_CSS = """
    SummaryLine { height: 1; display: none; padding: 0 1; background: $boost; }
    """

    view: reactive[CartView | None] = reactive(None)

    def render(self) -> Content:
        if self.view is None:
            return Content()
        cart, figures = self.view.cart, self.view.totals
        pieces = sum((line.quantity for line in cart.lines), ZERO)
        count = counted(len(cart.lines), "line")
        left = f"{plain(cart.name) or 'cart'} · {count} · {counted(pieces, 'pc')}"
        right = f"TOTAL {cart.currency}  {figures.currency.show(figures.total)}"
        gap = max(1, self.content_size.width - len(left) - len(right))
        return Content.assemble(left, " " * gap, Content.styled(right, "bold"))
