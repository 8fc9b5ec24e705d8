"""What part of the catalogue a rep wants to see, and in which order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

BETWEEN_LEVELS = " / "


class Order(StrEnum):
    BEST = "best sellers"
    NAME = "name"
    PRICE = "price"
    STOCK = "stock"
    NEW = "new"

    @property
    def next(self) -> Order:
        """Round and round."""
        orders = list(Order)
        return orders[(orders.index(self) + 1) % len(orders)]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a product must have: a value of a facet, such as Colour and Red."""

    facet: str
    value: str


@dataclass(frozen=True, slots=True)
class Browse:
    """Values of one facet widen the list, facets narrow it: (red or blue) and in stock."""

    category: str = ""
    """Path; everything below it belongs to it."""
    collection: str = ""
    choices: tuple[Choice, ...] = ()
    """In the order they were made."""
    order: Order = Order.BEST

    @property
    def place(self) -> str:
        """Where in the catalogue this is; empty for all of it."""
        return self.category or self.collection

    @property
    def facets(self) -> tuple[str, ...]:
        """Facets with a choice, in the order they were first chosen."""
        return tuple(dict.fromkeys(choice.facet for choice in self.choices))

    def values(self, facet: str) -> tuple[str, ...]:
        return tuple(choice.value for choice in self.choices if choice.facet == facet)

    def toggled(self, choice: Choice) -> Browse:
        """With the choice made, or taken back where it was made."""
        if choice in self.choices:
            return replace(self, choices=tuple(other for other in self.choices if other != choice))
        return replace(self, choices=(*self.choices, choice))

    def without(self, facet: str) -> Browse:
        return replace(self, choices=tuple(choice for choice in self.choices if choice.facet != facet))

    def wider(self) -> Browse:
        """One step up: the choices go first, then the place, level by level."""
        if self.choices:
            return replace(self, choices=())
        if self.collection:
            return replace(self, collection="")
        return replace(self, category=self.category.rpartition(BETWEEN_LEVELS)[0])


EVERYTHING = Browse()
