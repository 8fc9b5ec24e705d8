"""What changed in a cart, in one sentence for the rep."""

from __future__ import annotations

from wizterm.domain.cart import Cart
from wizterm.domain.quantity import counted
from wizterm.domain.totals import Totals


def difference_said(for_: str, after: Cart, old: Totals, new: Totals) -> str:
    """What other prices came to; empty for an empty cart."""
    if not after.lines:
        return ""
    if old.currency == new.currency and old.goods == new.goods and old.taxes != new.taxes:
        return f"For {for_} no price changes; with tax the total is {new.currency.show(new.total)} {after.currency}."
    unsold = sum(line.price is None for line in after.lines)
    was, is_ = old.currency.show(old.total), new.currency.show(new.total)
    same = old.currency == new.currency and old.total == new.total
    words = f"Priced for {for_}: {is_ if same else f'{was} → {is_}'} {after.currency}."
    of_them = f"{unsold} of {counted(len(after.lines), 'line')} {'is' if unsold == 1 else 'are'}"
    return f"{words} {of_them} not sold to this customer." if unsold else words
