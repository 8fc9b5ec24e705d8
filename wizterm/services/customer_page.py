"""All there is to know of a customer on one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from wizterm.db.catalogue import Catalogue
from wizterm.db.customers import Purchase
from wizterm.domain.browsing import Browse
from wizterm.domain.clock import Clock
from wizterm.domain.customer import Customer
from wizterm.domain.prices import Price, PriceList
from wizterm.domain.product import Stock
from wizterm.services.browsing import NEVER_BOUGHT
from wizterm.services.cart_view import CartView
from wizterm.services.catalogue import CatalogueSearch
from wizterm.services.customer_book import CustomerBook, History
from wizterm.services.order_entry import EntryError, OrderEntry
from wizterm.services.past_orders import PastOrder
from wizterm.services.wishing import Wishing

STOCKED_DAYS = 180
STOCKED_TIMES = 2
MOST = 100
"""Rows of one tab."""


class Tab(StrEnum):
    ORDERS = "Orders"
    STOCKED = "Stocked"
    TOP = "Top"
    NEVER = "Never ordered"
    WISHES = "Wishlist"

    def beside(self, step: int) -> Tab:
        tabs = list(Tab)
        return tabs[(tabs.index(self) + step) % len(tabs)]


@dataclass(frozen=True, slots=True)
class Article:
    """A product as this customer knows it, or does not."""

    sku: str
    name: str
    times: int = 0
    quantity: Decimal = Decimal(0)
    """All of it, ever."""
    value: Decimal = Decimal(0)
    last: date | None = None
    since: date | None = None
    """Since when it stands on the wishlist."""
    price: Price | None = None
    """Of the least quantity that can be ordered, where it was never bought."""
    stock: Stock | None = None


@dataclass(frozen=True, slots=True)
class Portrait:
    customer: Customer
    price_list: PriceList
    history: History
    orders: tuple[PastOrder, ...]
    articles: dict[Tab, tuple[Article, ...]]
    as_of: datetime | None
    """When credit and balance were true: the last complete sync."""


class CustomerPages:
    def __init__(
        self,
        *,
        book: CustomerBook,
        catalogue: Catalogue,
        search: CatalogueSearch,
        entry: OrderEntry,
        wishing: Wishing,
        clock: Clock,
        synced_at: Callable[[], datetime | None],
    ) -> None:
        self._book = book
        self._catalogue = catalogue
        self._search = search
        self._entry = entry
        self._wishing = wishing
        self._clock = clock
        self._synced_at = synced_at

    def portrait(self, customer_id: str) -> Portrait:
        customer = self._book.get(customer_id)
        if customer is None:
            raise EntryError("That customer is no longer on this machine: search again.")
        purchases = self._book.purchases(customer_id)
        bought = self._bought(purchases)
        by_value = sorted(bought, key=lambda article: (-article.value, article.sku))
        since = self._clock.today() - timedelta(days=STOCKED_DAYS)
        stocked = (each for each in by_value if each.times >= STOCKED_TIMES and each.last and each.last >= since)
        wished = self._wishing.listed(customer_id)
        return Portrait(
            customer=customer,
            price_list=self._search.price_list(customer.price_list),
            history=self._book.history(customer_id),
            orders=self._book.orders(customer_id),
            articles={
                Tab.WISHES: tuple(Article(each.sku, each.name, since=each.since) for each in wished),
                Tab.STOCKED: tuple(sorted(stocked, key=lambda each: (-each.times, each.sku)))[:MOST],
                Tab.TOP: tuple(by_value[:MOST]),
                Tab.NEVER: self._never(customer, {article.sku for article in bought}),
            },
            as_of=self._synced_at(),
        )

    def add(self, customer_id: str, sku: str) -> CartView:
        """Put a product into the cart at hand, where that is this customer's."""
        self._wishing.check_cart(customer_id)
        return self._entry.add(sku)

    def _bought(self, purchases: Iterable[Purchase]) -> list[Article]:
        by_sku: defaultdict[str, list[Purchase]] = defaultdict(list)
        for purchase in purchases:
            by_sku[purchase.sku].append(purchase)
        return [self._article(sku, lines) for sku, lines in by_sku.items()]

    def _article(self, sku: str, lines: list[Purchase]) -> Article:
        product = self._catalogue.product(sku)
        return Article(
            sku=sku,
            name=product.name if product else "no longer in the catalogue",
            times=len({(line.date, line.order_number) for line in lines}),
            quantity=sum((line.quantity for line in lines), Decimal(0)),
            value=sum((line.quantity * line.unit_price for line in lines), Decimal(0)),
            last=max(line.date for line in lines),
        )

    def _never(self, customer: Customer, bought: Container[str]) -> tuple[Article, ...]:
        """Best sellers first; what was bought on this machine alone the catalogue does not know yet."""
        page = self._search.page("", customer, browse=Browse(choices=(NEVER_BOUGHT,)))
        return tuple(
            Article(offer.product.sku, offer.product.name, price=offer.price, stock=offer.stock)
            for offer in page.offers
            if offer.product.sku not in bought
        )
