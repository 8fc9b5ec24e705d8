"""Taking changes to the cart at hand back, and doing them again."""

from __future__ import annotations

from dataclasses import replace

from wizterm.db.carts import Carts
from wizterm.domain.cart import Cart
from wizterm.services.cart_view import CartView
from wizterm.services.order_entry import OrderEntry


class CartSteps:
    def __init__(self, carts: Carts, entry: OrderEntry) -> None:
        self._carts = carts
        self._entry = entry

    def undo(self) -> CartView:
        """Take the last change to this cart back."""
        before = self._entry.cart()
        after = self._carts.undo(before.id)
        said = _said("Undone", before, after) if after else "There is nothing to undo in this cart."
        return replace(self._entry.current(), said=said)

    def redo(self) -> CartView:
        """Do again what was undone last."""
        before = self._entry.cart()
        after = self._carts.redo(before.id)
        said = _said("Done again", before, after) if after else "There is nothing to redo in this cart."
        return replace(self._entry.current(), said=said)


def _said(done: str, before: Cart, after: Cart) -> str:
    """What a step back or forward changed, so that nobody has to compare."""
    was, is_ = ({line.id: line for line in cart.lines} for cart in (before, after))
    skus = [line.sku for line_id, line in {**was, **is_}.items() if was.get(line_id) != is_.get(line_id)]
    if not skus:
        return f"{done}."
    return f"{done}: {skus[0]}." if len(skus) == 1 else f"{done}: {len(skus)} lines."
