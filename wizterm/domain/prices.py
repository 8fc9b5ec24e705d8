"""Which price a customer pays for a quantity on a day, and why.

Sources are asked in order: typed by the rep, contract, price list, base price. Within the first source that has an
entry for the quantity, the break with the largest minimum not above the quantity gives the price.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class PriceSource(StrEnum):
    TYPED = "typed"
    CONTRACT = "contract"
    LIST = "list"
    BASE = "base"
    QUOTE = "quote"
    """Promised in a quote that was turned into an order."""


@dataclass(frozen=True, slots=True)
class PriceEntry:
    """One row of a contract or a price list."""

    id: str
    price: Decimal
    min_quantity: Decimal = Decimal(1)
    """In base units; the break begins here."""
    valid_from: date | None = None
    valid_to: date | None = None
    """The last day it holds."""

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class PriceList:
    id: str
    name: str
    currency: str
    falls_back: bool
    is_default: bool
    order_minimum: Decimal | None


@dataclass(frozen=True, slots=True)
class Price:
    """A unit price with its reason, kept on the line for good."""

    amount: Decimal
    source: PriceSource
    entry: str = ""
    """Id of the contract or list row; empty for typed and base prices."""
    price_list: str = ""
    min_quantity: Decimal = Decimal(1)
    valid_from: date | None = None
    valid_to: date | None = None
    typed_by: str = ""
    """Who entered it, where somebody did."""
    typed_at: datetime | None = None
    surcharge: Decimal = Decimal(0)
    """Of chosen options: it stands in the amount already."""

    @property
    def is_typed(self) -> bool:
        return self.source is PriceSource.TYPED

    @property
    def is_agreed(self) -> bool:
        """Whether it stays whatever the company's data say: typed by the rep, or promised in a quote."""
        return self.source in {PriceSource.TYPED, PriceSource.QUOTE}


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """Everything that can set one product's price for one customer, already in the cart's currency."""

    contract: tuple[PriceEntry, ...] = ()
    listed: tuple[PriceEntry, ...] = ()
    base: Decimal | None = None
    """The product's base price where the list falls back to it, else None."""
    price_list: str = ""

    def price(self, quantity: Decimal, on: date) -> Price | None:
        """The price of this quantity (base units); None where the product is not sold to the customer."""
        for source, entries in ((PriceSource.CONTRACT, self.contract), (PriceSource.LIST, self.listed)):
            entry = break_for(entries, quantity, on)
            if entry is not None:
                return self._priced(source, entry)
        if self.base is None:
            return None
        return Price(self.base, PriceSource.BASE, price_list=self.price_list)

    def breaks(self, on: date) -> tuple[Price, ...]:
        """The ladder a rep is shown: every quantity from which the price changes, smallest first."""
        starts = sorted({entry.min_quantity for entry in (*self.contract, *self.listed)} | {Decimal(1)})
        ladder: list[Price] = []
        for quantity in starts:
            price = self.price(quantity, on)
            if price is not None and (not ladder or price.amount != ladder[-1].amount):
                ladder.append(price)
        return tuple(ladder)

    def _priced(self, source: PriceSource, entry: PriceEntry) -> Price:
        return Price(
            amount=entry.price,
            source=source,
            entry=entry.id,
            price_list="" if source is PriceSource.CONTRACT else self.price_list,
            min_quantity=entry.min_quantity,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
        )


def break_for(entries: Iterable[PriceEntry], quantity: Decimal, on: date) -> PriceEntry | None:
    """The entry that gives the price; of two with one minimum the later `valid_from` wins, then the higher id."""
    fitting = [entry for entry in entries if entry.min_quantity <= quantity and entry.holds_on(on)]
    return max(fitting, key=lambda e: (e.min_quantity, e.valid_from or date.min, e.id), default=None)


def typed(amount: Decimal, by: str = "", at: datetime | None = None) -> Price:
    """A price the rep entered."""
    return Price(amount, PriceSource.TYPED, typed_by=by, typed_at=at)


def first_break(ladder: Sequence[Price]) -> Price | None:
    """The next better price after the first, for the short form `2.55@32`."""
    return ladder[1] if len(ladder) > 1 else None
