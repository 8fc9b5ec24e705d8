"""What a rep can narrow the catalogue by, with how many products each choice leaves; categories as a tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from wizterm.db.finding import Finder, Had, Wanted
from wizterm.domain.browsing import Browse, Choice
from wizterm.domain.clock import Clock
from wizterm.domain.customer import Customer
from wizterm.domain.prices import PriceList
from wizterm.protocol import facets
from wizterm.services.purchases import Purchases

STOCK = "Stock"
BOUGHT = "Bought by this customer"
NEW = "New"
PRICE = "Price"
BRAND = "Brand"
THIS_SEASON = "this month or the two before"
MONTHS_NEW = 3
PLAIN = {STOCK: facets.STOCK, BRAND: facets.BRAND}


NEVER_BOUGHT = Choice(BOUGHT, Had.NEVER)
"""What this customer has not had yet."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One choice of a sheet."""

    choice: Choice
    label: str
    leaves: int
    """How many products there are with it."""
    made: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category or collection, with how many products stand in it."""

    path: str
    products: int


def wanted_of(
    browse: Browse,
    price_list: PriceList,
    customer: Customer | None,
    today: date,
    purchases: Purchases,
    *,
    words: str = "",
) -> Wanted:
    """What the rep chose, as the index knows it."""
    had = tuple(Had(value) for value in browse.values(BOUGHT)) if customer else ()
    places = ((facets.CATEGORY, browse.category), (facets.COLLECTION, browse.collection))
    named: list[tuple[str, tuple[str, ...]]] = [(name, (value,)) for name, value in places if value]
    named += [_indexed(facet, browse.values(facet), price_list, today) for facet in browse.facets if facet != BOUGHT]
    return Wanted(
        price_list=price_list.id,
        words=words,
        facets=tuple(named),
        had=had,
        customer=customer.id if customer else "",
        had_too=tuple(sorted(purchases.own_skus(customer.id))) if customer and had else (),
    )


class Browsing:
    def __init__(
        self, finder: Finder, price_list: Callable[[str], PriceList], purchases: Purchases, clock: Clock
    ) -> None:
        self._finder = finder
        self._purchases = purchases
        self._price_list = price_list
        self._clock = clock

    def shelves(self, customer: Customer | None, list_id: str = "") -> tuple[tuple[Shelf, ...], tuple[Shelf, ...]]:
        """All categories by path, and all collections, with what this customer may buy of them."""
        counts = self._count(Browse(), customer, "", self._list_of(customer, list_id))
        return _shelves(counts, facets.CATEGORY), _shelves(counts, facets.COLLECTION)

    def offered(self, browse: Browse, customer: Customer | None, words: str, list_id: str = "") -> tuple[Offered, ...]:
        """Every choice that leaves something, facet by facet; values of a facet that is chosen widen it."""
        price_list = self._list_of(customer, list_id)
        counts = self._counts_of(self._count(browse, customer, words, price_list), price_list)
        for facet in browse.facets:
            alone = self._counts_of(self._count(browse.without(facet), customer, words, price_list), price_list)
            counts = [entry for entry in counts if entry[0].facet != facet]
            counts += [entry for entry in alone if entry[0].facet == facet]
        if customer:
            counts += [(Choice(BOUGHT, had), self._had(browse, customer, words, price_list, had)) for had in Had]
        made = set(browse.choices)
        return tuple(
            Offered(choice, label(choice), count, choice in made)
            for choice, count in sorted(counts, key=_place)
            if count or choice in made
        )

    def _had(self, browse: Browse, customer: Customer, words: str, price_list: PriceList, had: Had) -> int:
        only = browse.without(BOUGHT).toggled(Choice(BOUGHT, had))
        return self._finder.count(
            wanted_of(only, price_list, customer, self._clock.today(), self._purchases, words=words)
        )

    def _count(
        self, browse: Browse, customer: Customer | None, words: str, price_list: PriceList
    ) -> Counter[tuple[str, str]]:
        return self._finder.facets(
            wanted_of(browse, price_list, customer, self._clock.today(), self._purchases, words=words)
        )

    def _list_of(self, customer: Customer | None, list_id: str) -> PriceList:
        return self._price_list(list_id or (customer.price_list if customer else ""))

    def _counts_of(self, counts: Counter[tuple[str, str]], price_list: PriceList) -> list[tuple[Choice, int]]:
        """What the index counted, as choices; months become one choice."""
        months = set(_months(self._clock.today()))
        new = sum(count for (name, value), count in counts.items() if name == facets.LISTED and value in months)
        plain = {indexed: shown for shown, indexed in PLAIN.items()} | {facets.PRICE + price_list.id: PRICE}
        found = [(Choice(NEW, THIS_SEASON), new)]
        for (name, value), count in counts.items():
            if name in plain:
                found.append((Choice(plain[name], value), count))
            elif name.startswith(facets.ATTRIBUTE):
                found.append((Choice(name, value), count))
        return found


def label(choice: Choice) -> str:
    """A choice in words: Colour: Red."""
    if choice.facet == PRICE:
        lower, _, upper = choice.value.partition("-")
        words = f"{lower} and more" if not upper else f"under {upper}" if lower == "0" else f"{lower} to {upper}"
        return f"{PRICE}: {words}"
    if choice.facet == BOUGHT:
        return "Bought before" if choice.value == Had.BEFORE else "Never bought"
    if choice.facet == STOCK:
        return "In stock"
    if choice.facet == NEW:
        return f"New: {choice.value}"
    return f"{choice.facet.removeprefix(facets.ATTRIBUTE)}: {choice.value}"


def _indexed(facet: str, values: tuple[str, ...], price_list: PriceList, today: date) -> tuple[str, tuple[str, ...]]:
    if facet == NEW:
        return facets.LISTED, tuple(_months(today))
    if facet == PRICE:
        return facets.PRICE + price_list.id, values
    return PLAIN.get(facet, facet), values


def _months(today: date) -> Iterator[str]:
    """This month and those before it in which a product that came is new."""
    for ago in range(MONTHS_NEW):
        year, month = divmod(today.year * 12 + today.month - 1 - ago, 12)
        yield f"{year}-{month + 1:02d}"


def _shelves(counts: Counter[tuple[str, str]], name: str) -> tuple[Shelf, ...]:
    return tuple(sorted((Shelf(value, n) for (facet, value), n in counts.items() if facet == name), key=_levels))


def _levels(shelf: Shelf) -> tuple[str, ...]:
    return tuple(shelf.path.casefold().split(facets.BETWEEN))


def _place(entry: tuple[Choice, int]) -> tuple[int, str, float, str]:
    """Facets in the order reps ask for them; prices from low to high, other values by how many there are."""
    choice, count = entry
    first = (STOCK, BOUGHT, NEW, PRICE)
    rank = first.index(choice.facet) if choice.facet in first else len(first) + (choice.facet == BRAND)
    size = -float(count)
    if choice.facet == PRICE:
        size = float(choice.value.partition("-")[0])
    elif choice.facet == BOUGHT:
        size = list(Had).index(Had(choice.value))
    return rank, choice.facet, size, choice.value
