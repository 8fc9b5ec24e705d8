"""A family of variants as a sheet of colours and sizes, and putting many of them into the cart in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from wizterm.db.catalogue import Catalogue
from wizterm.db.descriptions import Descriptions
from wizterm.domain.cart import Cart
from wizterm.domain.ids import NewId
from wizterm.domain.money import ZERO
from wizterm.domain.prices import PriceList
from wizterm.domain.product import Product
from wizterm.domain.quantity import MOST, counted, show
from wizterm.domain.size_runs import Cell, SizeRuns
from wizterm.services.cart_lines import new_line
from wizterm.services.cart_view import CartView
from wizterm.services.catalogue import CatalogueSearch, Offer
from wizterm.services.options import OptionRules
from wizterm.services.order_entry import EntryError, OrderEntry
from wizterm.services.pricing import CartPricing

SMALL_TO_LARGE = (
    *("xxs", "xs", "mini", "s", "small", "m", "medium", "l", "large", "xl", "jumbo", "xxl", "giant", "xxxl"),
)


@dataclass(frozen=True, slots=True)
class VariantSheet:
    family: str
    colours: tuple[str, ...]
    sizes: tuple[str, ...]
    offers: Mapping[Cell, Offer]
    in_cart: Mapping[Cell, Decimal]
    price_list: PriceList

    def blank(self, sku: str) -> SizeRuns:
        """Nothing typed yet, at this product's cell."""
        open_ = frozenset(cell for cell, offer in self.offers.items() if can_be_ordered(offer))
        at = next((cell for cell, offer in self.offers.items() if offer.product.sku == sku), (0, 0))
        return SizeRuns(len(self.colours), len(self.sizes), open_, at=at)


def can_be_ordered(offer: Offer) -> bool:
    """Whether it is sold to the customer, and made or at least still in stock."""
    gone = offer.product.discontinued and (offer.stock is None or offer.stock.quantity <= 0)
    return offer.price is not None and not gone


class Variants:
    def __init__(
        self,
        *,
        entry: OrderEntry,
        catalogue: Catalogue,
        descriptions: Descriptions,
        search: CatalogueSearch,
        pricing: CartPricing,
        options: OptionRules,
        new_id: NewId,
    ) -> None:
        self._entry = entry
        self._catalogue = catalogue
        self._descriptions = descriptions
        self._search = search
        self._pricing = pricing
        self._options = options
        self._new_id = new_id

    def sheet(self, sku: str) -> VariantSheet:
        """The product's family, as the customer of the cart at hand is offered it."""
        view = self._entry.current()
        product = self._product(sku)
        family = self._catalogue.products(self._descriptions.family(product.family, view.price_list.id))
        if not family:
            raise EntryError(f"{sku} does not come in colours or sizes.")
        offers = self._search.offers(family, view.price_list, view.customer)
        colours = tuple(dict.fromkeys(each.colour for each in family))
        sizes = tuple(sorted({each.size for each in family}, key=_size))
        cells = {(colours.index(each.product.colour), sizes.index(each.product.size)): each for each in offers}
        held = {cell: _held(view.cart, offer.product.sku) for cell, offer in cells.items()}
        return VariantSheet(product.family, colours, sizes, cells, held, view.price_list)

    def add(self, counts: Mapping[str, Decimal]) -> CartView:
        """All of these, by sku, as one change that can be undone as one."""
        products = [self._product(sku) for sku, count in counts.items() if count > 0]
        if not products:
            raise EntryError("No quantity is typed, so nothing was added.")
        pieces = sum((counts[product.sku] for product in products), ZERO)
        verb = "is" if pieces == 1 else "are"
        said = f"{counted(pieces, 'piece')} of {counted(len(products), 'variant')} {verb} in the cart."
        return self._entry.change(lambda cart: self._with_all(cart, products, counts), said=said)

    def _with_all(self, cart: Cart, products: list[Product], counts: Mapping[str, Decimal]) -> Cart:
        price = self._pricing.pricer(cart, [product.sku for product in products])
        for product in products:
            self._options.settled(product, cart.currency, None)
            line = new_line(self._new_id(), product, counts[product.sku])
            if price(line) is None:
                raise EntryError(f"{product.sku} is not sold to this customer, so nothing was added.")
            if _held(cart, product.sku) + line.quantity > MOST:
                raise EntryError(f"{product.sku}: one line holds at most {show(MOST)}, so nothing was added.")
            cart = cart.adding(line, price)
        return cart

    def _product(self, sku: str) -> Product:
        product = self._catalogue.product(sku)
        if product is None:
            raise EntryError(f"{sku} is not in the catalogue on this machine: sync, or choose another product.")
        return product


def _held(cart: Cart, sku: str) -> Decimal:
    return sum((line.quantity for line in cart.lines if line.sku == sku and not line.is_credit), ZERO)


def _size(size: str) -> tuple[int, float, str]:
    """Words from small to large, then numbers, then what else there is."""
    word = size.casefold()
    if word in SMALL_TO_LARGE:
        return 0, SMALL_TO_LARGE.index(word), ""
    number = word.replace(",", ".").removesuffix("cm").strip()
    return (1, float(number), "") if number.replace(".", "", 1).isdecimal() else (2, 0.0, word)
