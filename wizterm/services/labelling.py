"""Labels of the products on this machine, for whoever prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from wizterm.db.catalogue import Catalogue
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_reader import ReplicaReader
from wizterm.domain.clock import Clock
from wizterm.domain.money import currency
from wizterm.domain.product import Product
from wizterm.paper.labels import Label

MOST = 5_000
"""Labels at once: some two hundred sheets."""


class LabelError(Exception):
    """What was asked for cannot be printed; the message says what to name instead."""


class Labelling:
    def __init__(self, catalogue: Catalogue, clock: Clock) -> None:
        self._catalogue = catalogue
        self._clock = clock

    def labels(self, skus: Sequence[str], price_list: str = "") -> list[Label]:
        """One for each SKU, in their order, with today's price for the least quantity where a list is named."""
        if len(skus) > MOST:
            raise LabelError(f"{len(skus):,} labels are too many at once: expected at most {MOST:,}.")
        products = [self._product(sku) for sku in skus]
        prices = self._prices(products, price_list) if price_list else {}
        return [
            Label(product.sku, product.name, product.gtin or product.sku, prices.get(product.sku, ""))
            for product in products
        ]

    def _product(self, sku: str) -> Product:
        product = self._catalogue.product(sku)
        if product is None:
            raise LabelError(f"There is no product {sku[:40]} in this catalogue: name it by its SKU.")
        return product

    def _prices(self, products: Sequence[Product], name: str) -> dict[str, str]:
        lists = self._catalogue.price_lists()
        found = next((each for each in lists if each.id == name), None)
        if found is None:
            known = ", ".join(each.id for each in lists)
            raise LabelError(f"There is no price list {name[:40]}: expected one of {known}.")
        sheets = self._catalogue.price_sheets([product.sku for product in products], found, "")
        today = self._clock.today()
        priced = ((product.sku, sheets[product.sku].price(product.rule.least, today)) for product in products)
        in_ = currency(found.currency)
        return {sku: f"{in_.code} {in_.show(price.amount)}" for sku, price in priced if price is not None}


@contextmanager
def open_labelling(folder: Path, clock: Clock) -> Iterator[Labelling]:
    """The labels of a rep's folder. Raises `NoCatalogueError` where nothing has been synced."""
    reader = ReplicaReader(ReplicaFiles(folder).current)
    try:
        yield Labelling(Catalogue(reader), clock)
    finally:
        reader.close()
