"""A catalogue with everything a product can have: shelves, attributes, stock, variants, modifiers, history."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from tests.support.replica_making import PRODUCT
from tests.support.ui import CUSTOMERS, Folder
from wizterm.db.replica_files import ReplicaFiles
from wizterm.domain.clock import milliseconds
from wizterm.protocol import replica

CLOCK = "Home / Clocks"
LIGHTS = "Home / Lighting / T-lights"
KITCHEN = "Kitchen / Storage"
NOTES = "Stationery / Notebooks"
GOODS = (
    # sku, name, category, brand, price, stock, more
    ("85123A", "White hanging heart t-light holder", LIGHTS, "", "2.95", "214", {"moq": "6", "ioq": "6"}),
    ("84970S", "Hanging heart zinc t-light", LIGHTS, "", "0.85", "0", {"description": "Never leave a flame alone."}),
    ("22727", "Alarm clock Bakelike red", CLOCK, "Bakelike", "3.75", "7", {}),
    ("22666", "Recipe box retrospot", KITCHEN, "Retrospot", "2.95", "40", {"gtin": "9520226660001"}),
    ("47566", "Party bunting", "Party", "", "4.65", "120", {"listed_on": "2026-02-02"}),
    ("22754", "Small red Babushka notebook", NOTES, "Babushka", "0.85", "60", {"colour": "Red", "size": "Small"}),
    ("22757", "Large red Babushka notebook", NOTES, "Babushka", "1.25", "60", {"colour": "Red", "size": "Large"}),
    ("22753", "Small yellow Babushka notebook", NOTES, "Babushka", "0.85", "60", {"colour": "Yellow", "size": "Small"}),
    ("22756", "Large yellow Babushka notebook", NOTES, "Babushka", "1.25", "0", {"colour": "Yellow", "size": "Large"}),
    ("22755", "Small purple Babushka notebook", NOTES, "Babushka", "0.85", "60", {"colour": "Purple", "size": "Small"}),
)
COLOURS = {"85123A": "White", "22727": "Red", "22666": "Red"}
COLLECTIONS = ("85123A", "22727"), ("47566",)


def furnish(folder: Folder) -> None:
    """Put this catalogue in the place of the folder's own."""
    files = ReplicaFiles(folder.path)
    made = files.folder / "shop.db"
    lay_out(made, milliseconds(folder.clock.now() - timedelta(hours=3, minutes=12)))
    files.switch(files.accept(made))


def lay_out(path: Path, counted: int = 0) -> Path:
    """The catalogue as a file."""
    with closing(sqlite3.connect(path)) as connection:
        replica.create(connection)
        for name, rows in _tables(counted).items():
            replica.fill(connection, replica.BY_NAME[name], rows)
        replica.index_all(connection)
        connection.commit()
    return path


def _tables(counted: int) -> dict[str, list[tuple]]:
    return {
        "price_lists": [("retail", "Retail", "GBP", 0, 1, ""), ("trade", "Trade", "GBP", 0, 0, "")],
        "products": [_product(goods) for goods in GOODS],
        "prices": [
            *((f"r{sku}", "retail", sku, "1", price, "", "") for sku, _, _, _, price, _, _ in GOODS),
            ("b1", "retail", "85123A", "32", "2.55", "", ""),
            ("t1", "trade", "47566", "1", "3.95", "", ""),
        ],
        "stock": [(sku, stock, counted) for sku, _, _, _, _, stock, _ in GOODS],
        "attributes": [
            *((f"c{sku}", sku, "Colour", colour, 1) for sku, colour in COLOURS.items()),
            ("m1", "84970S", "Material", "Zinc", 1),
            ("m2", "85123A", "Material", "Wood", 2),
        ],
        "collections": [
            *((f"b{sku}", "Best of spring", sku, place) for place, sku in enumerate(COLLECTIONS[0])),
            *((f"p{sku}", "Party time", sku, place) for place, sku in enumerate(COLLECTIONS[1])),
        ],
        "modifiers": [
            ("22666|lid", "22666", "Name on the lid", 1, 1, 1),
            ("22666|wrap", "22666", "Gift wrap", 0, 2, 2),
        ],
        "modifier_options": [
            ("o1", "22666|lid", "22666", "None", "0", "GBP", 1),
            ("o2", "22666|lid", "22666", "Engraved", "3.50", "GBP", 2),
            ("o3", "22666|wrap", "22666", "Ribbon", "0.75", "GBP", 1),
            ("o4", "22666|wrap", "22666", "Gift box", "1.50", "GBP", 2),
        ],
        "customers": [
            (f"c{place}", f"{12922 + place}", name, "retail", "30 days", "", "", "", "KIM")
            for place, name in enumerate(CUSTOMERS, start=1)
        ],
        "history": [
            ("h1", "c1", "SO-1", "2025-11-04", "85123A", "24", "2.95"),
            ("h2", "c1", "SO-2", "2026-01-28", "85123A", "36", "2.55"),
            ("h3", "c1", "SO-2", "2026-01-28", "47566", "6", "4.65"),
        ],
        "wishlists": [("w1", "c1", "22727", "2026-02-10"), ("w2", "c1", "22666", "2026-01-15")],
    }


def _product(goods: tuple) -> tuple:
    sku, name, category, brand, price, _, more = goods
    family = {"family": "Babushka notebook"} if "Babushka" in name else {}
    row = {"sku": sku, "name": name, "category": category, "brand": brand, "unit": "each", "base_currency": "GBP"}
    return tuple((PRODUCT | row | {"base_price": price} | more | family).values())
