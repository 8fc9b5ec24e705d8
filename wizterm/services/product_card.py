"""Everything about one product, as a customer is offered it."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.db.catalogue import Catalogue
from wizterm.db.customers import Purchase
from wizterm.db.descriptions import Descriptions
from wizterm.db.modifiers import Modifiers
from wizterm.domain.customer import Customer
from wizterm.domain.options import Modifier
from wizterm.domain.prices import PriceList
from wizterm.domain.product import Product
from wizterm.services.catalogue import CatalogueSearch, Offer
from wizterm.services.purchases import Purchases

RELATED = 12
PURCHASES = 8


class UnknownProductError(Exception):
    """The product is not in the catalogue on this machine."""


@dataclass(frozen=True, slots=True)
class ProductCard:
    offer: Offer
    price_list: PriceList
    attributes: tuple[tuple[str, str], ...]
    pictures: tuple[str, ...]
    """Digests."""
    for_customer: bool
    """Whether it is shown to somebody, or on a list alone."""
    purchases: tuple[Purchase, ...]
    """Of this product by this customer, newest first."""
    variants: int
    """Of its family, itself among them; 0 for a product that stands alone."""
    modifiers: tuple[Modifier, ...]
    """What is chosen with it when it is added."""
    related: tuple[Offer, ...]
    """Its variants, then the best sellers of its shelf."""

    @property
    def product(self) -> Product:
        return self.offer.product


class ProductCards:
    def __init__(
        self,
        catalogue: Catalogue,
        descriptions: Descriptions,
        purchases: Purchases,
        search: CatalogueSearch,
        modifiers: Modifiers,
    ) -> None:
        self._catalogue = catalogue
        self._descriptions = descriptions
        self._purchases = purchases
        self._search = search
        self._modifiers = modifiers

    def card(self, sku: str, customer: Customer | None, list_id: str = "") -> ProductCard:
        """Always the same number of queries, whatever there is to show; on the customer's list, or this one."""
        product = self._catalogue.product(sku)
        if product is None:
            raise UnknownProductError(f"{sku} is no longer in the catalogue: search again.")
        price_list = self._search.price_list(list_id or (customer.price_list if customer else ""))
        family = self._descriptions.family(product.family, price_list.id)
        shelf = self._descriptions.neighbours(product.category, price_list.id, RELATED + 1)
        others = self._catalogue.products(list(dict.fromkeys([*family, *shelf])))
        related = [other for other in others if other.sku != sku][: max(RELATED, len(family) - 1)]
        offer, *offers = self._search.offers([product, *related], price_list, customer)
        bought = self._purchases.of(customer.id, sku, PURCHASES) if customer else []
        return ProductCard(
            offer=offer,
            price_list=price_list,
            attributes=self._descriptions.attributes(sku),
            pictures=self._descriptions.pictures(sku),
            for_customer=customer is not None,
            purchases=tuple(bought),
            variants=len(family),
            modifiers=self._modifiers.of(sku, price_list.currency),
            related=tuple(offers),
        )
