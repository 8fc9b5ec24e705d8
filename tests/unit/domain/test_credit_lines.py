"""Lines with a count below zero: goods that go back."""

from decimal import Decimal

import pytest

from wizterm.domain.cart import Cart, Line
from wizterm.domain.checking import differences
from wizterm.domain.discount import CartDiscount, LineDiscount, Off
from wizterm.domain.fees import Fee
from wizterm.domain.limits import ProductLimits, RepLimits
from wizterm.domain.money import AmountError
from wizterm.domain.overruns import overruns
from wizterm.domain.prices import Price, PriceSource, typed
from wizterm.domain.quantity import QuantityRule, Unit, read_count, show
from wizterm.domain.submitting import short_of_minimum
from wizterm.domain.tax import TaxRate
from wizterm.domain.terms import NO_TERMS, Terms
from wizterm.domain.totals import totals

D = Decimal


def price(_):
    return Price(D("2.95"), PriceSource.LIST)


def line(key="1", count=12, **more):
    return Line(**{"id": key, "sku": "S", "name": "Heart", "count": D(count), "price": price(None)} | more)


def cart(*lines, **more):
    return Cart("c", "GBP", "t", lines=lines, **more)


@pytest.mark.parametrize(
    ("typed_", "count"), [("12", 12), ("0", 0), ("-3", -3), ("\N{MINUS SIGN}3", -3), (" -1,200 ", -1200)]
)
def test_a_count_may_be_typed_with_a_minus_of_either_kind(typed_, count):
    assert read_count(typed_) == count


@pytest.mark.parametrize("typed_", ["--3", "-", "-0", "- 3.5", "3-", "-1000000"])
def test_what_is_no_count_is_refused(typed_):
    with pytest.raises(AmountError):
        read_count(typed_)


def test_a_count_is_shown_as_it_may_be_typed():
    assert read_count(show(D(-1200))) == -1200


def test_what_goes_back_is_a_line_of_its_own():
    both = cart(line()).adding(line("2", -3), price)
    assert [each.count for each in both.lines] == [12, -3]
    assert [each.count for each in both.adding(line("3", -2), price).lines] == [12, -5]
    assert [each.count for each in both.adding(line("3", 4), price).lines] == [16, -3]


def test_a_line_that_is_turned_goes_on_the_line_that_goes_back_already():
    both = cart(line(), line("2", -3, deliver_on=None))
    assert [(each.id, each.count) for each in both.counting("1", D(-2), price).lines] == [("2", -5)]


def test_a_line_that_is_turned_loses_its_discount():
    turned = cart(line(discount=LineDiscount(Off.PERCENT, D(5)))).counting("1", D(-2), price)
    assert turned.lines[0].discount is None


def test_one_piece_can_go_back_of_what_is_sold_by_the_dozen():
    rule = QuantityRule(D(12), D(6))
    assert line(count=-1, rule=rule).misfit is None
    assert line(count=1, rule=rule).misfit is not None


def test_a_family_does_not_count_what_goes_back():
    both = cart(line(family="F", counts_together=True)).adding(
        line("2", -3, sku="T", family="F", counts_together=True), price
    )
    assert [each.counted for each in both.lines] == [12, 3]


def test_a_case_that_goes_back_is_as_many_pieces():
    assert line(count=-2, unit=Unit("case", D(12))).quantity == -24


def test_a_cart_discount_is_taken_of_what_is_bought_alone():
    figures = totals(cart(line(), line("2", -2), discounts=(CartDiscount(Off.PERCENT, D(10)),)))
    assert figures.discounts == (D("3.54"),)
    assert [part.cart_discount for part in figures.lines] == [D("3.54"), 0]
    assert figures.total == D("35.40") - D("3.54") - D("5.90")


def test_tax_goes_back_with_the_goods():
    terms = Terms((), (TaxRate("full", D(20)),))
    figures = totals(cart(line(tax_code="full"), line("2", -2, tax_code="full")), terms)
    assert figures.taxes[0].amount == D("7.08") - D("1.18")


def test_a_percentage_for_carriage_is_never_paid_out():
    fee = Fee("c", "Carriage", Off.PERCENT, D(10))
    assert totals(cart(line(count=-12), fees=(fee,))).fees == (0,)
    assert totals(cart(line(count=12), fees=(fee,))).fees == (D("3.54"),)


def test_an_order_minimum_looks_at_what_is_bought():
    assert short_of_minimum(totals(cart(line(), line("2", -10))), D(35)) == ""
    assert "0.60 is missing" in short_of_minimum(totals(cart(line(), line("2", -10))), D(36))
    assert short_of_minimum(totals(cart(line(count=-10))), D(35)) == ""


def test_crediting_more_than_the_companys_price_is_money_off_too():
    dear = line(count=-4, price=typed(D("3.54")), instead_of=price(None))
    (over,) = overruns(cart(dear), totals(cart(dear)), RepLimits(most_line_discount=D(10), may_type_prices=True))
    assert (over.percent, over.line) == (20, "1")
    assert over.words == "S: credited 20 % above its price, at most 10 % without approval."


@pytest.mark.parametrize("amount", ["2.95", "2.00", "3.20"])
def test_crediting_at_the_companys_price_or_about_it_needs_nobody(amount):
    back = line(count=-4, price=typed(D(amount)), instead_of=price(None), limits=ProductLimits(floor=D("2.90")))
    assert overruns(cart(back), totals(cart(back)), RepLimits(most_line_discount=D(10))) == ()


def test_a_cart_discount_is_judged_by_what_is_bought():
    whole = cart(line(), line("2", -8), discounts=(CartDiscount(Off.AMOUNT, D("3.54")),))
    assert overruns(whole, totals(whole), RepLimits(most_cart_discount=D(10))) == ()


@pytest.mark.parametrize(("may", "codes"), [(True, []), (False, ["goods_back"])])
def test_goods_taken_back_without_the_right_are_a_difference(may, codes):
    back = cart(line(count=-4))
    found = differences(back, totals(back), price, NO_TERMS, RepLimits(may_credit=may))
    assert [each.code for each in found] == codes
