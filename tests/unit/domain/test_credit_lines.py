"""Lines with a count below zero: goods that go back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from wizterm.domain.approval import Approval, How
from wizterm.domain.cart import Cart, Line
from wizterm.domain.checking import differences
from wizterm.domain.customer import Customer
from wizterm.domain.discount import CartDiscount, LineDiscount, Off
from wizterm.domain.document import Kind
from wizterm.domain.fees import Fee
from wizterm.domain.limits import ProductLimits, RepLimits
from wizterm.domain.money import AmountError
from wizterm.domain.overruns import overruns
from wizterm.domain.prices import Price, PriceList, PriceSource, typed
from wizterm.domain.promotions import Promotion
from wizterm.domain.quantity import QuantityRule, Unit, read_count, show
from wizterm.domain.submitting import obstacles, short_of_minimum
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


def obstacles_of(whole):
    return obstacles(
        whole,
        Customer("1", "Lantern"),
        Kind.ORDER,
        figures=totals(whole),
        price_list=PriceList("t", "Trade", "GBP", falls_back=False, is_default=True, order_minimum=None),
        rep=RepLimits(may_credit=True),
    )


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


@pytest.mark.parametrize("count", ["-0.000000001", "-3.5", "-1000000"])
def test_what_is_no_number_of_pieces_cannot_go_back(count):
    assert line(count=count).misfit is not None
    found = obstacles_of(cart(line(count=count)))
    assert [each.line for each in found] == ["1"]


def test_of_what_is_weighed_any_weight_can_go_back():
    rule = QuantityRule(D("0.5"), D("0.001"))
    assert line(count="-0.125", rule=rule).misfit is None
    assert line(count="-0.000000001", rule=rule).misfit is not None


def test_half_a_case_goes_back_where_that_is_whole_pieces():
    assert line(count="-0.5", unit=Unit("case", D(12))).misfit is None
    assert line(count="-0.3", unit=Unit("case", D(12))).misfit is not None


def test_a_family_does_not_count_what_goes_back():
    both = cart(line(family="F", counts_together=True)).adding(
        line("2", -3, sku="T", family="F", counts_together=True), price
    )
    assert [each.counted for each in both.lines] == [12, 3]


def by_break(each):
    """2.95, from ten 2.55, from a hundred 2.00."""
    return Price(D("2.00") if each.counted >= 100 else D("2.55") if each.counted >= 10 else D("2.95"), PriceSource.LIST)


def on_days(*counts, sku="S", **more):
    """A cart that takes these counts, each on a day of its own."""
    whole = cart()
    for day, count in enumerate(counts, start=1):
        each = line(str(day), count, sku=sku, deliver_on=date(2026, 3, day), **more)
        whole = whole.adding(each, by_break)
    return whole


def test_many_small_returns_are_credited_at_the_price_of_all_that_goes_back():
    assert {each.price.amount for each in on_days(*[-10] * 10).lines} == {D("2.00")}
    assert totals(on_days(*[-10] * 10)).total == totals(on_days(-100)).total == D(-200)


def test_what_is_bought_beside_it_does_not_make_a_credit_smaller():
    assert [each.price.amount for each in on_days(100, -5).lines] == [D("2.00"), D("2.95")]


def test_a_return_less_makes_every_other_a_smaller_one():
    two = on_days(-5, -5, -5).without("3", by_break)
    assert [each.price.amount for each in two.lines] == [D("2.55")] * 2
    assert [each.price.amount for each in two.counting("2", D(-4), by_break).lines] == [D("2.95")] * 2


def test_a_return_that_is_turned_into_a_purchase_counts_no_longer_with_the_others():
    turned = on_days(-6, -6).counting("1", D(6), by_break)
    assert [(each.count, each.counted, each.price.amount) for each in turned.lines] == [
        (6, 6, D("2.95")),
        (-6, 6, D("2.95")),
    ]


def test_a_family_that_counts_together_comes_back_together():
    reds = on_days(-6, family="F", counts_together=True)
    both = reds.adding(line("9", -6, sku="BLUE", family="F", counts_together=True), by_break)
    assert [each.price.amount for each in both.lines] == [D("2.55")] * 2


def test_products_apart_come_back_apart():
    both = on_days(-6).adding(line("9", -6, sku="T"), by_break)
    assert [each.price.amount for each in both.lines] == [D("2.95")] * 2


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


def short(whole, minimum):
    return short_of_minimum(whole, totals(whole), D(minimum))


def test_an_order_minimum_looks_at_what_is_bought():
    whole = cart(line(), line("2", -10, sku="T"))
    assert short(whole, 35) == ""
    assert "0.60 is missing" in short(whole, 36)
    assert short(cart(line(count=-10)), 35) == ""


def test_what_the_same_order_takes_back_of_a_product_does_not_help_to_the_minimum():
    assert "5.90 is missing" in short(cart(line(), line("2", -2)), "35.40")
    assert "35.40 is missing" in short(cart(line(), line("2", -500)), "35.40")


def test_another_product_that_goes_back_leaves_what_was_bought_of_the_first():
    both = cart(line(), line("2", -500, sku="T"), line("3", -2))
    assert short(both, "29.50") == ""


def at(amount):
    return Price(D(amount), PriceSource.LIST)


FREE = RepLimits(may_credit=True)


def both_ways(*backs, bought=None, discounts=()):
    return cart(bought or line(count=100, price=at(10)), *backs, discounts=discounts)


@pytest.mark.parametrize(
    "whole",
    [
        both_ways(line("2", -99, price=at("4.50")), bought=line(count=100, price=at(4))),
        both_ways(
            line("2", -99, price=at(10)),
            bought=line(count=100, price=at(10), discount=LineDiscount(Off.PERCENT, D(10))),
        ),
        both_ways(line("2", -99, price=at(10)), discounts=(CartDiscount(Off.PERCENT, D(10)),)),
        both_ways(
            *(line(f"{n}", -11, price=at("4.50"), deliver_on=n) for n in range(2, 11)),
            bought=line(count=100, price=at(4)),
        ),
    ],
)
def test_no_order_pays_out_for_goods_that_it_sells_cheaper_itself(whole):
    (over,) = overruns(whole, totals(whole), FREE)
    assert over.line == whole.lines[-1].id
    assert "99 go back" in over.words


def test_a_promotion_on_what_is_bought_lowers_what_is_credited_of_it_too():
    whole = both_ways(line("2", -99, price=at(10)))
    terms = Terms((Promotion("P", "Sale", Off.PERCENT, D(20)),), ())
    (over,) = overruns(whole, totals(whole, terms), FREE)
    assert over.percent == 20
    assert over.words == (
        "S: 99 go back for 990.00, and this order sells as many for 792.00: "
        "take them back in another order, or get approval."
    )


def test_what_goes_back_of_another_product_is_credited_at_its_own_price():
    whole = both_ways(line("2", -99, sku="T", price=at("4.50")), bought=line(count=100, price=at(4)))
    assert overruns(whole, totals(whole), FREE) == ()


def test_crediting_at_what_is_paid_beside_it_needs_nobody():
    whole = both_ways(
        line("2", -99, price=typed(D(9)), instead_of=at(10)), discounts=(CartDiscount(Off.PERCENT, D(10)),)
    )
    assert overruns(whole, totals(whole), FREE) == ()


@pytest.mark.parametrize("count", [1, 3, 7, 100])
def test_a_price_of_many_decimals_that_is_the_same_both_ways_is_nobodys_gain(count):
    whole = both_ways(line("2", -100, price=at("5.123456")), bought=line(count=count, price=at("5.123456")))
    assert overruns(whole, totals(whole), FREE) == ()


def test_a_manager_can_allow_what_is_credited_dearer():
    whole = both_ways(line("2", -99, price=at("4.50")), bought=line(count=100, price=at(4)))
    (over,) = overruns(whole, totals(whole), FREE)
    approval = Approval("BOSS", datetime(2026, 1, 1, tzinfo=UTC), How.PIN, over.percent, "m")
    assert overruns(replace(whole, approvals=(approval,)), totals(whole), FREE) == ()


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
    whole = cart(line(), line("2", -8, sku="T"), discounts=(CartDiscount(Off.AMOUNT, D("3.54")),))
    assert overruns(whole, totals(whole), RepLimits(most_cart_discount=D(10))) == ()


@pytest.mark.parametrize(("may", "codes"), [(True, []), (False, ["goods_back"])])
def test_goods_taken_back_without_the_right_are_a_difference(may, codes):
    back = cart(line(count=-4))
    found = differences(back, totals(back), price, NO_TERMS, RepLimits(may_credit=may))
    assert [each.code for each in found] == codes
