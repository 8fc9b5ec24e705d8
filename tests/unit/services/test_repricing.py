from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.price_data import tables
from tests.support.replica_making import product
from tests.support.ui import Folder
from wizterm.services.cart_lines import new_line
from wizterm.services.order_entry import EntryError

D = Decimal


@pytest.fixture
def opened(tmp_path):
    made = []

    def make(data):
        made.append(Folder(tmp_path / str(len(made)), tables=data))
        return made[-1].bench

    yield make
    for folder in made:
        folder.close()


@pytest.fixture
def bench(opened):
    return opened(tables())


def filled(bench):
    bench.entry.begin()
    bench.entry.add("HEART", D(10))
    bench.entry.add("FLAG", D(4))
    return bench.entry.current().cart


def test_what_a_customer_changes_is_shown_before_it_is_kept(bench):
    before = filled(bench)
    proposal = bench.repricing.for_customer("c2")
    assert [(each.sku, each.before, each.after) for each in proposal.moved] == [
        ("HEART", D("2.95"), D("2.10")),
        ("FLAG", D("4.65"), None),
    ]
    assert (proposal.before.total, proposal.after.total) == (D("48.10"), D("21.00"))
    assert bench.entry.current().cart == before


def test_kept_it_is_the_customers_cart_and_what_is_not_sold_blocks(bench):
    filled(bench)
    view = bench.repricing.keep(bench.repricing.for_customer("c2"))
    assert (view.cart.customer, view.cart.price_list, view.totals.total) == ("c2", "trade", D("21.00"))
    assert any("FLAG is not sold" in obstacle.words for obstacle in view.obstacles)


def test_a_customer_for_whom_only_tax_is_added_is_no_question_of_prices(opened):
    bench = opened(tables() | {"tax_rates": [("t1", "full", "GB", "20", 0, 0)]})
    bench.entry.begin()
    bench.entry.add("HEART", D(10))
    proposal = bench.repricing.for_customer("c1")
    assert (proposal.before.total, proposal.after.total) == (D("29.50"), D("35.40"))
    assert proposal.is_plain
    view = bench.repricing.keep(proposal)
    assert view.said == "For The Paper Lantern no price changes; with tax the total is 35.40 GBP."


def test_a_typed_price_stays_whoever_is_chosen(bench):
    line = filled(bench).lines[0].id
    bench.discounting.line_price(line, "2.80")
    view = bench.repricing.keep(bench.repricing.for_customer("c2"))
    assert (view.cart.lines[0].price.amount, view.cart.lines[0].instead_of.amount) == (D("2.80"), D("2.10"))


def test_a_contract_in_another_currency_than_the_list_counts_as_none(opened):
    data = tables()
    data["contracts"] = [("k1", "c3", "HEART", "1", "2.10", "GBP", "", "")]
    bench = opened(data)
    bench.entry.begin("c3")
    line = bench.entry.add("HEART", D(1)).cart.lines[0]
    assert (line.price.amount, line.price.source) == (D("3.40"), "list")


def test_a_rep_with_the_right_gives_the_cart_another_list(bench):
    filled(bench)
    assert [each.id for each in bench.repricing.lists()] == ["retail", "export", "trade"]
    view = bench.repricing.keep(bench.repricing.for_list("export"))
    assert (view.cart.currency, view.cart.lines[0].price.amount) == ("EUR", D("3.40"))


def test_switching_the_list_is_a_right(opened):
    bench = opened(tables(may_switch_lists=0))
    with pytest.raises(EntryError, match="has not let you choose price lists"):
        bench.repricing.lists()


def test_switching_the_customer_of_500_lines_takes_as_many_queries_as_of_five(opened):
    data = tables()
    data["products"] += [product(100 + n, sku=f"P{n}", base_price="", base_currency="") for n in range(500)]
    data["prices"] += [
        (f"q{n}{name}", name, f"P{n}", "1", "1.00", "", "") for n in range(500) for name in ("retail", "trade")
    ]
    bench = opened(data)

    def queries(lines):
        bench.entry.begin()
        goods = tuple(new_line(f"P{n}", bench._sources.catalogue.product(f"P{n}"), D(1)) for n in range(lines))
        bench.entry.change(lambda cart: bench.entry.repriced(replace(cart, lines=goods)))
        said = []
        connection = bench._sources.reader._open()
        connection.set_trace_callback(said.append)
        bench.repricing.for_customer("c2")
        connection.set_trace_callback(None)
        return len(said)

    assert queries(500) == queries(5) <= 30


def test_the_reason_of_a_price_says_everything_that_went_into_it(bench):
    bench.entry.begin("c2")
    line = bench.entry.add("HEART", D(100)).cart.lines[0].id
    bench.discounting.line_percent(line, "5")
    bench.discounting.cart_percent("2")
    why = bench.why.line(line)
    assert (why.source, why.entry, why.unit_price, str(why.valid_to)) == ("contract", "k1", D("2.10"), "2026-12-31")
    assert [(off.what, off.amount) for off in why.taken_off] == [
        ("discount 5 %", D("10.50")),
        ("share of the cart's discounts", D("3.99")),
    ]
    assert (why.gross, why.net, why.share, why.age_seconds) == (D(210), D("199.50"), D("195.51"), 240)


def test_the_reason_names_the_break_and_the_ladder(bench):
    why = bench.why.product("HEART", D(40), "c1")
    assert (why.unit_price, why.min_quantity) == (D("2.55"), 32)
    assert [(step.min_quantity, step.price) for step in why.ladder] == [(1, D("2.95")), (32, D("2.55"))]


def test_a_product_that_is_not_sold_has_no_price_and_an_unknown_one_is_an_error(bench):
    assert not bench.why.product("FLAG", None, "c2").sold
    with pytest.raises(EntryError, match="HAT is not in the catalogue"):
        bench.why.product("HAT", None)
