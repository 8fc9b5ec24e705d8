from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizterm.domain.approval import Approval, How, half, pin_mac, request_code, spoken_code
from wizterm.domain.cart import Cart, Line
from wizterm.domain.discount import CartDiscount, LineDiscount, Off
from wizterm.domain.limits import ProductLimits, RepLimits
from wizterm.domain.overruns import overruns, wanted_percent
from wizterm.domain.prices import Price, PriceSource, typed
from wizterm.domain.totals import totals

D = Decimal
REP = RepLimits(most_line_discount=D(10), most_cart_discount=D(5))


def cart(*discounts, off=None, limits=ProductLimits(), price=None, approved=None):  # noqa: B008 - a frozen value
    line = Line("1", "A", "A", D(10), Price(D(10), PriceSource.LIST), discount=off, limits=limits)
    approvals = (
        () if approved is None else (Approval("BOSS", datetime(2026, 1, 1, tzinfo=UTC), How.PIN, D(approved), "m"),)
    )
    made = Cart("c", "GBP", "t", lines=(line,), discounts=discounts, approvals=approvals)
    return made.typing("1", typed(D(price))) if price else made


def over(made, rep=REP):
    return overruns(made, totals(made), rep)


def percent(value):
    return LineDiscount(Off.PERCENT, D(value))


def test_a_discount_at_the_limit_needs_nobody_and_a_penny_more_does():
    assert not over(cart(off=percent(10)))
    (found,) = over(cart(off=LineDiscount(Off.AMOUNT, D("10.01"))))
    assert (found.line, found.percent) == ("1", 11)


def test_a_percentage_is_judged_as_typed_however_its_money_is_rounded():
    line = Line("1", "A", "A", D(13), Price(D("2.95"), PriceSource.LIST), discount=percent(50))
    made = Cart("c", "GBP", "t", lines=(line,))
    (found,) = over(made)
    assert (found.words[:12], found.percent) == ("A: 50 % off,", 50)
    assert not over(made, RepLimits(most_line_discount=D(50)))


def test_a_percentage_off_the_cart_is_judged_as_typed():
    line = Line("1", "A", "A", D(13), Price(D("2.95"), PriceSource.LIST))
    made = Cart("c", "GBP", "t", lines=(line,), discounts=(CartDiscount(Off.PERCENT, D(50)),))
    (found,) = over(made)
    assert found.percent == 50
    assert not over(made, RepLimits(most_cart_discount=D(50)))


def test_a_typed_price_counts_as_a_discount_from_the_companys_own():
    assert not over(cart(price="9.00"))
    assert over(cart(price="8.99"))


def test_the_stricter_of_the_reps_and_the_products_limit_holds():
    assert over(cart(off=percent(8), limits=ProductLimits(most_discount=D(5))))
    assert not over(cart(off=percent(8), limits=ProductLimits(most_discount=D(50))))


def test_a_floor_holds_after_every_discount_also_the_carts():
    floor = ProductLimits(floor=D("9.40"), currency="GBP")
    assert not over(cart(off=percent(6), limits=floor))
    assert over(cart(CartDiscount(Off.PERCENT, D(1)), off=percent(6), limits=floor))
    assert not over(cart(off=percent(6), limits=ProductLimits(floor=D("9.90"), currency="EUR")))


def test_a_price_of_the_companys_own_below_the_floor_is_the_companys_doing():
    assert not over(cart(limits=ProductLimits(floor=D(11), currency="GBP")))


def test_the_carts_discounts_are_held_to_the_carts_limit():
    assert not over(cart(CartDiscount(Off.PERCENT, D(5))))
    (found,) = over(cart(CartDiscount(Off.PERCENT, D(5)), CartDiscount(Off.AMOUNT, D(1))))
    assert (found.line, found.percent) == ("", 6)


def test_no_limit_set_is_no_limit():
    assert not over(cart(CartDiscount(Off.PERCENT, D(90)), off=percent(90)), RepLimits())


@settings(max_examples=60)
@given(st.integers(1, 99), st.integers(1, 99))
def test_an_approval_of_what_was_wanted_covers_it_and_nothing_beyond(line_percent, cart_percent):
    wanted = wanted_percent(over(cart(CartDiscount(Off.PERCENT, D(cart_percent)), off=percent(line_percent))))
    allowed = cart(CartDiscount(Off.PERCENT, D(cart_percent)), off=percent(line_percent), approved=wanted)
    assert not over(allowed)
    if 10 <= wanted < 99:
        assert over(cart(off=percent(wanted + 1), approved=wanted))


def test_every_part_of_what_is_approved_is_signed():
    key = b"k"
    right = pin_mac(key, "cart", 1, D(15), "BOSS")
    others = [
        ("tart", 1, D(15), "BOSS"),
        ("cart", 2, D(15), "BOSS"),
        ("cart", 1, D(16), "BOSS"),
        ("cart", 1, D(15), "LEAD"),
    ]
    assert right == pin_mac(key, "cart", 1, D("15.0"), "BOSS")
    assert all(pin_mac(key, *other) != right for other in others)


def test_a_code_has_a_half_for_the_device_and_a_half_for_the_office():
    request = request_code("0192-cart", 1)
    first, second = spoken_code(b"device", b"office", request, D(15), "BOSS").split("-")
    assert first == half(b"device", request.lower().replace("-", ""), D(15), "BOSS")
    assert second == half(b"office", request, D(15), "BOSS")
    assert first != half(b"device", request, D(16), "BOSS")


@pytest.mark.parametrize(("one", "other"), [(("a", 1), ("b", 1)), (("a", 1), ("a", 2))])
def test_each_cart_and_revision_has_a_request_of_its_own(one, other):
    assert request_code(*one) != request_code(*other)
