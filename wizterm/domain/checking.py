"""What the data of a machine say otherwise about a cart that was agreed: device and server ask the same.

Nothing here prices anew: what was agreed stays, and a person looks at the differences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from wizterm.domain.cart import Cart, Line, Pricer
from wizterm.domain.limits import RepLimits
from wizterm.domain.money import PRECISION, ZERO
from wizterm.domain.overruns import overruns
from wizterm.domain.prices import Price, PriceSource
from wizterm.domain.terms import Terms
from wizterm.domain.totals import Totals, gross, totals


@dataclass(frozen=True, slots=True)
class Difference:
    code: str
    words: str


def differences(cart: Cart, stated: Totals, price: Pricer, terms: Terms, limits: RepLimits) -> Iterator[Difference]:
    """Of an agreed cart with the figures it states; `price` and `terms` are this machine's own."""
    yield from _about_sums(cart, stated)
    for line in cart.lines:
        yield from _about_price(line, price(line))
    yield from _about_terms(stated, totals(cart, terms))
    if not limits.may_type_prices and any(line.price is not None and line.price.is_typed for line in cart.lines):
        yield Difference("typed_price", "A price was typed by a rep who may not type prices.")
    if not limits.may_credit and any(line.is_credit for line in cart.lines):
        yield Difference("goods_back", "Goods go back with it, and the rep may not take goods back.")
    for over in overruns(cart, stated, limits):
        yield Difference("over_limit", over.words)


def _about_sums(cart: Cart, stated: Totals) -> Iterator[Difference]:
    """Whether what is stated adds up in itself."""
    with localcontext(prec=PRECISION):
        for line, part in zip(cart.lines, stated.lines, strict=True):
            if part.gross != gross(line, stated.currency):
                yield Difference("sums", f"{line.sku}: {part.gross} is not its quantity times its price.")
            elif part.net != part.gross - part.promotion - part.discount:
                yield Difference("sums", f"{line.sku}: {part.net} is not its gross less what was taken off.")
        added = sum((tax.amount for tax in stated.taxes if not tax.rate.inclusive), ZERO)
        total = sum((part.share for part in stated.lines), ZERO) + sum(stated.fees, ZERO) + added
        if stated.total != total:
            yield Difference("sums", f"The total is {stated.total}, its parts come to {total}.")


def _about_price(line: Line, own: Price | None) -> Iterator[Difference]:
    agreed = line.instead_of if line.price is not None and line.price.is_typed else line.price
    if agreed is None or agreed.source is PriceSource.QUOTE:
        return
    if own is None:
        yield Difference("not_sold", f"{line.sku} is not sold to this customer.")
    elif own.amount != agreed.amount:
        yield Difference("price", f"{line.sku} was agreed at {agreed.amount}, the price here is {own.amount}.")


def _about_terms(stated: Totals, own: Totals) -> Iterator[Difference]:
    """Promotions, discounts, fees and tax, at the agreed prices."""
    for theirs, ours in zip(stated.lines, own.lines, strict=True):
        if theirs.gross != ours.gross:
            return
        if theirs.promotion != ours.promotion:
            yield Difference("promotion", f"Line {theirs.line}: {theirs.promotion} off, here {ours.promotion}.")
        elif theirs.discount != ours.discount:
            yield Difference("discount", f"Line {theirs.line}: discount {theirs.discount}, here {ours.discount}.")
    if stated.discounts != own.discounts or _shares(stated) != _shares(own):
        yield Difference("discount", "The cart's discounts are shared out otherwise here.")
    if stated.fees != own.fees:
        yield Difference("fee", f"Fees of {sum(stated.fees, ZERO)}, here {sum(own.fees, ZERO)}.")
    if _tax(stated) != _tax(own):
        yield Difference("tax", f"Tax of {_tax(stated)} was estimated, here {_tax(own)}.")


def _shares(figures: Totals) -> list[Decimal]:
    return [part.cart_discount for part in figures.lines]


def _tax(figures: Totals) -> Decimal:
    return sum((tax.amount for tax in figures.taxes), ZERO)
