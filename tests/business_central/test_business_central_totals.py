"""Whatever was agreed, the document in Business Central comes to the same."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from tests.contract.test_connector import SESSION, outgoing
from tests.support.business_central_fixture import business_central_connector
from tests.support.documents_making import line, order
from wizterm.connectors.base import Done
from wizterm.connectors.business_central.amounts import PRICE, terms
from wizterm.protocol.bodies import Fee

CENT = Decimal("0.01")
PERCENTS = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 1000)
PRICES = st.integers(0, 1_000_000_000).map(lambda parts: Decimal(parts) / 1_000_000)
WEIGHTS = st.integers(1, 9_999).map(lambda grams: Decimal(grams) / 1000)
QUANTITIES = st.one_of(st.integers(1, 5_000).map(Decimal), WEIGHTS)
AMOUNTS = st.integers(0, 10_000_000).map(lambda cents: Decimal(cents) / 100)


def rounded(amount):
    return amount.quantize(CENT, ROUND_HALF_UP)


@given(QUANTITIES, PRICES, AMOUNTS)
def test_terms_come_to_any_amount_with_a_discount_that_is_no_surcharge(quantity, price, amount):
    said = terms(quantity, price, amount, CENT)
    base = rounded(said.quantity * said.price)
    assert base - said.discount == amount
    assert 0 <= said.discount <= base
    assert (said.quantity, said.price) == (quantity, said.price.quantize(PRICE))


@given(QUANTITIES, PRICES, AMOUNTS)
def test_what_goes_back_is_the_same_with_the_other_sign(quantity, price, amount):
    there, back = terms(quantity, price, amount, CENT), terms(-quantity, price, -amount, CENT)
    assert (back.quantity, back.price, back.discount) == (-quantity, there.price, -there.discount)


def test_the_price_before_discounts_is_the_one_that_people_see():
    assert terms(Decimal(10), Decimal("4.50"), Decimal("36.45"), CENT) == (10, Decimal("4.5"), Decimal("8.55"))


def test_a_price_of_six_places_is_rounded_up_and_the_rest_taken_off():
    said = terms(Decimal(1000), Decimal("0.333333"), Decimal("333.33"), CENT)
    assert said == (1000, Decimal("0.33334"), Decimal("0.01"))


@st.composite
def lines(draw):
    """A line with a discount of its own and a share of one on the whole; some go back."""
    sign = draw(st.sampled_from([1, 1, 1, -1]))
    price = draw(PRICES)
    full = line(1, draw(st.sampled_from(["MUG", "TRAY"])), sign * draw(st.integers(1, 5_000)), str(price))
    gross = rounded(full.gross)
    net = rounded(gross * (1 - draw(PERCENTS)))
    return changed(full, gross=gross, net=net, cart_discount=rounded(net * draw(PERCENTS)))


@pytest.fixture
def connector(business_central, tmp_path):
    return business_central_connector(business_central, tmp_path)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(lines(), min_size=1, max_size=6), st.integers(-999, 9999).map(lambda cents: Decimal(cents) / 100))
def test_the_total_is_the_agreed_one_to_the_cent(business_central, connector, goods, freight):
    fee = Fee(code="FREIGHT", name="Freight", off="amount", value=freight, amount=freight)
    total = sum((each.net - each.cart_discount for each in goods), freight)
    said = outgoing(order(SESSION, "C1", *goods, fees=(fee,), total=total))
    sent = connector.send(said)
    (row,) = business_central.books.marked(said.key)
    assert sent == Done(row["number"])
    assert business_central.books.totals("salesOrders", row)["totalAmountExcludingTax"] == total
    for sku in ("MUG", "TRAY"):
        there = sum(each["quantity"] for each in row["lines"] if each.get("lineObjectNumber") == sku)
        assert there == sum(each.quantity for each in goods if each.sku == sku)
