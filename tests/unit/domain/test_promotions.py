from datetime import date
from decimal import Decimal

import pytest

from wizterm.domain.cart import Cart, Line
from wizterm.domain.discount import Off
from wizterm.domain.fees import Fee
from wizterm.domain.prices import Price, PriceSource, typed
from wizterm.domain.promotions import Promotion, in_force
from wizterm.domain.tax import TaxRate, rates_for
from wizterm.domain.terms import Terms
from wizterm.domain.totals import totals

D = Decimal
DAY = date(2026, 11, 21)


def line(key, price="10", count=1, **more):
    return Line(
        id=key, sku=more.pop("sku", key), name=key, count=D(count), price=Price(D(price), PriceSource.LIST), **more
    )


def promotion(key="A", value="10", off=Off.PERCENT, **more):
    return Promotion(key, f"offer {key}", off, D(value), **more)


def off(cart_lines, *promotions):
    figures = totals(Cart("c", "GBP", "t", lines=cart_lines), Terms(promotions))
    return [part.promotion for part in figures.lines]


def test_the_best_single_promotion_counts_on_each_line():
    assert off((line("a"), line("b", "100")), promotion("A", "10"), promotion("B", "3", Off.AMOUNT)) == [D(3), D(10)]


def test_promotions_flagged_to_add_up_come_on_top():
    assert off((line("a"),), promotion("A", "10"), promotion("B", "5", adds_up=True)) == [D("1.50")]


def test_no_promotion_takes_more_than_there_is():
    assert off((line("a"),), promotion("A", "80"), promotion("B", "80", adds_up=True)) == [D(10)]


def test_a_threshold_counts_each_line_or_all_of_them():
    two = (line("a", count=6), line("b", count=6))
    assert off(two, promotion(threshold=D(12))) == [0, 0]
    assert off(two, promotion(threshold=D(12), combined=True)) == [D(6), D(6)]


def test_a_cap_is_shared_among_the_lines_to_the_penny():
    shares = off((line("a"), line("b"), line("c")), promotion(cap=D("1.00")))
    assert shares == [D("0.34"), D("0.33"), D("0.33")]


def test_it_is_on_the_products_and_families_it_names_and_on_no_typed_price():
    own = line("c", sku="S")
    own = Line(id="c", sku="S", name="c", count=D(1), price=typed(D(10)))
    named = promotion(skus=("S",), families=("F",))
    assert off((line("a", sku="S"), line("b", family="F"), own, line("d")), named) == [D(1), D(1), 0, 0]


def test_one_on_everything_leaves_out_what_is_sold_without_discounts():
    assert off((line("a"), line("b", discountable=False)), promotion()) == [D(1), 0]


@pytest.mark.parametrize(
    ("who", "holds"),
    [
        ({}, True),
        ({"customers": ("c1",)}, True),
        ({"customers": ("c2",)}, False),
        ({"customers": ("c2",), "price_lists": ("trade",)}, True),
        ({"valid_from": date(2026, 11, 22)}, False),
        ({"valid_to": DAY}, True),
        ({"valid_to": date(2026, 11, 20)}, False),
    ],
)
def test_a_promotion_holds_on_its_days_for_whom_it_names(who, holds):
    assert bool(in_force([promotion(**who)], "c1", "trade", DAY)) is holds


def test_tax_is_taken_of_each_line_or_of_the_rates_sum():
    goods = tuple(line(str(place), "0.33", tax_code="full") for place in range(3))
    cart = Cart("c", "GBP", "t", lines=goods)
    each, whole = TaxRate("full", D(20)), TaxRate("full", D(20), on_sum=True)
    assert totals(cart, Terms((), (each,))).taxes[0].amount == D("0.21")
    assert totals(cart, Terms((), (whole,))).taxes[0].amount == D("0.20")


def test_tax_in_the_prices_is_said_and_not_added():
    cart = Cart("c", "GBP", "t", lines=(line("a", "120", tax_code="full"),))
    figures = totals(cart, Terms((), (TaxRate("full", D(20), inclusive=True),)))
    assert (figures.taxes[0].amount, figures.total) == (D(20), D(120))


def test_a_fee_is_taxed_where_it_names_a_rate():
    cart = Cart("c", "GBP", "t", lines=(line("a", "100"),), fees=(Fee("f", "Carriage", Off.PERCENT, D(5), "full"),))
    figures = totals(cart, Terms((), (TaxRate("full", D(20)),)))
    assert (figures.fees, figures.taxes[0].amount, figures.total) == ((D(5),), D(1), D(106))


def test_the_countrys_own_rate_comes_before_the_one_for_anywhere():
    rates = [TaxRate("full", D(20), "GB"), TaxRate("full", D(0)), TaxRate("full", D(19), "DE")]
    assert [rates_for(rates, country)[0].rate for country in ("GB", "DE", "FR")] == [20, 19, 0]
