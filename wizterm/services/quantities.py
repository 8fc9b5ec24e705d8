"""How much of a line: as typed with or without a unit, by the case, or the nearest that the rules allow."""

from __future__ import annotations

import re
from decimal import Decimal

from wizterm.db.catalogue import Catalogue
from wizterm.domain.product import Product
from wizterm.domain.quantity import Unit, read_count, show
from wizterm.services.cart_view import CartView
from wizterm.services.order_entry import EntryError, OrderEntry

_WITH_UNIT = re.compile(r"\s*([-−]?[\d.,]+)\s*([^\W\d_].*?)\s*")


class Quantities:
    def __init__(self, entry: OrderEntry, catalogue: Catalogue) -> None:
        self._entry = entry
        self._catalogue = catalogue

    def units(self, line_id: str) -> str:
        """The units a line can be counted in, for the rep to read."""
        return self._product(self._entry.line(line_id).sku).unit_words

    def count(self, line_id: str, text: str) -> CartView:
        """Set a line's count to what was typed: 12, or 2 case; 0 takes the line away."""
        typed = _WITH_UNIT.fullmatch(text)
        if typed is None:
            return self._entry.count(line_id, text)
        line = self._entry.line(line_id)
        unit = _unit(self._product(line.sku), typed[2])
        return self._entry.count_in(line_id, read_count(typed[1]), unit)

    def add_case(self, line_id: str) -> CartView:
        """One more case of the line's product, on a line of its own."""
        line = self._entry.line(line_id)
        product = self._product(line.sku)
        if product.unit_named("case") is None:
            raise EntryError(f"{line.sku} is not sold by the case: expected {product.unit_words}.")
        return self._entry.add(line.sku, Decimal(1), "case", options=line.options)

    def mend(self, *, above: bool) -> CartView:
        """Every quantity that no rule allows, at the nearest above or below that they do, where there is one."""
        for line in self._entry.cart().lines:
            misfit = line.misfit
            if misfit is not None and (misfit.above if above else misfit.below) is not None:
                self.nearest(line.id, above=above)
        return self._entry.current()

    def nearest(self, line_id: str, *, above: bool) -> CartView:
        """The nearest quantity above or below that the product's rules allow; nothing changes where it is allowed."""
        line = self._entry.line(line_id)
        misfit = line.misfit
        if misfit is None:
            raise EntryError(f"{show(line.count)} of {line.sku} can be ordered as it is.")
        quantity = misfit.above if above else misfit.below
        if quantity is None:
            raise EntryError(f"{misfit.reason} There is no valid quantity {'above' if above else 'below'} it.")
        count = quantity / line.unit.factor
        if count == count.to_integral_value():
            return self._entry.count_in(line_id, count, line.unit)
        return self._entry.count_in(line_id, quantity, self._product(line.sku).unit)

    def _product(self, sku: str) -> Product:
        product = self._catalogue.product(sku)
        if product is None:
            raise EntryError(f"{sku} is not in the catalogue on this machine: sync, or choose another product.")
        return product


def _unit(product: Product, word: str) -> Unit:
    unit = product.unit_named(word)
    if unit is None:
        raise EntryError(f"{product.sku} is not sold by the {word[:24]}: expected {product.unit_words}.")
    return unit
