from contextlib import closing

import pytest

from tests.support.ui import Folder
from wizterm.services.order_entry import EntryError


@pytest.fixture
def folder(tmp_path):
    with closing(Folder(tmp_path)) as folder:
        yield folder


@pytest.fixture
def bench(folder):
    return folder.bench


def fill(bench, **lines):
    """A new cart for c1 with these lines."""
    cart = bench.entry.begin("c1").cart
    for sku, count in lines.items():
        bench.entry.add(sku.removeprefix("s"), count)
    return cart.id


def skus(bench):
    return {line.sku: int(line.count) for line in bench.entry.current().cart.lines}


def test_every_cart_is_listed_with_its_customer_lines_and_total(bench):
    guest = bench.entry.begin().cart.id
    filled = fill(bench, s47566=2)
    first, second = bench.shelf.all()
    assert (first.id, first.customer, first.lines, str(first.total), first.at_hand) == (
        filled,
        "The Paper Lantern",
        1,
        "9.30",
        True,
    )
    assert (second.id, second.customer, second.at_hand) == (guest, "", False)


def test_merging_puts_everything_into_the_cart_at_hand_and_the_other_away(bench):
    other = fill(bench, s47566=2, s22423=1)
    fill(bench, s47566=3)
    view = bench.shelf.merge(other)
    assert skus(bench) == {"47566": 5, "22423": 1}
    assert str(view.totals.total) == "34.20"
    assert [cart.id for cart in bench.shelf.all()] == [view.cart.id]


def test_a_cart_is_not_merged_with_itself(bench):
    here = fill(bench, s47566=2)
    with pytest.raises(EntryError, match="cart at hand"):
        bench.shelf.merge(here)


def test_a_merge_that_is_cut_short_changes_nothing(bench, monkeypatch):
    other = fill(bench, s47566=2)
    here = fill(bench, s47566=3)
    monkeypatch.setattr(type(bench._sources.carts), "save", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bench.shelf.merge(other)
    assert {cart.id for cart in bench.shelf.all()} >= {here, other}


def test_a_held_cart_is_listed_and_passed_over(bench):
    held, here = fill(bench, s47566=2), fill(bench, s22423=1)
    bench.shelf.hold_or_reopen(held)
    assert bench.entry.switch(1).cart.id == here
    assert [(cart.id, cart.held) for cart in bench.shelf.all()][-1] == (held, True)
    bench.shelf.hold_or_reopen(held)
    assert bench.entry.current().cart.id == held


def test_naming_another_cart_leaves_at_hand_what_is(bench):
    other, here = fill(bench), fill(bench)
    bench.shelf.rename(other, "  spring ")
    assert bench.entry.current().cart.id == here
    assert "spring" in [cart.name for cart in bench.shelf.all()]


def test_a_cart_thrown_away_comes_back_to_hand(bench):
    here = fill(bench, s47566=2)
    bench.shelf.discard(here)
    assert here not in [cart.id for cart in bench.shelf.all()]
    bench.shelf.bring_back()
    assert skus(bench) == {"47566": 2}


def test_a_cart_is_split_by_the_days_of_its_lines(bench):
    here = fill(bench, s47566=2, s22423=1)
    line = bench.entry.current().cart.lines[0]
    bench.entry.deliver_on(line.id, "+7")
    bench.shelf.split(here)
    parts = [bench.entry.open(cart.id).cart for cart in bench.shelf.all() if cart.lines]
    assert sorted(([each.sku for each in part.lines], part.details.deliver_from is None) for part in parts) == [
        (["22423"], True),
        (["47566"], False),
    ]
    assert bench.entry.open(here).cart.lines
    assert bench.steps.undo().said == "There is nothing to undo in this cart."


def test_a_cart_of_one_day_is_not_split(bench):
    with pytest.raises(EntryError, match="All lines are for one day"):
        bench.shelf.split(fill(bench, s47566=2))
