"""Any order comes to the same total there, by the arithmetic of the stand-in, whichever way it rounds halves."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.test_connector import SESSION, outgoing
from tests.support.documents_making import line, order
from tests.support.zoho_box.company import Company
from wizterm.connectors.zoho.errand import Errand
from wizterm.connectors.zoho.flavours import BOOKS
from wizterm.connectors.zoho.goods import Goods
from wizterm.connectors.zoho.ground import Ground
from wizterm.connectors.zoho.sale_lines import sale_lines
from wizterm.protocol.bodies import Fee

CENT = Decimal("0.01")
SKUS = ("MUG", "TRAY", "LAMP")


@st.composite
def orders(draw):
    """Lines with a discount of their own and their share of one on the whole, and fees."""
    lines = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        price = draw(st.decimals("0.0001", 900, places=4))
        full = line(number, draw(st.sampled_from(SKUS)), draw(st.integers(1, 5_000)), str(price))
        gross = full.gross.quantize(CENT, ROUND_HALF_UP)
        net = (gross * draw(st.decimals(0, 1, places=3))).quantize(CENT, ROUND_HALF_UP)
        share = (net * draw(st.decimals(0, "0.3", places=3))).quantize(CENT, ROUND_HALF_UP)
        lines.append(msgspec.structs.replace(full, gross=gross, net=net, cart_discount=share))
    amounts = draw(st.lists(st.decimals("0.01", 99, places=2), max_size=2))
    fees = tuple(Fee(code="FREIGHT", name="Freight", off="amount", value=each, amount=each) for each in amounts)
    total = sum((each.net - each.cart_discount for each in lines), sum(amounts, Decimal(0)))
    return order(SESSION, "C1", *lines, fees=fees, subtotal=total, total=total)


@given(orders(), st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]), st.sampled_from([CENT, Decimal("0.0001")]))
def test_any_discounts_come_to_the_agreed_total_and_quantities(body, rounding, step):
    company, goods = Company("books", rounding), Goods()
    for sku in (*SKUS, "FREIGHT"):
        goods.note(company.add_item(sku, sku, "1"))
    errand = Errand(None, BOOKS, Ground("Testers & Co", "GBP", step), goods, outgoing(body))
    said = list(sale_lines(errand, body))
    customer = company.add_contact({"contact_name": "C1"})["contact_id"]
    sale = company.add_paper("estimates", {"customer_id": customer, "estimate_number": "1", "line_items": said})
    assert sale["sub_total"] == sale["total"] == body.total
    assert all(each["rate"] == each["rate"].quantize(step) for each in sale["line_items"])
    assert sum(each["quantity"] for each in said) == sum(each.quantity for each in body.lines) + len(body.fees)
