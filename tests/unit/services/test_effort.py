"""What one more line costs: the same in a cart of eighty lines as in one of two."""

from contextlib import closing
from dataclasses import replace

import pytest

from tests.support.effort import Effort
from tests.support.replica_making import price, product
from tests.support.ui import Folder
from wizterm.domain.browsing import EVERYTHING, Order

PRODUCTS = 81
FEW, MANY = 2, PRODUCTS - 1
LOGGED = 40_000
"""Bytes: ten pages of 4 KiB, as many as a row in each of cart, line and step can touch with their indexes."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = {
        "products": [product(number) for number in range(PRODUCTS)],
        "prices": [price(number) for number in range(PRODUCTS)],
    }
    with closing(Folder(tmp_path_factory.mktemp("effort"), tables=made)) as folder:
        yield folder


def effort_in_a_cart_of(count, folder, work):
    """What the work does in a new cart with so many lines."""
    bench = folder.bench
    bench.entry.begin()
    for number in range(count):
        bench.entry.add(f"P{number:05d}")
    line = bench.entry.cart().lines[0].id
    with Effort(bench, folder.path) as effort:
        work(bench, line)
    return effort


WORKS = {
    "a product that is new in the cart": lambda bench, _: bench.entry.add(f"P{PRODUCTS - 1:05d}"),
    "a product that is in the cart": lambda bench, _: bench.entry.add("P00001"),
    "a scan": lambda bench, _: bench.scans.take("P00001"),
    "a typed quantity": lambda bench, line: bench.entry.count(line, "7"),
}


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
def test_it_asks_sqlite_for_as_much_in_a_long_cart_as_in_a_short_one(folder, work):
    short, long = (effort_in_a_cart_of(count, folder, work) for count in (FEW, MANY))
    assert len(long.statements) == len(short.statements)
    asked, asked_of_few = (sum(map(len, each.statements)) for each in (long, short))
    assert asked == pytest.approx(asked_of_few, rel=0.05), "statements grow with the cart"


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
def test_it_reads_the_cart_once_and_commits_a_few_pages_once(folder, work):
    effort = effort_in_a_cart_of(MANY, folder, work)
    assert sum("FROM cart_line" in each for each in effort.statements) == 1
    assert effort.statements.count("COMMIT") == 1
    assert 0 < effort.logged <= LOGGED


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
def test_it_walks_through_nothing_that_grows_with_the_company(folder, work):
    small = {"cart", "price_lists", "promotions", "tax_rates", "rep_limits"}
    walked = {walk.split()[1] for walk in effort_in_a_cart_of(FEW, folder, work).walks()}
    assert walked <= small


@pytest.mark.parametrize("order", [order for order in Order if order is not Order.BEST])
def test_a_further_page_in_any_order_reads_its_own_rows_and_no_index(folder, order):
    browse = replace(EVERYTHING, order=order)
    first = folder.bench.search.page("", None, browse=browse)
    with Effort(folder.bench, folder.path) as effort:
        further = folder.bench.search.page("", None, first.offers[-1].row, browse)
    assert {offer.product.sku for offer in (*first.offers, *further.offers)} == {f"P{n:05d}" for n in range(PRODUCTS)}
    assert not [each for each in effort.statements if "products_text" in each]
