from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from wizterm.domain.cart import Cart, Line
from wizterm.domain.discount import CartDiscount, LineDiscount, Off
from wizterm.domain.prices import Price, PriceSource, typed
from wizterm.domain.totals import totals

D = Decimal
prices = st.decimals(min_value=0, max_value=9_999, places=6)
percents = st.decimals(min_value=0, max_value=150, places=2)
line_discounts = (
    st.none()
    | st.builds(LineDiscount, st.just(Off.PERCENT), percents)
    | st.builds(LineDiscount, st.just(Off.AMOUNT), st.decimals(min_value=0, max_value=500, places=2))
)
cart_discounts = st.builds(CartDiscount, st.sampled_from(Off), percents)


def line(key, price="1.00", count=1, **more):
    return Line(id=key, sku=key, name=key, count=D(count), price=Price(D(price), PriceSource.LIST), **more)


@st.composite
def carts(draw):
    lines = [
        line(
            str(i),
            draw(prices),
            draw(st.integers(1, 9_999)),
            discount=draw(line_discounts),
            discountable=draw(st.booleans()),
        )
        for i in range(draw(st.integers(0, 30)))
    ]
    currency = draw(st.sampled_from(["GBP", "JPY", "KWD"]))
    return Cart("c", currency, "Trade", lines=tuple(lines), discounts=tuple(draw(st.lists(cart_discounts, max_size=3))))


def keep(line):
    return line.price


@given(carts())
def test_every_total_is_the_sum_of_the_parts_shown_with_it(cart):
    figures = totals(cart)
    assert figures.subtotal == sum(part.net for part in figures.lines)
    assert figures.total == figures.subtotal - sum(figures.discounts)
    assert sum(part.cart_discount for part in figures.lines) == sum(figures.discounts)
    assert all(part.net == part.gross - part.discount for part in figures.lines)
    assert all(0 <= part.cart_discount <= part.net for part in figures.lines)


@given(carts())
def test_lines_that_are_not_discountable_carry_no_cart_discount(cart):
    figures = totals(cart)
    assert all(figures.of(part.id).cart_discount == 0 for part in cart.lines if not part.discountable)


@given(carts(), st.randoms(use_true_random=False))
def test_the_total_does_not_depend_on_the_order_of_lines(cart, random):
    shuffled = list(cart.lines)
    random.shuffle(shuffled)
    other = Cart(cart.id, cart.currency, cart.price_list, lines=tuple(shuffled), discounts=cart.discounts)
    assert totals(other).total == totals(cart).total


@given(carts(), prices)
def test_adding_then_removing_a_line_restores_every_figure(cart, price):
    more = line("new", price, 7)
    assert totals(cart.adding(more, keep).without("new")) == totals(cart)


def test_ten_thousand_lines_of_six_decimals_stay_exact():
    cart = Cart("c", "GBP", "Trade", lines=tuple(line(str(i), "0.333333", 3) for i in range(10_000)))
    assert totals(cart).total == D("10000.00")


def test_a_discount_never_takes_more_than_there_is():
    cart = Cart("c", "GBP", "Trade", lines=(line("a", "5.00"),), discounts=(CartDiscount(Off.AMOUNT, D(9)),))
    assert totals(cart).total == 0


def test_the_same_again_goes_on_the_same_line_and_a_typed_price_on_its_own():
    cart = Cart("c", "GBP", "Trade").adding(line("a"), keep).adding(line("a", count=2), keep)
    assert [part.count for part in cart.lines] == [3]
    own = Line(id="b", sku="a", name="a", count=D(1), price=typed(D("0.50")))
    assert len(cart.adding(own, keep).lines) == 2


def test_a_typed_price_stays_when_the_cart_is_priced_anew():
    own = Line(id="b", sku="a", name="a", count=D(1), price=typed(D("0.50")))
    cart = Cart("c", "GBP", "Trade", lines=(own, line("x"))).repriced(lambda _: Price(D(9), PriceSource.LIST))
    assert [part.price.amount for part in cart.lines] == [D("0.50"), D(9)]


def test_a_count_of_zero_takes_the_line_away():
    cart = Cart("c", "GBP", "Trade", lines=(line("a"), line("b")))
    assert [part.id for part in cart.counting("a", D(0), keep).lines] == ["b"]
