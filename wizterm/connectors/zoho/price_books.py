"""Zoho's price lists, as far as what they come to can be said for certain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from wizterm.connectors.zoho.answers import Row
from wizterm.connectors.zoho.calls import Calls
from wizterm.connectors.zoho.contacts import LIST_PREFIX
from wizterm.connectors.zoho.ground import Ground

AS_IT_IS = ("", "no_rounding")
"""Of the ways to round those that are described well enough."""
Steps = tuple[tuple[Decimal, Decimal], ...]
"""From which quantity on, and the price."""


@dataclass(frozen=True, slots=True)
class PriceBook:
    id: str
    name: str
    currency: str
    prices: dict[str, Steps] | None
    """By item; None where all are a percentage above or below the item's own price."""
    factor: Decimal
    step: Decimal
    is_foreign: bool
    """Whether items' own prices are in another currency."""

    def steps(self, item: Row) -> Steps:
        """With the item's own price where the list leaves it: what was taken off a list must not go on there."""
        if self.prices is not None and (steps := self.prices.get(str(item["item_id"]))):
            return steps
        rate = _decimal(item.get("rate"))
        if rate is None or self.is_foreign:
            return ()
        return ((Decimal(1), rate if self.prices is not None else self._moved(rate)),)

    def _moved(self, rate: Decimal) -> Decimal:
        return (rate * self.factor).quantize(self.step, ROUND_HALF_UP)


def price_books(calls: Calls, ground: Ground) -> tuple[list[PriceBook], list[str]]:
    """Those that can be read, and the names of the others that are sold by. Raises a `Fault`."""
    usable, strange = [], []
    for row in calls.rows("pricebooks"):
        if row.get("status", "active") == "active" and row.get("sales_or_purchase_type", "sales") == "sales":
            book = _book(row, ground)
            if book is None:
                strange.append(str(row.get("name", "")))
            else:
                usable.append(book)
    return usable, strange


def _book(row: Row, ground: Ground) -> PriceBook | None:
    prices, factor = None, Decimal(1)
    if row.get("pricebook_type") == "per_item":
        items = [item for item in row.get("pricebook_items") or [] if isinstance(item, dict)]
        prices = {str(item["item_id"]): tuple(_steps(item)) for item in items}
        if not prices or not all(prices.values()):
            return None
    else:
        percentage = _decimal(row.get("percentage"))
        if percentage is None or row.get("rounding_type", "") not in AS_IT_IS:
            return None
        factor += percentage / 100 if row.get("is_increase") else -percentage / 100
    places = row.get("decimal_place")
    currency = str(row.get("currency_code") or ground.currency)
    if prices is None and currency != ground.currency:
        return None
    return PriceBook(
        id=f"{LIST_PREFIX}{row['pricebook_id']}",
        name=str(row.get("name") or row["pricebook_id"]),
        currency=currency,
        prices=prices,
        factor=factor,
        step=Decimal(1).scaleb(-places) if isinstance(places, int) and 0 <= places <= 6 else ground.step,
        is_foreign=currency != ground.currency,
    )


def _steps(item: Row) -> Iterator[tuple[Decimal, Decimal]]:
    """One, or one for each bracket of quantities."""
    if item.get("pricing_scheme") == "volume":
        for bracket in item.get("price_brackets") or []:
            least, rate = _decimal(bracket.get("start_quantity")), _decimal(bracket.get("pricebook_rate"))
            if least is not None and rate is not None:
                yield max(least, Decimal(1)), rate
    elif (rate := _decimal(item.get("pricebook_rate"))) is not None:
        yield Decimal(1), rate


def _decimal(value: Any) -> Decimal | None:
    return None if value in {None, ""} else Decimal(str(value))
