"""The products: their names, codes, quantities and shelves."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from barcode import get as barcode

from wizterm.demo.making.files import Row
from wizterm.demo.making.lots import below, happens
from wizterm.demo.making.pricing import Prices, prices_of
from wizterm.demo.making.ranges import NOTES, category_of, range_of
from wizterm.demo.making.source import Line
from wizterm.demo.making.wording import tidy

DEMONSTRATION_PREFIX = "952"
"""GS1 keeps it for examples: no real product bears it."""
STEPS = (48, 36, 25, 24, 12, 10, 8, 6, 4, 3)
KEPT_PERCENT = 85
CASES = (6, 12, 24, 48, 36, 96, 100, 50, 25, 10, 20, 8, 4)
LONG_UNSOLD = timedelta(days=200)
ENOUGH_SALES = 5
"""Fewer sales say nothing about a habit."""
DEAR = Decimal(25)


@dataclass(frozen=True, slots=True)
class Product:
    """A product with what its sales tell about it; `sales` and `abroad` count invoice lines."""

    sku: str
    name: str
    prices: Prices
    other_names: tuple[str, ...]
    quantities: tuple[int, ...]
    sales: int
    abroad: int
    first_sold: date
    discontinued: bool

    @property
    def sold(self) -> int:
        return sum(self.quantities)

    def row(self) -> Row:
        category = category_of(self.name)
        moq, step = _rhythm(self.quantities)
        return {
            "sku": self.sku,
            "name": self.name,
            "description": self._description(category),
            "category": category,
            "brand": range_of(self.name),
            "gtin": gtin_of(self.sku),
            "unit": _unit(self.name),
            "case_quantity": _case(self.quantities, step),
            "moq": moq,
            "ioq": step,
            "order_limit": self._limit(),
            "base_price": self.prices.base,
            "discontinued": "yes" if self.discontinued else "no",
        }

    def stock_row(self) -> Row:
        return {"sku": self.sku, "quantity": self._stock()}

    def _description(self, category: str) -> str:
        others = [f"Also listed as {name}." for name in self.other_names]
        return " ".join(filter(None, (NOTES.get(category, ""), *others)))

    def _limit(self) -> int | str:
        return 12 if self.prices.base >= DEAR and max(self.quantities) <= 12 else ""

    def _stock(self) -> int:
        """Made up: some weeks of what sells, little of what ends, and now and then nothing."""
        if happens(60 if self.discontinued else 5, self.sku, "out of stock"):
            return 0
        weekly = max(2, self.sold // 4)
        return (
            weekly if self.discontinued else weekly * (1 + below(12, self.sku, "weeks")) + below(12, self.sku, "loose")
        )


def make_products(lines: Sequence[Line]) -> list[Product]:
    """Every product with a name, best seller first."""
    by_sku: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_sku[line.sku].append(line)
    end = max(line.day for line in lines)
    products = [_product(sku, sales, end) for sku, sales in by_sku.items() if any(line.name for line in sales)]
    return sorted(products, key=lambda product: (-product.sales, -product.sold, product.sku))


def gtin_of(sku: str) -> str:
    """Give an EAN-13 that no two codes share: five digits, then up to two letters in base 27."""
    letters = 0
    for letter in sku[5:].ljust(2):
        letters = letters * 27 + (0 if letter == " " else ord(letter) - ord("A") + 1)
    digits = f"{DEMONSTRATION_PREFIX}0{sku[:5]}{letters:03d}"
    return str(barcode("ean13", digits).get_fullcode())


def packed_gtin(sku: str, level: int) -> str:
    """Give the GTIN-14 of a packing around the product."""
    return str(barcode("gtin", f"{level}{gtin_of(sku)[:-1]}").get_fullcode())


def _product(sku: str, sales: Sequence[Line], end: date) -> Product:
    names = Counter(line.name for line in sales if line.name)
    commonest = max(names.items(), key=lambda seen: (seen[1], len(seen[0]), seen[0]))[0]
    return Product(
        sku=sku,
        name=tidy(commonest),
        other_names=tuple(sorted({tidy(name) for name in names} - {tidy(commonest)})),
        prices=prices_of(sales),
        quantities=tuple(line.quantity for line in sales if line.customer) or (1,),
        sales=len(sales),
        abroad=sum(line.country != "United Kingdom" for line in sales),
        first_sold=min(line.day for line in sales),
        discontinued=end - max(line.day for line in sales) > LONG_UNSOLD,
    )


def _rhythm(quantities: Sequence[int]) -> tuple[int | str, int | str]:
    """Find minimum and step, where nearly every sale kept to one."""
    if len(quantities) < ENOUGH_SALES:
        return "", ""
    for step in STEPS:
        if sum(quantity % step == 0 for quantity in quantities) * 100 >= len(quantities) * KEPT_PERCENT:
            return step, step
    return "", ""


def _case(quantities: Sequence[int], step: int | str) -> int | str:
    """Find the packing that a third of all sales kept to."""
    if len(quantities) < ENOUGH_SALES:
        return ""
    seen = Counter(quantities)
    likely = max(CASES, key=lambda size: (seen[size], size))
    fits = likely % (step or 1) == 0 if isinstance(step, int) else True
    return likely if fits and seen[likely] * 3 >= len(quantities) else ""


def _unit(name: str) -> str:
    lower = name.lower()
    for word in ("set", "pack", "pair", "box"):
        if lower.startswith((f"{word} of ", f"{word} ")) and any(letter.isdigit() for letter in lower):
            return word
    return "pair" if lower.startswith("pair ") else "each"
