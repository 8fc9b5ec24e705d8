"""Made up: what products are packed in, tax, fees and promotions, so that each of them can be seen at work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizterm.demo.making.files import Row
from wizterm.demo.making.lists import TRADE, WHOLESALE
from wizterm.demo.making.products import Product, packed_gtin

VAT = "VAT"
PALLETS = 60
"""Of the best sellers that come in cases."""
CASES_ON_A_PALLET = 40
CASE_LEVEL, PALLET_LEVEL = 1, 2
"""Of the packing, in the number that stands on it."""

TAX_RATES: tuple[Row, ...] = ({"code": VAT, "rate": 20, "country": "GB", "inclusive": "no", "on_sum": "yes"},)
"""Abroad the buyer accounts for it."""
FEES: tuple[Row, ...] = (
    {"fee": "CARRIAGE", "name": "Carriage", "amount": "7.95", "tax_code": VAT},
    {"fee": "SMALL", "name": "Small order", "amount": "5.00", "tax_code": VAT},
    {"fee": "EXPRESS", "name": "Express, of the goods", "percent": 4, "tax_code": VAT},
)
PROMOTIONS: tuple[Row, ...] = (
    {
        "promotion": "CLOCKS",
        "name": "Clocks, 10 % from 12 together",
        "percent": 10,
        "valid_from": "2026-01-01",
        "families": "Alarm clock Bakelike;Diner wall clock",
        "threshold": 12,
        "combined": "yes",
    },
    {
        "promotion": "NOTEBOOKS",
        "name": "Notebooks, 5p each",
        "amount": "0.05",
        "valid_from": "2026-01-01",
        "price_lists": f"{TRADE};{WHOLESALE}",
        "families": "Babushka notebook",
        "cap": "20.00",
    },
    {
        "promotion": "BAGS",
        "name": "Jumbo bags, 5 % from 100 on",
        "percent": 5,
        "valid_from": "2026-01-01",
        "price_lists": WHOLESALE,
        "skus": "85099B;23203",
        "threshold": 100,
        "adds_up": "yes",
    },
)


def unit_rows(products: Sequence[Product]) -> Iterator[Row]:
    """A case wherever a product has one, a pallet of the best sellers; each with a number of its own."""
    cased = [(product, row) for product in products if (row := product.row())["case_quantity"]]
    for place, (product, row) in enumerate(cased):
        case = int(str(row["case_quantity"]))
        yield {"sku": product.sku, "code": "case", "factor": case, "gtin": packed_gtin(product.sku, CASE_LEVEL)}
        if place < PALLETS:
            pallet = packed_gtin(product.sku, PALLET_LEVEL)
            yield {"sku": product.sku, "code": "pallet", "factor": case * CASES_ON_A_PALLET, "gtin": pallet}
