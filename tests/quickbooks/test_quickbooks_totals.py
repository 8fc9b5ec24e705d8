"""Whatever was agreed, the document in QuickBooks comes to the same before tax."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from tests.contract.test_connector import SESSION, outgoing
from tests.support.documents_making import line, order
from tests.support.quickbooks_fixture import quickbooks_connector
from wizterm.connectors.base import Done
from wizterm.protocol.bodies import Fee

CENT = Decimal("0.01")
PERCENTS = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 1000)
PRICES = st.integers(0, 10_000_000).map(lambda parts: Decimal(parts) / 10_000)


@st.composite
def lines(draw):
    """A line with a discount of its own and a share of one on the whole."""
    full = line(1, draw(st.sampled_from(["MUG", "TRAY"])), draw(st.integers(1, 5_000)), str(draw(PRICES)))
    gross = full.gross.quantize(CENT, ROUND_HALF_UP)
    net = (gross * (1 - draw(PERCENTS))).quantize(CENT, ROUND_HALF_UP)
    share = (net * draw(PERCENTS)).quantize(CENT, ROUND_HALF_UP)
    return changed(full, gross=gross, net=net, cart_discount=share)


@pytest.fixture
def connector(quickbooks, tmp_path):
    return quickbooks_connector(quickbooks, tmp_path)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(lines(), min_size=1, max_size=6), st.integers(0, 9999).map(lambda cents: Decimal(cents) / 100))
def test_the_total_is_the_agreed_one_to_the_cent(quickbooks, connector, goods, freight):
    fee = Fee(code="FREIGHT", name="Freight", off="amount", value=freight, amount=freight)
    total = sum((each.net - each.cart_discount for each in goods), freight)
    said = outgoing(order(SESSION, "C1", *goods, fees=(fee,), total=total))
    assert connector.send(said) == Done(said.number)
    (row,) = quickbooks.books.marked(said.key)
    assert row["TotalAmt"] - row["TxnTaxDetail"]["TotalTax"] == total
    sold = {sku: sum(each.quantity for each in goods if each.sku == sku) for sku in ("MUG", "TRAY")}
    ids = {item["Id"]: item.get("Sku") for item in quickbooks.books.tables["Item"]}
    there = dict.fromkeys(sold, Decimal(0))
    for each in row["Line"][:-1]:
        detail = each["SalesItemLineDetail"]
        if (sku := ids[detail["ItemRef"]["value"]]) in there:
            there[sku] += detail["Qty"]
    assert there == sold
