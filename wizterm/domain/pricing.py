"""Pricing a whole cart from the company's data: the one engine of device and server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wizterm.domain.cart import Line, Pricer
from wizterm.domain.prices import Price, PriceSheet


def pricer(sheets: Mapping[str, PriceSheet], on: date) -> Pricer:
    """Prices lines from these sheets, by SKU; a product without a sheet is not sold."""

    def price(line: Line) -> Price | None:
        sheet = sheets.get(line.sku)
        return sheet.price(line.counted, on) if sheet is not None else None

    return price
