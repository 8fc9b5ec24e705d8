"""Pricing a whole cart from the company's data: the one engine of device and server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from wizterm.domain.cart import Line, Pricer
from wizterm.domain.options import surcharge
from wizterm.domain.prices import Price, PriceSheet


def pricer(sheets: Mapping[str, PriceSheet], on: date) -> Pricer:
    """Prices lines from these sheets, by SKU; a product without a sheet is not sold."""

    def price(line: Line) -> Price | None:
        sheet = sheets.get(line.sku)
        found = sheet.price(line.counted, on) if sheet is not None else None
        more = surcharge(line.options)
        return replace(found, amount=found.amount + more, surcharge=more) if found is not None and more else found

    return price
