from contextlib import closing
from decimal import Decimal

import pytest

from tests.support.outbox_device import FakeClock
from wizterm.db.cart_history import MOST
from wizterm.db.carts import DISCARDED_KEPT, Carts
from wizterm.db.device import open_device
from wizterm.domain.cart import Cart, Line

EMPTY = Cart("c1", "GBP", "retail")


def line(key, count=1):
    return Line(key, key.upper(), f"The {key}", Decimal(count), None)


def with_lines(*keys, of=EMPTY):
    return Cart(of.id, of.currency, of.price_list, lines=tuple(line(key) for key in keys))


@pytest.fixture
def database(tmp_path):
    with closing(open_device(tmp_path)) as database:
        yield database


@pytest.fixture
def carts(database):
    return Carts(database, FakeClock())


def saved(carts, *steps):
    before = None
    for cart in steps:
        carts.save(cart, before)
        before = cart


def test_steps_are_taken_back_one_by_one_and_done_again(carts):
    steps = [EMPTY, with_lines("a"), with_lines("a", "b"), with_lines("b")]
    saved(carts, *steps)
    assert [carts.undo("c1") for _ in range(4)] == [steps[2], steps[1], steps[0], None]
    assert [carts.redo("c1") for _ in range(4)] == [*steps[1:], None]
    assert carts.load("c1") == steps[3]


def test_what_was_taken_back_cannot_be_done_again_after_a_new_step(carts):
    saved(carts, EMPTY, with_lines("a"))
    carts.undo("c1")
    carts.save(with_lines("b"), EMPTY)
    assert carts.redo("c1") is None
    assert carts.undo("c1") == EMPTY


def test_steps_outlive_a_restart(tmp_path):
    with closing(open_device(tmp_path)) as database:
        saved(Carts(database, FakeClock()), EMPTY, with_lines("a"), with_lines())
    with closing(open_device(tmp_path)) as database:
        assert Carts(database, FakeClock()).undo("c1") == with_lines("a")


def test_no_more_steps_are_kept_than_anybody_takes_back(carts):
    saved(carts, EMPTY, *(Cart("c1", "GBP", "retail", lines=(line("a", n),)) for n in range(1, MOST + 20)))
    undone = 0
    while carts.undo("c1") is not None:
        undone += 1
    assert undone == MOST


def test_a_save_that_changes_nothing_is_no_step(carts):
    saved(carts, EMPTY, EMPTY)
    assert carts.undo("c1") is None


def test_a_cart_thrown_away_is_not_at_hand_and_comes_back_with_its_steps(carts):
    saved(carts, EMPTY, with_lines("a"))
    carts.remove("c1")
    assert (carts.latest(), carts.ids(), carts.all()) == (None, [], [])
    assert carts.bring_back() == "c1"
    assert carts.latest() == "c1"
    assert carts.undo("c1") == EMPTY
    assert carts.bring_back() is None


def test_only_the_last_carts_thrown_away_are_kept(carts):
    for number in range(DISCARDED_KEPT + 5):
        carts.save(Cart(f"c{number:02d}", "GBP", "retail"), None)
        carts.remove(f"c{number:02d}")
    assert len([carts.bring_back() for _ in range(DISCARDED_KEPT)]) == DISCARDED_KEPT
    assert carts.bring_back() is None


def test_a_held_cart_is_passed_over_and_listed_last(carts):
    for key in ("c1", "c2", "c3"):
        carts.save(Cart(key, "GBP", "retail"), None)
    carts.hold("c3")
    assert carts.latest() == "c2"
    assert carts.ids() == ["c1", "c2"]
    assert [(kept.cart.id, kept.held) for kept in carts.all()] == [("c2", False), ("c1", False), ("c3", True)]
    carts.touch("c3")
    assert carts.latest() == "c3"


def test_the_cart_touched_last_is_at_hand_though_the_clock_was_set_back(database):
    clock = FakeClock()
    carts = Carts(database, clock)
    saved(carts, EMPTY)
    clock.advance(-3600)
    carts.save(Cart("c0", "GBP", "retail"), None)
    assert carts.latest() == "c0"
