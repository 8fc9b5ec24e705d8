from decimal import Decimal

import pytest

from wizterm.domain.cart import Cart, Line
from wizterm.domain.discount import CartDiscount, LineDiscount, Off, read_amount_off, read_percent
from wizterm.domain.money import AmountError, currency
from wizterm.domain.prices import Price, PriceSource, typed
from wizterm.domain.totals import totals

D = Decimal


def line(key, price, count=1, **more):
    return Line(id=key, sku=key, name=key, count=D(count), price=Price(D(price), PriceSource.LIST), **more)


@pytest.mark.parametrize(("text", "percent"), [("5", "5"), ("12.5 %", "12.5"), (" 100% ", "100")])
def test_a_percentage_is_read_with_or_without_its_sign(text, percent):
    assert read_percent(text) == D(percent)


@pytest.mark.parametrize(
    "text", ["0", "-5", "101", "5.555", "five", "", "%", "9" * 40, "\u0665", "🙂", "[b]5[/b]", "5\x00"]
)
def test_what_is_no_percentage_is_refused_with_a_sentence(text):
    with pytest.raises(AmountError, match="expected a percentage above 0 and up to 100"):
        read_percent(text)


@pytest.mark.parametrize(("text", "code"), [("1.5", "JPY"), ("0", "GBP"), ("-1", "GBP"), ("1.234", "GBP")])
def test_an_amount_off_is_above_zero_and_in_whole_minor_units(text, code):
    with pytest.raises(AmountError):
        read_amount_off(text, currency(code))


def test_cart_discounts_apply_in_the_order_they_were_entered():
    lines = (line("a", "100"),)
    percent, amount = CartDiscount(Off.PERCENT, D(10)), CartDiscount(Off.AMOUNT, D(10))
    assert totals(Cart("c", "GBP", "t", lines=lines, discounts=(percent, amount))).total == D(80)
    assert totals(Cart("c", "GBP", "t", lines=lines, discounts=(amount, percent))).total == D(81)


def test_a_credit_line_takes_no_cart_discount():
    cart = Cart(
        "c", "GBP", "t", lines=(line("a", "100"), line("b", "30", -1)), discounts=(CartDiscount(Off.PERCENT, D(10)),)
    )
    figures = totals(cart)
    assert [part.cart_discount for part in figures.lines] == [D(10), 0]
    assert figures.total == D(60)


def test_a_credit_line_with_a_discount_is_neither_larger_nor_smaller():
    credit = line("b", "30", -1, discount=LineDiscount(Off.PERCENT, D(10)))
    assert totals(Cart("c", "GBP", "t", lines=(credit,))).total == D(-30)


def test_a_typed_price_gives_way_to_the_companys_own_again():
    cart = Cart("c", "GBP", "t", lines=(line("a", "2.95", 10),))
    cheaper = cart.typing("a", typed(D("2.50"))).typing("a", typed(D("2.40")))
    assert cheaper.lines[0].instead_of.amount == D("2.95")
    assert cheaper.typing("a", None) == cart


def test_the_companys_own_price_is_kept_up_to_date_under_a_typed_one():
    cart = Cart("c", "GBP", "t", lines=(line("a", "2.95"),)).typing("a", typed(D("2.50")))
    moved = cart.counting("a", D(40), lambda _: Price(D("2.55"), PriceSource.LIST))
    assert (moved.lines[0].price.amount, moved.lines[0].instead_of.amount) == (D("2.50"), D("2.55"))
