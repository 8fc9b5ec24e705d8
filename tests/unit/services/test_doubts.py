from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

from wizterm.domain.cart import Cart, Line
from wizterm.domain.customer import Customer
from wizterm.domain.prices import Price, PriceSource
from wizterm.domain.product import Stock
from wizterm.domain.totals import totals
from wizterm.services.doubts import Doubts

D = Decimal


@dataclass
class Book:
    counts: dict[str, int]

    def stock(self, skus):
        return {
            sku: Stock(D(count), datetime(2026, 11, 21, tzinfo=UTC))
            for sku, count in self.counts.items()
            if sku in skus
        }


def view(counts, customer=None):
    lines = tuple(
        Line(id=sku, sku=sku, name=sku, count=D(count), price=Price(D("10.00"), PriceSource.LIST))
        for sku, count in counts.items()
    )
    cart = Cart("c", "GBP", "TRADE", lines=lines)
    return SimpleNamespace(cart=cart, totals=totals(cart), customer=customer)


def test_what_goes_over_the_credit_limit_is_told_with_how_much():
    customer = Customer("1", "Lantern", credit_limit=D(900), balance=D("423.95"))
    assert Doubts(Book({})).of(view({"a": 50}, customer)) == ("Over the credit limit of 900.00 by 23.95 GBP.",)


def test_a_customer_without_a_limit_is_not_doubted():
    assert Doubts(Book({})).of(view({"a": 5_000}, Customer("1", "Lantern"))) == ()


def test_a_line_that_wants_more_than_the_stock_is_told():
    assert Doubts(Book({"a": 3, "b": 9})).of(view({"a": 5, "b": 9})) == ("a wants 5, 3 in stock.",)


def test_stock_that_is_not_known_is_no_doubt():
    assert Doubts(Book({})).of(view({"a": 5})) == ()


def test_many_short_lines_are_counted_not_listed():
    found = Doubts(Book(dict.fromkeys("abcdef", 0))).of(view(dict.fromkeys("abcdef", 1)))
    assert found[3:] == ("And 3 more lines want more than there is in stock.",)
