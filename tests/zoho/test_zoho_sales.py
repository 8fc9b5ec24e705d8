"""Documents in a stand-in for Zoho: what its people see of them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest

from tests.contract.test_connector import SESSION, outgoing
from tests.support.documents_making import cancellation, line, new_customer, order
from tests.support.zoho_box.company import ORGANIZATION
from tests.support.zoho_fixture import an_order, confirm, confirmed, zoho_connector
from wizterm.connectors.base import UNKNOWN_CUSTOMER, UNKNOWN_ITEM, Done, Later, Missing, Refused
from wizterm.protocol.bodies import Address, Discount, Fee, Tax

TODAY = date(2026, 3, 2)
NEW_PLACE = Address(line="Unit 7\nOld Mill", city="Leeds", postcode="LS1 1AA", country="GB")


def discounted(number, sku="MUG", quantity=10, price="4.50", net="40.50", **other):
    full = line(number, sku, quantity, price)
    off = Discount(off="percent", value=Decimal(10), amount=full.gross - Decimal(net))
    return msgspec.structs.replace(full, net=Decimal(net), discount=off, **other)


def test_a_sales_order_says_what_was_agreed(zoho, connector):
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
        po_number="PO-17",
        contact="Ann",
        payment_method="Card",
        note="Ring twice",
    )
    assert connector.send(said) == Done(said.number)
    (sale,) = zoho.company.named(said.number)
    assert (sale["status"], sale["reference_number"]) == (confirmed(zoho), said.key)
    assert sale["customer_id"] == zoho.company.contacts[0]["contact_id"]
    assert (sale["date"], sale["shipment_date"]) == ("2026-03-02", "2026-03-05")
    assert sale["notes"].splitlines() == [
        *("Ring twice", "Your number: PO-17", "Ordered by: Ann", "Payment: Card"),
        "Delivery: from 2026-03-05 to 2026-03-07",
    ]
    got = {each["sku"]: (each["quantity"], each["rate"], each["item_total"]) for each in sale["line_items"]}
    assert {code: (quantity, total) for code, (quantity, _, total) in got.items()} == {
        "TRAY": (1, Decimal("12.00")),
        "FREIGHT": (1, Decimal("7.50")),
        "MUG": (5, Decimal("18.25")),
    }
    mugs = [each for each in sale["line_items"] if each["sku"] == "MUG"]
    assert [(each["quantity"], each["rate"]) for each in mugs] == [(5, Decimal("3.64")), (5, Decimal("3.65"))]
    assert mugs[0]["description"] == "gift wrap\nplease\nBefore discounts: 4.5"
    assert sale["total"] == said.body.total


def test_where_the_company_keeps_finer_prices_one_line_is_enough(zoho, connector):
    fine = {"organization_id": ORGANIZATION, "currency_code": "GBP", "price_precision": 3}
    zoho.instead.append(("GET organizations", 200, {"code": 0, "organizations": [fine]}))
    said = an_order(discounted(1, net="36.45"))
    assert isinstance(connector.send(said), Done)
    (line_,) = zoho.company.named(said.number)[0]["line_items"]
    assert (line_["quantity"], line_["rate"], line_["item_total"]) == (10, Decimal("3.645"), Decimal("36.45"))


def test_goods_are_not_to_leave_before_the_day_of_the_order(zoho, connector):
    said = an_order(business_date=TODAY, deliver_from=TODAY - timedelta(days=1))
    assert isinstance(connector.send(said), Done)
    assert zoho.company.named(said.number)[0]["shipment_date"] == TODAY.isoformat()


def test_zoho_adds_its_own_tax(zoho, connector):
    said = an_order(line(1, "LAMP", 2, "30.00"))
    assert isinstance(connector.send(said), Done)
    (sale,) = zoho.company.named(said.number)
    assert (sale["sub_total"], sale["total"]) == (Decimal("60.00"), Decimal("72.00"))


def test_prices_with_tax_are_said_to_be_so(zoho, connector):
    tax = Tax(code="STD", rate=Decimal(20), base=Decimal("50.00"), amount=Decimal("10.00"), inclusive=True)
    said = an_order(line(1, "LAMP", 2, "30.00"), taxes=(tax,))
    assert isinstance(connector.send(said), Done)
    (sale,) = zoho.company.named(said.number)
    assert (sale["is_inclusive_tax"], sale["sub_total"], sale["total"]) == (True, Decimal("50.00"), Decimal("60.00"))


def test_prices_with_and_without_tax_in_one_order_are_refused(connector):
    taxes = [Tax(code="X", rate=Decimal(5), base=Decimal(9), amount=Decimal(1), inclusive=each) for each in (0, 1)]
    refused = connector.send(an_order(taxes=tuple(taxes)))
    assert isinstance(refused, Refused)
    assert refused.field == "taxes"


def test_another_sum_of_what_is_no_draft_from_the_beginning_is_told(zoho, connector):
    real = zoho.company._totals
    zoho.company._totals = lambda lines, inclusive: (
        real(lines, inclusive=inclusive) | {"sub_total": Decimal("9.01"), "status": "confirmed"}
    )
    said = an_order()
    words = "Zoho makes 9.01 of it, and 9.00 was agreed: see its taxes, discounts and price precision."
    assert connector.send(said) == connector.send(said) == Done(said.number, words)


def test_what_does_not_come_to_the_agreed_sum_there_is_not_confirmed_and_does_not_stay(zoho, connector):
    zoho.company.add_item("ODD", "Odd", "1")
    real = zoho.company._totals
    zoho.company._totals = lambda lines, inclusive: real(lines, inclusive=inclusive) | {"sub_total": Decimal("9.01")}
    said = an_order(line(1, "ODD", 2, "4.50"))
    refused = connector.send(said)
    assert isinstance(refused, Refused)
    assert refused.words.startswith("Zoho makes 9.01 of it, and 9.00 was agreed")
    assert zoho.company.named(said.number) == []
    assert confirm(zoho) not in zoho.asked


def test_a_delivery_address_is_one_of_the_customers_or_said_in_words(zoho, connector):
    said = [an_order(delivery=NEW_PLACE) for _ in range(2)]
    assert [type(connector.send(each)) for each in said] == [Done, Done]
    sales = [zoho.company.named(each.number)[0] for each in said]
    places = zoho.company.places[zoho.company.contacts[0]["contact_id"]]
    made = [place["address_id"] for place in places if place["city"] == "Leeds"]
    if zoho.company.product == "books":
        assert [sale["shipping_address_id"] for sale in sales] == made * 2
        assert len(made) == 1
    else:
        assert made == []
        assert {sale["notes"] for sale in sales} == {"Deliver to: Unit 7, Old Mill, Leeds, LS1 1AA, GB"}


def test_an_address_that_the_customer_has_is_named(zoho, connector):
    said = an_order(delivery=Address(line="5 High Street", city="York", postcode="YO1 1AA", country="GB"))
    assert isinstance(connector.send(said), Done)
    (sale,) = zoho.company.named(said.number)
    places = zoho.company.places[sale["customer_id"]]
    assert sale["shipping_address_id"] in {place["address_id"] for place in places}
    assert len(places) == 2


@pytest.mark.parametrize("aim", ["draft", "confirmed"])
def test_an_order_goes_as_far_as_it_was_set_up_to(zoho, tmp_path, aim):
    connector, said = zoho_connector(zoho, tmp_path, orders=aim), an_order()
    sent = connector.send(said)
    assert connector.find(said) == sent == Done(said.number)
    assert [sale["status"] for sale in zoho.company.named(said.number)] == [
        "draft" if aim == "draft" else confirmed(zoho)
    ]


def test_a_quote_is_an_estimate_in_books_and_a_draft_in_inventory(zoho, connector):
    said = outgoing(order(SESSION, "C1", kind="quote", valid_until=TODAY))
    assert isinstance(connector.send(said), Done)
    (sale,) = zoho.company.named(said.number)
    assert sale["status"] == "draft"
    if zoho.company.product == "books":
        assert (sale["estimate_number"], sale["expiry_date"]) == (said.number, "2026-03-02")
    else:
        assert (sale["salesorder_number"], sale["notes"]) == (said.number, "Valid until: 2026-03-02")


def test_quotes_can_be_draft_sales_orders_in_both(zoho, tmp_path):
    connector, said = zoho_connector(zoho, tmp_path, quotes="orders"), outgoing(order(SESSION, "C1", kind="quote"))
    assert isinstance(connector.send(said), Done)
    assert [sale["status"] for sale in zoho.company.papers["salesorders"]] == ["draft"]


def test_an_unknown_item_is_refused_with_its_place_until_it_is_mapped(zoho, connector):
    said = an_order(line(1, "MUG"), line(2, "TEAPOT"))
    refused = connector.send(said)
    assert isinstance(refused, Refused)
    assert (refused.field, refused.code) == ("lines[1].sku", UNKNOWN_ITEM)
    assert "TEAPOT" in refused.words
    assert connector.find(said) == Missing()
    assert isinstance(connector.send(replace(said, items={"TEAPOT": "TRAY"})), Done)
    assert [each["sku"] for each in zoho.company.named(said.number)[0]["line_items"]] == ["MUG", "TRAY"]


@pytest.mark.parametrize("number", ["", "C404", "4815000000099999"])
def test_an_unknown_customer_is_refused(connector, number):
    refused = connector.send(replace(an_order(), customer_external=number))
    assert isinstance(refused, Refused)
    assert (refused.field, refused.code) == ("customer.number", UNKNOWN_CUSTOMER)


def test_a_supplier_of_that_name_is_no_customer(connector):
    refused = connector.send(replace(an_order(), customer_external="Potter"))
    assert isinstance(refused, Refused)
    assert refused.code == UNKNOWN_CUSTOMER


def test_another_currency_than_the_customers_is_refused(connector):
    refused = connector.send(an_order(currency="EUR"))
    assert refused == Refused("Zoho sells to this customer in GBP, not in EUR.", "currency")


def test_goods_that_go_back_are_refused(connector):
    back = msgspec.structs.replace(line(1), quantity=Decimal(-2), gross=Decimal(-9), net=Decimal(-9))
    refused = connector.send(an_order(back))
    assert isinstance(refused, Refused)
    assert refused.field == "lines[0].quantity"


def test_what_zoho_will_not_confirm_leaves_nothing_behind_and_can_be_tried_again(zoho, connector):
    said = an_order()
    zoho.on(confirm(zoho), 400, 9999, "The credit limit is exceeded.")
    assert connector.send(said) == Refused("The credit limit is exceeded.")
    assert zoho.company.named(said.number) == []
    assert isinstance(connector.send(said), Done)
    assert len(zoho.company.named(said.number)) == 1


def test_a_second_revision_is_a_sales_order_of_its_own(zoho, connector):
    first = an_order(line(1, "TEAPOT"))
    assert isinstance(connector.send(first), Refused)
    mended = outgoing(order(SESSION, "C1", id=first.id, number=first.number, revision=2))
    assert connector.send(mended) == Done(f"{first.number}-2")
    assert [sale["reference_number"] for sale in zoho.company.papers["salesorders"]] == [f"{first.key}-2"]


def test_a_cancellation_takes_back_what_its_key_names(zoho, connector):
    kept, gone = an_order(), an_order()
    for said in (kept, gone):
        assert isinstance(connector.send(said), Done)
    back = outgoing(cancellation(SESSION, gone.id), cancels_external=gone.number)
    assert connector.find(back) == Missing()
    assert connector.send(back) == connector.send(back) == connector.find(back) == Done(gone.number)
    assert [zoho.company.named(each.number)[0]["status"] for each in (kept, gone)] == [confirmed(zoho), "void"]


def test_of_two_revisions_the_one_that_was_booked_last_is_taken_back(zoho, connector):
    zoho.answering.deaf = True
    first = an_order()
    mended = outgoing(order(SESSION, "C1", id=first.id, number=first.number, revision=2))
    for said in (first, mended):
        assert isinstance(connector.send(said), Done)
    back = outgoing(cancellation(SESSION, first.id), cancels_external=f"{first.number}-2")
    assert connector.send(back) == Done(f"{first.number}-2")
    assert [sale["status"] for sale in zoho.company.papers["salesorders"]] == [confirmed(zoho), "void"]


def test_a_cancellation_that_zoho_does_not_allow_is_refused_in_its_words(zoho, connector):
    said = an_order()
    connector.send(said)
    back = outgoing(cancellation(SESSION, said.id), cancels_external=said.number)
    zoho.on("POST salesorders/*/status/void", 400, 36024, "It has been invoiced.")
    assert connector.send(back) == Refused("It has been invoiced.")
    nowhere = outgoing(cancellation(SESSION, an_order().id), cancels_external=said.number)
    assert isinstance(connector.send(nowhere), Refused)
    assert zoho.company.named(said.number)[0]["status"] == confirmed(zoho)


def test_what_was_voided_in_zoho_is_not_called_booked(zoho, connector):
    said = an_order()
    connector.send(said)
    zoho.company.named(said.number)[0]["status"] = "void"
    assert connector.find(said) == Missing()
    again = connector.send(said)
    assert isinstance(again, Refused)
    assert "cancelled there" in again.words


def test_a_new_customer_and_then_their_order(zoho, connector):
    shop = new_customer(
        SESSION,
        contact="Bea de Groot",
        email="bea@example.com",
        phone="+44 1904 555 020",
        billing=Address(line="1 Side Street", city="York", postcode="YO1 2BB", country="GB"),
        price_list="PB77",
        payment_terms="Net 30",
        note="Opens at ten",
    )
    sent = connector.send(outgoing(shop))
    contact = zoho.company.contacts[-1]
    assert sent == Done(contact["contact_id"])
    (person,) = contact["contact_persons"]
    assert (person["first_name"], person["last_name"]) == ("Bea de", "Groot")
    assert (person["email"], person["phone"]) == ("bea@example.com", "+44 1904 555 020")
    assert (contact["contact_name"], contact["payment_terms"]) == ("Corner Shop", 30)
    assert contact["shipping_address"] == contact["billing_address"]
    assert contact.get("pricebook_id") == ("77" if zoho.company.product == "books" else None)
    assert contact["notes"].splitlines()[0] == "Opens at ten"
    ordered = replace(an_order(), customer_external=sent.external)
    assert isinstance(connector.send(ordered), Done)
    assert zoho.company.named(ordered.number)[0]["customer_id"] == sent.external


def test_a_new_customer_whose_name_another_bears_is_for_a_person_to_decide(zoho, connector):
    assert isinstance(connector.send(outgoing(new_customer(SESSION))), Done)
    refused = connector.send(outgoing(new_customer(SESSION)))
    assert isinstance(refused, Refused)
    assert refused.field == "company"
    assert "already exists" in refused.words
    assert len([each for each in zoho.company.contacts if each["contact_name"] == "Corner Shop"]) == 1


def test_a_name_that_somebody_inactive_bears_is_for_a_person_too(zoho, connector):
    connector.send(outgoing(new_customer(SESSION)))
    zoho.company.contacts[-1]["status"] = "inactive"
    assert isinstance(connector.send(outgoing(new_customer(SESSION))), Refused)


def test_a_zoho_that_is_down_is_tried_later(zoho, tmp_path):
    said = an_order()
    for name in ("api_address", "accounts_address"):
        connector = zoho_connector(zoho, tmp_path / f"{name}-down", **{name: "http://127.0.0.1:9"})
        assert isinstance(connector.send(said), Later)
        assert isinstance(connector.find(said), Later)


def test_hostile_text_is_data(zoho, connector):
    said = an_order(note="fine\n\x1b[2Jcleared\x00", po_number="../../x\n&organization_id=1")
    assert isinstance(connector.send(said), Done)
    notes = zoho.company.named(said.number)[0]["notes"]
    assert notes.splitlines()[0] == "fine"
    assert "\x1b" not in notes
    assert "\x00" not in notes
