"""What other prices change in a cart, in words: shown before they are kept."""

from __future__ import annotations

from decimal import Decimal

from wizterm.domain.money import Currency
from wizterm.services.repricing import Proposal

SHOWN = 8
"""Lines named one by one: as many as a small screen holds."""


def proposal_words(proposal: Proposal) -> str:
    old, new = proposal.before, proposal.after
    was = f"{old.currency.code} {old.currency.show(old.total)}"
    words = [f"Total {was} → {new.currency.code} {new.currency.show(new.total)}", ""]
    unsold = [moved for moved in proposal.moved if moved.after is None]
    changed = [moved for moved in proposal.moved if moved.after is not None]
    words += [
        f"{moved.sku}  {_price(moved.before, old.currency)} → {_price(moved.after, new.currency)}"
        for moved in [*unsold, *changed][:SHOWN]
    ]
    more = len(proposal.moved) - SHOWN
    if more > 0:
        words.append(f"… and {more} more of {proposal.lines} lines")
    if unsold:
        count = "1 line is" if len(unsold) == 1 else f"{len(unsold)} lines are"
        words += ["", f"⚠ {count} not sold at these prices: they stay, marked, and have to go before an order."]
    return "\n".join(words)


def _price(amount: Decimal | None, in_: Currency) -> str:
    return in_.show_price(amount) if amount is not None else "not sold"
