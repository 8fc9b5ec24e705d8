"""Orders and quotes in a stand-in for Business Central: what its people see, and that they see it once."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace as changed

from tests.contract.test_connector import SESSION, outgoing
from tests.support.business_central_fixture import business_central_connector
from tests.support.documents_making import line, new_customer, order
from wizterm.connectors.base import UNKNOWN_CUSTOMER, UNKNOWN_ITEM, Done, Missing, Refused
from wizterm.connectors.business_central.completing import TRIES
from wizterm.protocol.bodies import Address, Discount, Fee, Tax

TODAY = date(2026, 3, 2)
TERMS = ("quantity", "unitPrice", "discountAmount")


@pytest.fixture
def connector(business_central, tmp_path):
    return business_central_connector(business_central, tmp_path)


def an_order(*lines, **other):
    return outgoing(order(SESSION, "C1", *lines, **other))


def discounted(**other):
    """Ten mugs at 4.50 less 10 %, and a share of 10 % on the whole: 36.45."""
    off = Discount(off="percent", value=Decimal(10), amount=Decimal("4.50"))
    return changed(line(1, "MUG", 10), net=Decimal("40.50"), discount=off, cart_discount=Decimal("4.05"), **other)


def the_one(business_central, said, entity="salesOrders"):
    (row,) = business_central.books.marked(said.key, entity)
    return row


def comments(row):
    return [each["description"] for each in row["lines"] if each["lineType"] == "Comment"]


def goods(row):
    items = (each for each in row["lines"] if each["lineType"] == "Item")
    return {each["lineObjectNumber"]: tuple(each[name] for name in TERMS) for each in items}


def test_an_order_says_what_was_agreed(business_central, connector):
    said = an_order(
        discounted(note="gift wrap\nplease"),
        line(2, "TRAY", 1, "12.00"),
        fees=(Fee(code="FREIGHT", name="Freight", off="amount", value=Decimal("7.50"), amount=Decimal("7.50")),),
        total=Decimal("55.95"),
        business_date=TODAY,
        deliver_from=TODAY + timedelta(days=3),
        deliver_to=TODAY + timedelta(days=5),
        delivery=Address(line="Unit 7\nOld Mill", city="Leeds", postcode="LS1 1AA", country="great britain"),
        po_number="PO-17",
        contact="Ann",
        payment_method="Card",
        note="Ring twice",
    )
    sent = connector.send(said)
    row = the_one(business_central, said)
    assert sent == Done(row["number"])
    assert goods(row) == {
        "MUG": (10, Decimal("4.5"), Decimal("8.55")),
        "TRAY": (1, 12, 0),
        "FREIGHT": (1, Decimal("7.5"), 0),
    }
    assert {each.get("unitOfMeasureCode") for each in row["lines"] if each["lineType"] == "Item"} == {"PCS"}
    assert business_central.books.totals("salesOrders", row)["totalAmountExcludingTax"] == said.body.total
    assert comments(row) == [
        *("gift wrap", "please", "Ring twice", "Customer's number: PO-17", "Ordered by: Ann", "Payment: Card"),
        "Delivery: from 2026-03-05 to 2026-03-07",
        f"{said.number}, sold by KIM",
    ]
    head = {
        "externalDocumentNumber": said.key,
        "customerNumber": "C1",
        "currencyCode": "GBP",
        "orderDate": "2026-03-02",
        "requestedDeliveryDate": "2026-03-05",
        "pricesIncludeTax": False,
        "shipToAddressLine1": "Unit 7",
        "shipToAddressLine2": "Old Mill",
        "shipToCity": "Leeds",
        "shipToPostCode": "LS1 1AA",
        "shipToCountry": "GB",
        "status": "Draft",
    }
    assert {name: row[name] for name in head} == head


def test_a_quote_is_a_sales_quote_with_its_last_day(business_central, connector):
    days = {"valid_until": TODAY + timedelta(days=30), "deliver_from": TODAY, "business_date": TODAY}
    said = outgoing(order(SESSION, "C1", kind="quote", **days))
    sent = connector.send(said)
    row = the_one(business_central, said, "salesQuotes")
    assert sent == Done(row["number"])
    assert (row["documentDate"], row["validUntilDate"]) == ("2026-03-02", "2026-04-01")
    assert "Delivery: from 2026-03-02" in comments(row)
    assert business_central.books.marked(said.key) == []


def test_prices_that_include_tax_are_said_to(business_central, connector):
    tax = Tax(code="VAT", rate=Decimal(20), base=Decimal("7.50"), amount=Decimal("1.50"), inclusive=True)
    said = an_order(taxes=(tax,))
    sent = connector.send(said)
    row = the_one(business_central, said)
    assert sent == Done(row["number"])
    assert row["pricesIncludeTax"] is True
    assert business_central.books.totals("salesOrders", row)["totalAmountIncludingTax"] == said.body.total


def test_a_long_note_is_told_whole_on_as_many_lines_as_it_takes(business_central, connector):
    note = " ".join(f"word{place}" for place in range(60))
    said = an_order(note=note)
    assert isinstance(connector.send(said), Done)
    assert " ".join(comments(the_one(business_central, said))[:-1]) == note


def test_an_unknown_item_is_refused_with_its_place_until_it_is_mapped(business_central, connector):
    said = an_order(line(1, "MUG"), line(2, "TEAPOT"))
    refused = connector.send(said)
    assert isinstance(refused, Refused)
    assert (refused.field, refused.code) == ("lines[1].sku", UNKNOWN_ITEM)
    assert "TEAPOT" in refused.words
    assert connector.find(said) == Missing()
    assert isinstance(connector.send(replace(said, items={"TEAPOT": "tray"})), Done)
    assert goods(the_one(business_central, said)).keys() == {"MUG", "TRAY"}


@pytest.mark.parametrize("number", ["", "C404", "longer than any number there"])
def test_an_unknown_customer_is_refused(business_central, connector, number):
    refused = connector.send(replace(an_order(), customer_external=number))
    assert isinstance(refused, Refused)
    assert (refused.field, refused.code) == ("customer.number", UNKNOWN_CUSTOMER)
    assert business_central.books.rows("salesOrders") == []


def test_a_quotation_mark_in_a_number_is_part_of_it(business_central, connector):
    said = replace(an_order(), customer_external="o'n")
    assert isinstance(connector.send(said), Done)
    assert the_one(business_central, said)["customerNumber"] == "O'N"


@pytest.mark.parametrize("keeps_halves", [False, True])
def test_what_business_central_refuses_leaves_nothing_behind_and_can_be_tried_again(
    business_central, connector, keeps_halves
):
    said = an_order(line(1, "MUG"), line(2, "TRAY", 1, "12.00"))
    business_central.keeps_halves = keeps_halves
    business_central.books.refuses = "TRAY: Trays are sold by the dozen."
    assert connector.send(said) == Refused("Trays are sold by the dozen.")
    assert business_central.books.rows("salesOrders") == []
    business_central.books.refuses = ""
    assert isinstance(connector.send(said), Done)
    assert len(business_central.books.marked(said.key)) == 1


def test_a_currency_that_is_not_set_up_is_refused_in_its_words(connector):
    assert connector.send(an_order(currency="JPY")) == Refused('The "currencyCode" does not match to a Currency.')


def test_a_second_revision_is_an_order_of_its_own(business_central, connector):
    first = an_order(line(1, "TEAPOT"))
    assert isinstance(connector.send(first), Refused)
    mended = outgoing(order(SESSION, "C1", id=first.id, number=first.number, revision=2))
    assert isinstance(connector.send(mended), Done)
    assert the_one(business_central, first)["externalDocumentNumber"] == f"{first.key}-2"
    assert connector.find(first) == Missing()


@pytest.mark.parametrize("kind", ["order", "quote"])
def test_a_price_filled_in_there_is_changed_back_to_the_agreed_one(business_central, connector, kind):
    business_central.books.price_first = True
    body = order(SESSION, "C1", line(1, "MUG", 3, "4.10"), line(2, "TRAY", 2, "11.00"), kind=kind)
    said = outgoing(body)
    sent = connector.send(said)
    row = the_one(business_central, said, "salesQuotes" if kind == "quote" else "salesOrders")
    assert sent == Done(row["number"])
    assert goods(row) == {"MUG": (3, Decimal("4.1"), 0), "TRAY": (2, 11, 0)}


def test_what_a_customers_terms_take_off_the_whole_is_taken_back(business_central, connector):
    business_central.books.off_whole = Decimal("1.00")
    said = an_order()
    assert connector.send(said) == Done(the_one(business_central, said)["number"])
    assert the_one(business_central, said)["discountAmount"] == 0


def test_a_line_that_business_central_adds_by_itself_stays(business_central, connector):
    said = an_order(line(1, "MUG"), line(2, "TRAY", 1, "12.00"))

    def deposit():
        (row,) = business_central.books.rows("salesOrders")
        business_central.books.add_line("salesOrders", row, {"lineType": "Comment", "description": "Deposit: none"})

    business_central.before.append(("GET salesOrders", lambda: None))
    business_central.before.append(("GET salesOrders", deposit))
    assert isinstance(connector.send(said), Done)
    assert comments(the_one(business_central, said)) == ["Deposit: none", f"{said.number}, sold by KIM"]


def test_a_total_that_differs_in_the_end_is_told(business_central, connector):
    business_central.books.keeps_prices = True
    sent = connector.send(an_order(line(1, "MUG", 2, "4.00")))
    assert isinstance(sent, Done)
    assert sent.words == "Business Central comes to 9.00 before tax, where 8.00 was agreed."
    assert business_central.calls.count("PATCH salesOrderLines") == TRIES


def test_a_record_that_changed_meanwhile_is_read_again_and_changed_then(business_central, connector):
    business_central.books.price_first = True
    said = an_order(line(1, "MUG", 3, "4.10"))
    business_central.before.append(
        (
            "PATCH salesOrderLines",
            lambda: business_central.books.touch(business_central.books.rows("salesOrderLines")[0]),
        )
    )
    assert isinstance(connector.send(said), Done)
    assert business_central.calls.count("PATCH salesOrderLines") == 2
    assert goods(the_one(business_central, said)) == {"MUG": (3, Decimal("4.1"), 0)}


def test_a_new_customer_and_then_their_order(business_central, connector):
    shop = new_customer(
        SESSION,
        email="bea@example.com",
        phone="+44 1904 555 020",
        billing=Address(line="1 Side Street", city="York", postcode="YO1 2BB", country="GB"),
        payment_terms="net 30 days",
    )
    sent = connector.send(outgoing(shop))
    assert sent == Done(shop.number)
    row = business_central.books.rows("customers")[-1]
    assert (row["number"], row["displayName"], row["email"]) == (shop.number, "Corner Shop", "bea@example.com")
    assert (row["addressLine1"], row["postalCode"], row["country"]) == ("1 Side Street", "YO1 2BB", "GB")
    assert row["paymentTermsId"] == business_central.books.rows("paymentTerms")[0]["id"]
    assert isinstance(connector.send(replace(an_order(), customer_external=sent.external)), Done)


def test_a_country_that_is_not_set_up_there_is_part_of_the_address(business_central, connector):
    address = Address(line="Via Roma 1", city="Milano", postcode="20121", country="Italy")
    assert isinstance(connector.send(outgoing(new_customer(SESSION, billing=address))), Done)
    row = business_central.books.rows("customers")[-1]
    assert (row["addressLine1"], row["addressLine2"], row["country"]) == ("Via Roma 1", "Italy", None)


def test_a_list_that_comes_in_pages_is_read_to_its_end(business_central, connector):
    business_central.books.add("countriesRegions", code="IT", displayName="Italy")
    business_central.page = 1
    assert isinstance(connector.send(said := an_order(delivery=Address(line="Via Roma 1", country="Italy"))), Done)
    assert the_one(business_central, said)["shipToCountry"] == "IT"


def test_what_does_not_fit_is_refused_and_nothing_is_cut_off(connector):
    address = Address(line="1 Side Street", city="Llanfairpwllgwyngyllgogerychwyrndrobwll")
    refused = connector.send(an_order(delivery=address))
    assert isinstance(refused, Refused)
    assert "less than or equal to 30" in refused.words


def test_a_customers_number_that_is_too_long_gives_way_to_the_end_of_the_key(business_central, connector):
    said = outgoing(new_customer(SESSION, number="KIMBERLEY-7F-0000042"[:20] + "7"))
    assert connector.send(said) == Done(said.key[-20:]) == connector.find(said)
