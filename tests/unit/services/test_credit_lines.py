"""Taking goods back: who may, how it is entered, and what becomes of it."""

from decimal import Decimal

import pytest

from tests.support.price_data import tables
from tests.support.ui import Folder
from wizterm.domain.document import Kind
from wizterm.protocol import bodies
from wizterm.protocol.sums import sums
from wizterm.services.order_entry import EntryError

D = Decimal


@pytest.fixture
def shop(tmp_path):
    folder = Folder(tmp_path, tables=tables())
    folder.bench.entry.choose_customer("c1")
    yield folder
    folder.close()


@pytest.fixture
def bench(shop):
    return shop.bench


def lines(bench):
    return [(line.sku, line.count) for line in bench.entry.cart().lines]


def test_a_rep_without_the_right_takes_nothing_back(tmp_path):
    folder = Folder(tmp_path, tables=tables(may_credit=0))
    try:
        folder.bench.entry.choose_customer("c1")
        line = folder.bench.entry.add("HEART", D(3)).touched
        for asked in (
            lambda: folder.bench.entry.add("HEART", D(-1)),
            lambda: folder.bench.entry.count(line, "-1"),
            lambda: folder.bench.quantities.count(line, "-1 case"),
        ):
            with pytest.raises(EntryError):
                asked()
        assert lines(folder.bench) == [("HEART", 3)]
    finally:
        folder.close()


def test_a_count_below_zero_makes_a_line_that_goes_back(bench):
    line = bench.entry.add("HEART", D(3)).touched
    assert lines(bench) == [("HEART", 3)]
    view = bench.entry.count(line, "-2")
    assert lines(bench) == [("HEART", -2)]
    assert view.totals.total < 0


def test_what_goes_back_stands_beside_what_is_bought(bench):
    bench.entry.add("HEART", D(12))
    view = bench.entry.add("HEART", D(-2))
    assert lines(bench) == [("HEART", 12), ("HEART", -2)]
    assert view.touched == view.cart.lines[1].id


def test_the_line_that_was_turned_is_told_where_it_went(bench):
    bench.entry.add("HEART", D(-2))
    bought = bench.entry.add("HEART", D(12)).touched
    view = bench.entry.count(bought, "-1")
    assert lines(bench) == [("HEART", -3)]
    assert view.touched == view.cart.lines[0].id


def test_a_step_goes_by_one_and_never_past_the_last_piece(bench):
    line = bench.entry.add("HEART", D(-2)).touched
    bench.entry.step(line, 1)
    view = bench.entry.step(line, 1)
    assert lines(bench) == [("HEART", -1)]
    assert "Delete" in view.said
    bench.entry.step(line, -1)
    assert lines(bench) == [("HEART", -2)]


def test_what_goes_back_has_no_discount_and_may_have_a_typed_price(bench):
    line = bench.entry.add("HEART", D(-2)).touched
    with pytest.raises(EntryError, match="type its price"):
        bench.discounting.line_percent(line, "5")
    assert bench.discounting.line_price(line, "1.00").totals.total == D("-2.00")


def test_a_scan_that_takes_back_does_not_touch_what_goes_back(bench):
    bench.entry.add("HEART", D(-2))
    bench.entry.add("HEART", D(1))
    assert lines(bench) == [("HEART", -2), ("HEART", 1)]


def test_undo_brings_the_line_back_as_it_was(bench):
    line = bench.entry.add("HEART", D(3)).touched
    bench.entry.count(line, "-2")
    bench.steps.undo()
    assert lines(bench) == [("HEART", 3)]


def ordered(bench):
    bench.entry.add("HEART", D(40))
    bench.entry.add("STAND", D(-2))
    return bench.submission.submit(bench.entry.current().cart.id, Kind.ORDER)


def test_the_document_says_it_with_figures_below_zero(bench):
    body = bodies.decode("order", ordered(bench).body)
    back = body.lines[1]
    assert (back.count, back.quantity) == (-2, -2)
    assert back.gross == back.net == -2 * back.unit_price
    assert body.total == sum(line.net for line in body.lines)
    assert [(each.words, each.amount) for each in sums(body)] == [
        ("goods", body.lines[0].net),
        ("credit", back.net),
    ]


def test_ordering_again_leaves_out_what_went_back(bench):
    document = ordered(bench).document
    assert [each.sku for each in bench.again.differences(document)] == ["HEART"]
    bench.again.reorder(document)
    assert lines(bench) == [("HEART", 40)]


def test_an_order_of_nothing_but_returns_is_not_ordered_again(bench):
    bench.entry.add("STAND", D(-2))
    document = bench.submission.submit(bench.entry.current().cart.id, Kind.ORDER).document
    with pytest.raises(EntryError, match="all of it went back"):
        bench.again.reorder(document)
