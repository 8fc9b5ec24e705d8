"""What the names of products tell about them: colour, pattern, material, pieces, and who belongs together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from wizterm.demo.making.files import Row
from wizterm.demo.making.pricing import to_euro
from wizterm.demo.making.products import Product
from wizterm.demo.making.source import SHIFT

COLOURS = (
    *("red", "blue", "green", "yellow", "orange", "pink", "purple", "lilac", "turquoise", "mint", "white", "ivory"),
    *("cream", "black", "grey", "brown", "silver", "gold", "copper"),
)
SIZES = ("mini", "small", "medium", "large", "jumbo", "giant")
PATTERNS = (
    *("retrospot", "polkadot", "spotty", "paisley", "gingham", "stripe", "floral", "rose", "heart", "star", "skulls"),
    *("dolly girl", "woodland", "strawberry", "leaf", "butterfly", "owl", "vintage"),
)
MATERIALS = (
    *("wooden", "wood", "glass", "ceramic", "porcelain", "metal", "zinc", "tin", "enamel", "wicker", "felt"),
    *("crystal", "paper", "cotton", "velvet", "acrylic", "bakelike", "feather", "lace"),
)
SPELT = {"wooden": "Wood", "spotty": "Polkadot", "bakelike": "Bakelite look"}
PIECES = re.compile(r"\b(?:set|pack|box) of (\d+)|\b(\d+) piece")
FAMILY = 4
"""Variants from which a family is worth a grid."""
LATE = timedelta(days=75)
"""A product that was first sold in the last days of the source is new to the range."""
BEST = 40
PICTURED = 30
LITTLE_GIFTS = 2
"""Pounds."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Where a product stands in its family."""

    family: str
    colour: str
    size: str


def attribute_rows(products: Sequence[Product]) -> Iterator[Row]:
    for product in products:
        for name, values in _told(product.name.lower()).items():
            for value in values:
                yield {"sku": product.sku, "attribute": name, "value": value}


def collection_rows(products: Sequence[Product]) -> Iterator[Row]:
    """What a rep opens a visit with."""
    chosen = {
        "Best sellers": products[:BEST],
        "Little gifts": [product for product in products if product.prices.base < LITTLE_GIFTS][:BEST],
        "Retro kitchen": [product for product in products if _named(product, "retro", "kitchen", "diner")][:BEST],
        "Woodland and garden": [product for product in products if _named(product, "woodland", "garden")][:BEST],
    }
    for collection, members in chosen.items():
        yield from ({"collection": collection, "sku": product.sku} for product in members if not product.discontinued)


def variants(products: Sequence[Product]) -> dict[str, Variant]:
    """Products that differ in nothing but colour and size, by sku."""
    groups: defaultdict[str, dict[tuple[str, str], Product]] = defaultdict(dict)
    for product in products:
        words = product.name.split()
        colours = [word for word in words if word.lower() in COLOURS]
        sizes = [word for word in words if word.lower() in SIZES]
        if len(colours) == 1 and len(sizes) < 2:
            rest = " ".join(word for word in words if word not in (*colours, *sizes))
            family = rest[:1].upper() + rest[1:]
            groups[family].setdefault((colours[0].capitalize(), "".join(sizes).capitalize()), product)
    return {
        product.sku: Variant(family, colour, size or "One size")
        for family, members in groups.items()
        if len(members) >= FAMILY
        for (colour, size), product in members.items()
    }


def listed_on(product: Product, end: date) -> str:
    """The day a product came into the range; empty where it was there before the source begins."""
    return (product.first_sold + SHIFT).isoformat() if end - product.first_sold < LATE else ""


MODIFIERS: Mapping[str, Sequence[tuple[str, str, str, int, int]]] = {
    "22666": (
        ("Name on the lid", "None", "0", 1, 1),
        ("Name on the lid", "Engraved, up to 20 letters", "3.50", 1, 1),
        ("Gift wrap", "Tissue and ribbon", "1.50", 0, 1),
        ("Gift wrap", "Gift box", "2.95", 0, 1),
    ),
    "22457": (
        ("Wording", "As pictured", "0", 1, 1),
        ("Wording", "Your shop's name", "1.25", 1, 1),
        ("Extras", "Rope hanger", "0.30", 0, 2),
        ("Extras", "Stand", "0.85", 0, 2),
    ),
}
"""Made up: modifier, option, pounds on top, at least, at most. By sku."""


def modifier_rows() -> Iterator[Row]:
    for sku, options in MODIFIERS.items():
        for modifier, option, surcharge, least, most in options:
            rules = {"sku": sku, "modifier": modifier, "option": option, "least": least, "most": most}
            yield {**rules, "surcharge": surcharge, "currency": "GBP"}
            yield {**rules, "surcharge": to_euro(Decimal(surcharge)), "currency": "EUR"}


def pictured(products: Sequence[Product]) -> list[Product]:
    """The products that have a picture: the best sellers, and those that come in colours and sizes."""
    family = variants(products)
    sizes: defaultdict[str, set[str]] = defaultdict(set)
    for variant in family.values():
        sizes[variant.family].add(variant.size)
    ranges = [each for each in products if each.sku in family and len(sizes[family[each.sku].family]) > 1]
    return list(dict.fromkeys([*products[:PICTURED], *ranges]))


def _told(name: str) -> dict[str, list[str]]:
    """Attributes by name, as far as the product's name tells them."""
    pieces = PIECES.search(name)
    return {
        "Colour": _words(name, COLOURS),
        "Pattern": _words(name, PATTERNS),
        "Material": _words(name, MATERIALS),
        "Pieces": [pieces[1] or pieces[2]] if pieces else [],
    }


def _words(name: str, known: Sequence[str]) -> list[str]:
    found = [SPELT.get(word, word.capitalize()) for word in known if re.search(rf"\b{word}s?\b", name)]
    return list(dict.fromkeys(found))


def _named(product: Product, *words: str) -> bool:
    return any(word in product.name.lower() for word in words)
