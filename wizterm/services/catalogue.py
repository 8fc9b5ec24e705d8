"""Finding products, with what this customer pays and has had before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wizterm.db.catalogue import Catalogue
from wizterm.db.finding import MOST_COUNTED, Finder, Wanted
from wizterm.db.replica_reader import NoCatalogueError
from wizterm.db.vocabulary import Vocabulary
from wizterm.domain.browsing import EVERYTHING, Browse
from wizterm.domain.clock import Clock
from wizterm.domain.customer import Customer
from wizterm.domain.prices import Price, PriceList
from wizterm.domain.product import Bought, Product, Stock
from wizterm.services.browsing import wanted_of
from wizterm.services.purchases import Purchases

PAGE = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """A product as this customer is offered it."""

    row: int
    """Its place in the list; pages go on after it."""
    product: Product
    ladder: tuple[Price, ...]
    """From which quantity it costs what, smallest quantity first; empty where it is not sold to the customer."""
    price: Price | None
    """For the least quantity that can be ordered."""
    stock: Stock | None
    bought: Bought | None


@dataclass(frozen=True, slots=True)
class OfferPage:
    query: str
    browse: Browse
    instead: str
    """What was looked for instead, where no product has the words that were typed; else empty."""
    offers: tuple[Offer, ...]
    found: int
    """Zero on every page but the first."""
    or_more: bool
    """Whether the counting stopped at `found`."""
    more: bool
    price_list: PriceList


class CatalogueSearch:
    def __init__(
        self, catalogue: Catalogue, finder: Finder, vocabulary: Vocabulary, purchases: Purchases, clock: Clock
    ) -> None:
        self._catalogue = catalogue
        self._finder = finder
        self._vocabulary = vocabulary
        self._purchases = purchases
        self._clock = clock

    def price_lists(self) -> list[PriceList]:
        """All lists on this machine, the guest list first."""
        return self._catalogue.price_lists()

    def price_list(self, named: str) -> PriceList:
        """The list of this id, or the guest list where it is not on this machine."""
        lists = self._catalogue.price_lists()
        if not lists:
            raise NoCatalogueError("The catalogue has no price list. Ask the office to import one, then sync.")
        return next((price_list for price_list in lists if price_list.id == named), lists[0])

    def page(
        self,
        query: str,
        customer: Customer | None,
        after: int = 0,
        browse: Browse = EVERYTHING,
        instead: str = "",
        *,
        list_id: str = "",
    ) -> OfferPage:
        """One page of what the query finds; an empty query browses everything the list shows.

        `instead` is what the first page looked for instead, where it did. The list is the customer's, where no other
        is named.
        """
        price_list = self.price_list(list_id or (customer.price_list if customer else ""))
        wanted = wanted_of(browse, price_list, customer, self._clock.today(), self._purchases, words=instead or query)
        found = self._finder.rows(wanted, browse.order, after, PAGE + 1)
        if not (found or after):
            instead, found = self._mended(wanted, browse)
        products = self._catalogue.products([row for _, row in found[:PAGE]])
        placed = [(place, product) for (place, _), product in zip(found, products, strict=False)]
        count = self._finder.count(replace(wanted, words=instead or query)) if not after else 0
        return OfferPage(
            query=query,
            browse=browse,
            instead=instead,
            offers=self._offers(placed, price_list, customer),
            found=count,
            or_more=count == MOST_COUNTED,
            more=len(found) > PAGE,
            price_list=price_list,
        )

    def _mended(self, wanted: Wanted, browse: Browse) -> tuple[str, list[tuple[int, int]]]:
        """What was probably meant, and what it finds; nothing where nobody can tell."""
        for words in self._vocabulary.mended(wanted.words):
            if found := self._finder.rows(replace(wanted, words=words), browse.order, 0, PAGE + 1):
                return words, found
        return "", []

    def offers(
        self, products: Sequence[Product], price_list: PriceList, customer: Customer | None
    ) -> tuple[Offer, ...]:
        """These products, as the customer is offered them."""
        return self._offers(list(enumerate(products, start=1)), price_list, customer)

    def _offers(
        self, found: Sequence[tuple[int, Product]], price_list: PriceList, customer: Customer | None
    ) -> tuple[Offer, ...]:
        skus = [product.sku for _, product in found]
        buyer = customer.id if customer else ""
        sheets = self._catalogue.price_sheets(skus, price_list, buyer)
        stock = self._catalogue.stock(skus)
        bought = self._purchases.bought(buyer, skus) if buyer else {}
        today = self._clock.today()
        return tuple(
            Offer(
                row=row,
                product=product,
                ladder=sheets[product.sku].breaks(today),
                price=sheets[product.sku].price(product.rule.least, today),
                stock=stock.get(product.sku),
                bought=bought.get(product.sku),
            )
            for row, product in found
        )
