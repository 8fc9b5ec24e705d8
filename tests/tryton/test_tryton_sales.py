"""Documents in a real Tryton: what its people see, and that they see it once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.contract.test_connector import SESSION, outgoing
from tests.support.cutting_proxy import CuttingProxy
from tests.support.documents_making import cancellation, line, new_customer, order
from tests.support.tryton_fixture import GROUP, tryton_connector
from wizterm.connectors.base import (
    UNKNOWN_CUSTOMER,
    UNKNOWN_ITEM,
    Done,
    Later,
    Missing,
    Refused,
    Unknown,
)
from wizterm.protocol.bodies import Address, Discount, Fee

pytestmark = GROUP
CREATE, QUOTE, CONFIRM = (f"model.sale.sale.{method}" for method in ("create", "quote", "confirm"))
TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def office(tryton):
    return tryton.office


@pytest.fixture
def connector(tryton, tmp_path):
    return tryton_connector(tryton, tmp_path)


@pytest.fixture
def lossy(tryton):
    with CuttingProxy(tryton.port).open() as proxy:
        yield proxy


def discounted(number, sku="MUG", quantity=10, price="4.50", net="40.50", **other):
    full = line(number, sku, quantity, price)
    off = Discount(off="percent", value=Decimal(10), amount=full.gross - Decimal(net))
    return _changed(full, net=Decimal(net), discount=off, **other)


def _changed(struct, **values):
    from msgspec.structs import replace as changed

    return changed(struct, **values)


def an_order(*lines, **other):
    return outgoing(order(SESSION, "C1", *lines, **other))


def test_a_sale_says_what_was_agreed(connector, office):
    lines = (
        discounted(1, net="40.50", cart_discount=Decimal("4.05"), note="gift wrap\nplease"),
        line(2, "TRAY", 1, "12.00"),
    )
    said = an_order(
        *lines,
        fees=(Fee(code="FREIGHT", name="Freight", off="amount", value=Decimal("7.50"), amount=Decimal("7.50")),),
        total=Decimal("55.95"),
        business_date=TODAY,
        deliver_from=TODAY + timedelta(days=3),
        deliver_to=TODAY + timedelta(days=5),
        delivery=Address(line="Unit 7\nOld Mill", city="Leeds", postcode="LS1 1AA", country="GB"),
        po_number="PO-17",
        contact="Ann",
        payment_method="Card",
        note="Ring twice",
    )
    sent = connector.send(said)
    (sale,) = office.sales(said.number)
    assert sent == Done(sale["number"])
    assert (sale["state"], sale["party."]["code"], sale["currency."]["code"]) == ("processing", "C1", "GBP")
    assert (sale["reference"], sale["sale_date"], sale["shipping_date"]) == ("PO-17", TODAY, TODAY + timedelta(days=3))
    assert {"Ring twice", "Ordered by: Ann", "Payment: Card", "Delivery: from 2026-03-05 to 2026-03-07"} == {
        *sale["comment"].splitlines()
    }
    assert sale["shipment_address."]["full_address"].splitlines()[:2] == ["Unit 7", "Old Mill"]
    got = {each["product."]["code"]: each for each in sale["lines."]}
    assert {code: (each["quantity"], each["amount"]) for code, each in got.items()} == {
        "MUG": (10.0, Decimal("36.45")),
        "TRAY": (1.0, Decimal("12.00")),
        "FREIGHT": (1.0, Decimal("7.50")),
    }
    assert (got["MUG"]["base_price"], got["MUG"]["unit_price"]) == (Decimal("4.5000"), Decimal("3.6450"))
    assert got["MUG"]["note"] == "gift wrap\nplease"
    assert sale["total_amount"] == said.body.total


def test_the_erp_adds_its_own_tax(connector, office):
    said = an_order(line(1, "LAMP", 2, "30.00"))
    connector.send(said)
    (sale,) = office.sales(said.number)
    assert (sale["untaxed_amount"], sale["total_amount"]) == (Decimal("60.00"), Decimal("72.00"))


def test_a_price_that_four_places_cannot_say_still_comes_to_the_agreed_total(connector, office):
    said = an_order(discounted(1, "MUG", 999, "4.50", net="4000.03"))
    assert isinstance(connector.send(said), Done)
    (sale,) = office.sales(said.number)
    assert sale["total_amount"] == Decimal("4000.03")
    assert sum(each["quantity"] for each in sale["lines."]) == 999


def test_the_second_address_that_reads_alike_is_not_made(connector, office):
    place = Address(line="9 New Lane", city="Hull", postcode="HU1 1AA", country="GB")
    for _ in range(2):
        assert isinstance(connector.send(an_order(delivery=place)), Done)
    assert len(office.find("party.address", [["party.code", "=", "C1"], ["city", "=", "Hull"]], "city")) == 1


@pytest.mark.parametrize(
    ("aim", "state"), [("draft", "draft"), ("quotation", "quotation"), ("confirmed", "processing")]
)
def test_an_order_goes_as_far_as_it_was_set_up_to(tryton, tmp_path, office, aim, state):
    connector, said = tryton_connector(tryton, tmp_path, orders=aim), an_order()
    sent = connector.send(said)
    assert connector.find(said) == sent
    assert [sale["state"] for sale in office.sales(said.number)] == [state]


def test_a_quote_is_a_quotation(connector, office):
    body = order(SESSION, "C1", kind="quote", valid_until=TODAY)
    said = outgoing(body)
    assert isinstance(connector.send(said), Done)
    (sale,) = office.sales(said.number)
    assert (sale["state"], sale["comment"]) == ("quotation", "Valid until: 2026-03-02")


def test_an_unknown_item_is_refused_with_its_place_until_it_is_mapped(connector, office):
    said = an_order(line(1, "MUG"), line(2, "TEAPOT"))
    refused = connector.send(said)
    assert isinstance(refused, Refused)
    assert (refused.field, refused.code) == ("lines[1].sku", UNKNOWN_ITEM)
    assert "TEAPOT" in refused.words
    assert connector.find(said) == Missing()
    assert isinstance(connector.send(replace(said, items={"TEAPOT": "TRAY"})), Done)
    assert [each["product."]["code"] for each in office.sales(said.number)[0]["lines."]] == ["MUG", "TRAY"]


@pytest.mark.parametrize("number", ["", "C404"])
def test_an_unknown_customer_is_refused(connector, number):
    refused = connector.send(replace(an_order(), customer_external=number))
    assert isinstance(refused, Refused)
    assert (refused.field, refused.code) == ("customer.number", UNKNOWN_CUSTOMER)


def test_what_tryton_refuses_leaves_nothing_behind_and_can_be_tried_again(connector, office):
    said = replace(an_order(line(1, "TRAY", 100, "12.00")), customer_external="C2")
    refused = connector.send(said)
    assert isinstance(refused, Refused)
    assert "credit limit" in refused.words
    assert office.sales(said.number) == []
    market = office.one("party.party", [["code", "=", "C2"]], "code")["id"]
    office.change("party.party", market, credit_limit_amount=Decimal(10_000))
    assert isinstance(connector.send(said), Done)
    assert len(office.sales(said.number)) == 1


def test_a_second_revision_is_a_sale_of_its_own(connector, office):
    first = an_order(line(1, "TEAPOT"))
    assert isinstance(connector.send(first), Refused)
    mended = order(SESSION, "C1", id=first.id, number=first.number, revision=2)
    assert isinstance(connector.send(outgoing(mended)), Done)
    assert len(office.sales(first.number)) == 1


def test_a_quotation_can_be_taken_back_and_a_sale_under_way_cannot(connector, office):
    quote, under_way = outgoing(order(SESSION, "C1", kind="quote")), an_order()
    for said in (quote, under_way):
        sent = connector.send(said)
        assert isinstance(sent, Done)
        back = outgoing(cancellation(SESSION, said.id), cancels_external=sent.external)
        assert connector.find(back) == Missing()
        taken = connector.send(back)
        if said is quote:
            assert taken == sent == connector.send(back) == connector.find(back)
        else:
            assert isinstance(taken, Refused)
    assert [office.sales(said.number)[0]["state"] for said in (quote, under_way)] == ["cancelled", "processing"]


def test_what_was_cancelled_in_tryton_is_not_called_booked(tryton, tmp_path, office):
    connector, said = tryton_connector(tryton, tmp_path, orders="quotation"), an_order()
    connector.send(said)
    office.calls.model("sale.sale", "cancel", [office.sales(said.number)[0]["id"]])
    assert connector.find(said) == Missing()
    again = connector.send(said)
    assert isinstance(again, Refused)
    assert "cancelled there" in again.words


def test_a_new_customer_and_then_their_order(connector, office):
    shop = new_customer(
        SESSION,
        contact="Bea",
        email="bea@example.com",
        phone="+44 1904 555 020",
        billing=Address(line="1 Side Street", city="York", postcode="YO1 2BB", country="GB"),
        shipping=Address(line="2 Back Yard", city="York", postcode="YO1 3CC", country="United Kingdom"),
        price_list="PL1",
        payment_terms="30 days",
    )
    sent = connector.send(outgoing(shop))
    assert sent == Done(shop.number)
    fields = ("name", "email", "phone", "sale_price_list", "customer_payment_term.name", "addresses.street")
    more = ("addresses.country.code", "contact_mechanisms.name")
    party = office.one("party.party", [["code", "=", shop.number]], *fields, *more)
    assert {each["name"] for each in party["contact_mechanisms."]} == {"Bea"}
    assert (party["name"], party["email"], party["phone"]) == ("Corner Shop", "bea@example.com", "+44 1904 555 020")
    assert (party["sale_price_list"], party["customer_payment_term."]["name"]) == (1, "30 days")
    assert [each["country."]["code"] for each in party["addresses."]] == ["GB", "GB"]
    assert isinstance(connector.send(replace(an_order(), customer_external=sent.external)), Done)


@pytest.mark.parametrize("method", [CREATE, QUOTE, CONFIRM])
def test_a_lost_answer_is_found_again_and_nothing_is_made_twice(tryton, tmp_path, office, lossy, method):
    connector, said = tryton_connector(tryton, tmp_path, address=lossy.address), an_order()
    lossy.cut.append(method)
    assert isinstance(connector.send(said), Unknown)
    assert lossy.lost == [method]
    found = connector.find(said)
    settled = found if isinstance(found, Done) else connector.send(said)
    (sale,) = office.sales(said.number)
    assert settled == Done(sale["number"])
    assert sale["state"] == "processing"
    assert len(sale["lines."]) == 1


def test_a_lost_answer_about_a_new_customer_makes_no_second_one(tryton, tmp_path, office, lossy):
    connector, shop = tryton_connector(tryton, tmp_path, address=lossy.address), outgoing(new_customer(SESSION))
    lossy.cut.append("model.party.party.create")
    assert isinstance(connector.send(shop), Unknown)
    assert connector.find(shop) == connector.send(shop) == Done(shop.number)
    assert len(office.find("party.party", [["identifiers.code", "=", shop.key]], "code")) == 1


def test_eight_workers_with_one_order_make_one_sale(connector, office):
    said = an_order()
    with ThreadPoolExecutor(8) as workers:
        outcomes = list(workers.map(connector.send, [said] * 8))
    kinds = Counter(type(outcome) for outcome in outcomes)
    assert kinds[Done] >= 1
    assert kinds[Refused] == 0
    assert len(office.sales(said.number)) == 1
    assert isinstance(connector.send(said), Done)


def test_without_web_shops_a_sale_is_looked_up_before_it_is_made(connector, office):
    connector.find(an_order())
    connector._known = replace(connector._known, shop=None)
    said = an_order()
    sent = connector.send(said)
    assert sent == connector.send(said) == connector.find(said)
    assert len(office.sales(f"{said.number} {said.key}")) == 1


def test_an_erp_that_is_down_or_does_not_know_us_is_tried_later(tryton, tmp_path):
    said = an_order()
    for other in ({"address": "http://127.0.0.1:9"}, {"password": "wrong"}, {"database": "none"}, {"shop": "Nowhere"}):
        connector = tryton_connector(tryton, tmp_path, **other)
        assert isinstance(connector.send(said), Later), other
        assert isinstance(connector.find(said), Later), other


def test_a_session_that_has_run_out_is_renewed(connector, office):
    assert isinstance(connector.send(an_order()), Done)
    connector._rpc._authorization = "Session bm9ib2R5OjE6MDA="
    assert isinstance(connector.send(an_order()), Done)
