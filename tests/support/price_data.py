"""A company whose prices have everything: breaks, a contract, limits, managers, units, a family."""

from __future__ import annotations

from decimal import Decimal

from tests.support.replica_making import product
from wizterm.protocol.pins import new_pin

PIN = "246810"
BOSS = new_pin(PIN, time_cost=1, memory_kib=8)
CODE_KEY = b"what the device checks the first half with"
GOODS = {
    "HEART": {"name": "White hanging heart", "max_discount": "20", "tax_code": "full"},
    "STAND": {"name": "Regency cakestand", "floor_price": "8.00", "base_currency": "GBP", "moq": "12", "ioq": "6"},
    "FLAG": {"name": "Party bunting", "no_discount": 1},
    "MUG-R": {"name": "Red mug", "family": "MUG", "counts_together": 1},
    "MUG-B": {"name": "Blue mug", "family": "MUG", "counts_together": 1},
    "TAPE": {"name": "Tape", "case_quantity": "24"},
}
PRICES = (
    ("retail", "HEART", "1", "2.95"),
    ("retail", "HEART", "32", "2.55"),
    ("retail", "STAND", "1", "10.95"),
    ("retail", "FLAG", "1", "4.65"),
    ("retail", "MUG-R", "1", "5.00"),
    ("retail", "MUG-R", "10", "4.00"),
    ("retail", "MUG-B", "1", "5.00"),
    ("retail", "MUG-B", "10", "4.00"),
    ("retail", "TAPE", "1", "0.50"),
    ("trade", "HEART", "1", "2.50"),
    ("trade", "STAND", "1", "9.95"),
    ("export", "HEART", "1", "3.40"),
)


def tables(**limits: object) -> dict[str, list[tuple]]:
    """Of a catalogue for `Folder`; the rep's limits as given."""
    named = {"most_line_discount": "10", "most_cart_discount": "5", "may_type_prices": 1, "may_switch_lists": 1}
    named |= {"may_credit": 1}
    rights = named | limits
    return {
        "price_lists": [
            ("retail", "Retail", "GBP", 0, 1, "50"),
            ("trade", "Trade", "GBP", 0, 0, "250"),
            ("export", "Export", "EUR", 0, 0, ""),
        ],
        "products": [
            product(place, **{"sku": sku, "base_price": "", "base_currency": ""} | columns)
            for place, (sku, columns) in enumerate(GOODS.items())
        ],
        "prices": [(f"{sku}|{name}|{least}", name, sku, least, price, "", "") for name, sku, least, price in PRICES],
        "contracts": [("k1", "c2", "HEART", "1", "2.10", "GBP", "2026-01-01", "2026-12-31")],
        "units": [("TAPE|pallet", "TAPE", "pallet", "480", "")],
        "customers": [
            ("c1", "12923", "The Paper Lantern", "retail", "30 days", "", "", "", "KIM"),
            ("c2", "12924", "Café Ost", "trade", "", "", "", "100", "KIM"),
            ("c3", "12925", "Müller & Söhne", "export", "", "", "", "", "KIM"),
        ],
        "contacts": [],
        "addresses": [("a1", "c1", "shipping", "14 Stonegate", "York", "YO1 8AS", "GB")],
        "rep_limits": [
            (
                "KIM",
                rights["most_line_discount"],
                rights["most_cart_discount"],
                rights["may_type_prices"],
                rights["may_switch_lists"],
                CODE_KEY.hex(),
                rights["may_credit"],
            )
        ],
        "approvers": [
            ("KIM|BOSS", "KIM", "BOSS", "Bo Strand", BOSS.hash, BOSS.salt, ""),
            ("KIM|LEAD", "KIM", "LEAD", "Lea Dahl", BOSS.hash, BOSS.salt, "15"),
        ],
    }


def amount(text: str) -> Decimal:
    return Decimal(text)
