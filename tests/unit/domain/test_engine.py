"""The properties of prices and totals, with everything the engine knows: promotions, fees, tax, families."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from wizterm.domain.cart import Cart, Line
from wizterm.domain.discount import CartDiscount, LineDiscount, Off
from wizterm.domain.fees import Fee
from wizterm.domain.prices import Price, PriceEntry, PriceSheet, PriceSource
from wizterm.domain.pricing import pricer
from wizterm.domain.promotions import Promotion, in_force
from wizterm.domain.tax import TaxRate, rates_for
from wizterm.domain.terms import Terms
from wizterm.domain.totals import totals

D = Decimal
DAY = date(2026, 11, 21)
percents = st.decimals(min_value=0, max_value=100, places=2)
amounts = st.decimals(min_value=0, max_value=500, places=2)
offs = st.sampled_from(Off)


@st.composite
def lines(draw, key):
    return Line(
        id=key,
        sku=f"S{draw(st.integers(0, 4))}",
        name=key,
        count=D(draw(st.integers(-3, 500).filter(bool))),
        price=draw(st.none() | st.builds(Price, st.decimals(0, 999, places=6), st.sampled_from(PriceSource))),
        discount=draw(st.none() | st.builds(LineDiscount, offs, percents)),
        discountable=draw(st.booleans()),
        family=draw(st.sampled_from(["", "F1", "F2"])),
        tax_code=draw(st.sampled_from(["", "full", "half"])),
    )


promotions = st.builds(
    Promotion,
    id=st.sampled_from("ABCD"),
    name=st.just("p"),
    off=offs,
    value=percents,
    skus=st.sampled_from([(), ("S1",), ("S2", "S3")]),
    families=st.sampled_from([(), ("F1",)]),
    threshold=st.sampled_from([D(0), D(10), D(100)]),
    combined=st.booleans(),
    cap=st.none() | amounts,
    adds_up=st.booleans(),
)
rates = st.builds(TaxRate, st.sampled_from(["full", "half"]), percents, inclusive=st.booleans(), on_sum=st.booleans())


@st.composite
def carts(draw):
    return Cart(
        "c",
        draw(st.sampled_from(["GBP", "JPY", "KWD"])),
        "t",
        lines=tuple(draw(lines(str(place))) for place in range(draw(st.integers(0, 12)))),
        discounts=tuple(draw(st.lists(st.builds(CartDiscount, offs, percents), max_size=3))),
        fees=tuple(
            draw(
                st.lists(st.builds(Fee, st.just("x"), st.just("Carriage"), offs, percents, st.just("full")), max_size=2)
            )
        ),
    )


@st.composite
def terms(draw):
    chosen = {each.id: each for each in draw(st.lists(promotions, max_size=4))}
    return Terms(in_force(chosen.values(), "", "t", DAY), rates_for(draw(st.lists(rates, max_size=3)), ""))


@settings(max_examples=60)
@given(carts(), terms())
def test_every_total_is_the_sum_of_its_displayed_parts(cart, terms):
    figures = totals(cart, terms)
    added = sum(tax.amount for tax in figures.taxes if not tax.rate.inclusive)
    assert figures.subtotal == sum(part.net for part in figures.lines)
    assert figures.goods == figures.subtotal - sum(figures.discounts) == sum(part.share for part in figures.lines)
    assert figures.total == figures.goods + sum(figures.fees) + added
    assert sum(part.cart_discount for part in figures.lines) == sum(figures.discounts)
    for line, part in zip(cart.lines, figures.lines, strict=True):
        assert part.net == part.gross - part.promotion - part.discount
        assert part.net >= 0 or line.quantity < 0
    shown = [part.net for part in figures.lines] + [
        figures.total,
        *figures.fees,
        *(tax.amount for tax in figures.taxes),
    ]
    assert all(amount == figures.currency.round(amount) for amount in shown)


@settings(max_examples=60)
@given(carts(), terms())
def test_nothing_is_taken_off_what_goes_back(cart, terms):
    for line, part in zip(cart.lines, totals(cart, terms).lines, strict=True):
        if line.is_credit:
            assert (part.promotion, part.discount, part.cart_discount, part.net) == (0, 0, 0, part.gross)


@settings(max_examples=60)
@given(carts(), terms(), lines("back"), st.integers(1, 500))
def test_what_goes_back_changes_no_figure_of_what_is_bought(cart, terms, back, count):
    back = replace(back, count=D(-count))
    before, after = totals(cart, terms), totals(replace(cart, lines=(*cart.lines, back)), terms)
    assert after.lines[:-1] == before.lines
    assert after.discounts == before.discounts
    assert after.goods == before.goods + after.lines[-1].gross


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 999)), min_size=1, max_size=4), st.integers(1, 100))
def test_goods_are_credited_at_what_as_many_cost_alone(ladder, count):
    entries = tuple(PriceEntry(str(place), D(price), D(least)) for place, (least, price) in enumerate(ladder))
    price = pricer({"S": PriceSheet(listed=entries, base=D(7))}, DAY)
    bought, back = (Cart("c", "GBP", "t").adding(Line("1", "S", "x", D(q), None), price) for q in (count, -count))
    assert totals(back).total == -totals(bought).total


@settings(max_examples=40)
@given(carts(), terms(), st.randoms(use_true_random=False))
def test_totals_do_not_depend_on_the_order_of_lines_but_for_ties(cart, terms, random):
    """Which line a penny of a shared amount falls on may differ between equals; what all come to does not."""
    shuffled = list(cart.lines)
    random.shuffle(shuffled)
    uncapped = Terms(tuple(p for p in terms.promotions if p.cap is None), tuple(r for r in terms.rates if r.on_sum))
    other = Cart(cart.id, cart.currency, "t", lines=tuple(shuffled), discounts=cart.discounts, fees=cart.fees)
    before, after = totals(cart, uncapped), totals(other, uncapped)
    assert (before.subtotal, before.discounts, before.goods) == (after.subtotal, after.discounts, after.goods)


@settings(max_examples=40)
@given(carts(), terms(), lines("new"))
def test_adding_then_removing_a_line_restores_every_figure(cart, terms, more):
    def keep(line):
        return line.price

    plain = Cart(cart.id, cart.currency, "t", lines=cart.lines, discounts=cart.discounts, fees=cart.fees)
    grown = Cart(cart.id, cart.currency, "t", lines=(*cart.lines, more), discounts=cart.discounts, fees=cart.fees)
    assert totals(grown.without("new", keep), terms) == totals(plain, terms)


ladders = st.lists(st.tuples(st.integers(1, 90), st.integers(1, 999)), min_size=1, max_size=4)


@settings(max_examples=60)
@given(ladders, st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_a_family_is_priced_as_if_all_of_it_stood_on_one_line(ladder, counts):
    entries = tuple(PriceEntry(str(place), D(price), D(least)) for place, (least, price) in enumerate(ladder))
    sheet = PriceSheet(listed=entries, base=D(1_000))
    price = pricer({f"S{place}": sheet for place in range(6)}, DAY)
    cart = Cart("c", "GBP", "t")
    for place, count in enumerate(counts):
        line = Line(str(place), f"S{place}", "x", D(count), None, family="F", counts_together=True)
        cart = cart.adding(line, price)
    assert {line.price.amount for line in cart.lines} == {sheet.price(D(sum(counts)), DAY).amount}
    cart = cart.without("0", price)
    left = sum(counts[1:])
    assert {line.price.amount for line in cart.lines} <= {sheet.price(D(left), DAY).amount if left else 0}


@settings(max_examples=40)
@given(ladders, st.integers(1, 100), st.integers(0, 50))
def test_raising_a_quantity_never_raises_the_price_unless_a_break_says_so(ladder, quantity, more):
    entries = tuple(PriceEntry(str(place), D(price), D(least)) for place, (least, price) in enumerate(ladder))
    price = pricer({"S": PriceSheet(listed=entries, base=D(7))}, DAY)
    line = Line("1", "S", "x", D(quantity), None)
    before = Cart("c", "GBP", "t").adding(line, price)
    after = before.counting("1", D(quantity + more), price)
    if after.lines[0].price.amount > before.lines[0].price.amount:
        assert any(quantity < entry.min_quantity <= quantity + more for entry in entries)


def test_ten_thousand_lines_of_six_decimals_with_everything_on_them_stay_exact():
    line = {"count": D(3), "price": Price(D("0.333333"), PriceSource.LIST), "tax_code": "full"}
    cart = Cart(
        "c",
        "GBP",
        "t",
        lines=tuple(Line(id=str(place), sku="S", name="x", **line) for place in range(10_000)),
        discounts=(CartDiscount(Off.PERCENT, D("2.5")),),
        fees=(Fee("f", "Carriage", Off.AMOUNT, D("9.99"), "full"),),
    )
    figures = totals(cart, Terms((), (TaxRate("full", D(20), on_sum=True),)))
    assert (figures.subtotal, figures.goods) == (D("10000.00"), D("9750.00"))
    assert figures.total == D("9759.99") + D("1952.00")
