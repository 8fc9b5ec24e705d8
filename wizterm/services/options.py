"""Seeing to it that a product is added with what must be chosen with it."""

from __future__ import annotations

from wizterm.db.modifiers import Modifiers
from wizterm.domain.options import Chosen, Modifier, faults
from wizterm.domain.product import Product


class OptionsWantedError(Exception):
    """Something can be chosen with the product, and nobody has been asked yet."""

    def __init__(self, product: Product, modifiers: tuple[Modifier, ...], currency: str) -> None:
        super().__init__(f"{product.sku} comes with options to choose: add it by itself, from the catalogue.")
        self.product = product
        self.modifiers = modifiers
        self.currency = currency


class OptionsFaultError(Exception):
    """What was chosen is not as the modifiers say."""


class OptionRules:
    def __init__(self, modifiers: Modifiers) -> None:
        self._modifiers = modifiers

    def settled(self, product: Product, currency: str, chosen: tuple[Chosen, ...] | None) -> tuple[Chosen, ...]:
        """What was chosen, as it goes on the line; None where nobody has been asked.

        Raises `OptionsWantedError` where somebody must be, and `OptionsFaultError` where the rules are broken.
        """
        modifiers = self._modifiers.of(product.sku, currency)
        if modifiers and chosen is None:
            raise OptionsWantedError(product, modifiers, currency)
        if wrong := faults(modifiers, chosen or ()):
            raise OptionsFaultError(" ".join(wrong))
        places = [(each.name, option.name) for each in modifiers for option in each.options]
        return tuple(sorted(chosen or (), key=lambda each: places.index((each.modifier, each.option))))
