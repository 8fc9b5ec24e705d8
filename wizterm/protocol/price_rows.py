"""Rows of promotions and tax rates as the trade's values: device and server read them alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from wizterm.domain.discount import Off
from wizterm.domain.promotions import Promotion
from wizterm.domain.tax import TaxRate

PROMOTION: Final = (
    *("id", "name", "off", "value", "valid_from", "valid_to", "customers", "price_lists", "skus", "families"),
    *("threshold", "combined", "cap", "adds_up"),
)
"""Columns, in the order `promotion_of` wants them."""
TAX_RATE: Final = ("code", "rate", "country", "inclusive", "on_sum")


def promotion_of(row: tuple[Any, ...]) -> Promotion:
    said = dict(zip(PROMOTION, row, strict=True))
    return Promotion(
        id=said["id"],
        name=said["name"],
        off=Off(said["off"]),
        value=Decimal(said["value"]),
        valid_from=_day(said["valid_from"]),
        valid_to=_day(said["valid_to"]),
        customers=_names(said["customers"]),
        price_lists=_names(said["price_lists"]),
        skus=_names(said["skus"]),
        families=_names(said["families"]),
        threshold=Decimal(said["threshold"] or 0),
        combined=bool(said["combined"]),
        cap=Decimal(said["cap"]) if said["cap"] else None,
        adds_up=bool(said["adds_up"]),
    )


def tax_rate_of(row: tuple[Any, ...]) -> TaxRate:
    code, rate, country, inclusive, on_sum = row
    return TaxRate(code, Decimal(rate), country, bool(inclusive), bool(on_sum))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(";") if name)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
