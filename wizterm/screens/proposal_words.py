"""What other prices change in a cart, in words: shown before they are kept."""

from __future__ import annotations

from decimal import Decimal

from wizterm.domain.money import Currency
from wizterm.domain.quantity import counted
from wizterm.services.repricing import Proposal

SHOWN = 8
"""Lines named one by one: as many as a small screen holds."""


def proposal_words(proposal: Proposal) -> str:
    old, new = proposal.before, proposal.after
    was = f"{old.currency.code} {old.currency.show(old.total)}"
    is_ = f"{new.currency.code} {new.currency.show(new.total)}"
    words = [_what_changes(proposal), f"Total {was} → {is_}{_tax(proposal)}", ""]
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
        words += ["", f"⚠ {count} not sold at these prices: they stay, marked, and must be removed before ordering."]
    return "\n".join(words)


def _what_changes(proposal: Proposal) -> str:
    if not proposal.moved:
        return "No line's price changes, but promotions or fees do."
    count = len(proposal.moved)
    return f"{count} of {counted(proposal.lines, 'line')} {'has' if count == 1 else 'have'} another price."


def _tax(proposal: Proposal) -> str:
    """Tax is named where it has a part in the change."""
    new, old = (sum(tax.amount for tax in each.taxes) for each in (proposal.after, proposal.before))
    return "" if new == old else f", of it tax {proposal.after.currency.show(Decimal(new))}"


def _price(amount: Decimal | None, in_: Currency) -> str:
    return in_.show_price(amount) if amount is not None else "not sold"
