"""Finding must stay a matter of the text index: a plan that walks through all products would be slow with many."""

from contextlib import closing

import pytest

from tests.support.gift_shop import lay_out
from wizterm.db.finding import Finder, Had, Wanted
from wizterm.db.replica_reader import ReplicaReader
from wizterm.db.vocabulary import Vocabulary
from wizterm.domain.browsing import Order
from wizterm.protocol import facets
from wizterm.protocol.replica import BY_NAME

RED = ("attribute Colour", ("Red",))
IN_STOCK = ("stock", ("in stock",))


class Watching(ReplicaReader):
    """Remembers how SQLite went about what was asked."""

    def __init__(self, path):
        super().__init__(lambda: path)
        self.plans = []

    def rows(self, query, values=()):
        if query.lstrip().startswith("SELECT"):
            self.plans += [row[3] for row in self._open().execute(f"EXPLAIN QUERY PLAN {query}", values)]
        return super().rows(query, values)


@pytest.fixture
def reader(tmp_path):
    with closing(Watching(lay_out(tmp_path / "shop.db"))) as watching:
        yield watching


def found(reader, wanted, order=Order.BEST, after=0, limit=60):
    rows = [row for _, row in Finder(reader).rows(wanted, order, after, limit)]
    return [reader.rows("SELECT sku FROM products WHERE row = ?", (row,))[0][0] for row in rows]


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("retail"),
        Wanted("trade", "p"),
        Wanted("retail", "heart", (RED, IN_STOCK, ("price in retail", ("0-1", "2-5")))),
        Wanted("retail", "heart", had=(Had.BEFORE,), customer="c1"),
        Wanted("retail", "heart", had=(Had.NEVER,), customer="c1"),
    ],
)
def test_nothing_that_is_typed_or_chosen_walks_through_all_products(reader, wanted):
    finder = Finder(reader)
    finder.rows(wanted, Order.BEST, 0, 61)
    finder.count(wanted)
    assert any("VIRTUAL TABLE" in plan for plan in reader.plans)
    assert not [plan for plan in reader.plans if plan.startswith("SCAN") and plan.split()[1] in BY_NAME]


def test_a_page_costs_the_same_number_of_queries_in_every_order_once_the_order_is_known(reader):
    finder = Finder(reader)
    for order in Order:
        finder.rows(Wanted("retail"), order, 0, 61)
        before = len(reader.plans)
        finder.rows(Wanted("retail", "heart"), order, 0, 61)
        assert len(reader.plans) - before <= 2


def test_pages_of_an_order_go_on_where_the_last_one_ended(reader):
    finder = Finder(reader)
    whole = finder.rows(Wanted("retail"), Order.PRICE, 0, 60)
    parts = finder.rows(Wanted("retail"), Order.PRICE, 0, 4)
    parts += finder.rows(Wanted("retail"), Order.PRICE, parts[-1][0], 60)
    assert parts == whole


def test_a_list_shows_only_its_own_products_whatever_is_chosen(reader):
    assert found(reader, Wanted("trade")) == ["47566"]
    assert found(reader, Wanted("trade", facets=(RED,))) == []


def test_values_of_one_facet_widen_and_facets_narrow(reader):
    assert found(reader, Wanted("retail", facets=(("attribute Colour", ("Red", "White")),))) == [
        "85123A",
        "22727",
        "22666",
    ]
    assert found(reader, Wanted("retail", facets=(RED, (facets.BRAND, ("Retrospot",))))) == ["22666"]


def test_facets_are_counted_among_what_is_found(reader):
    counts = Finder(reader).facets(Wanted("retail", "heart"))
    assert counts["category", "Home / Lighting"] == 2
    assert counts["stock", "in stock"] == 1


def test_a_mistyped_word_is_mended_and_a_right_one_is_left_alone(reader):
    assert Vocabulary(reader).mended("hanging haert") == ("hanging heart",)
    assert Vocabulary(reader).mended("hanging heart") == ()
    assert Vocabulary(reader).mended("zzzzzz") == ()
