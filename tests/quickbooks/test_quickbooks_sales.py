"""Documents in the books of a stand-in for QuickBooks: what its people see, and that they see it once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace as changed

from tests.contract.test_connector import SESSION, outgoing
from tests.support.documents_making import line, new_customer, order
from tests.support.quickbooks_fixture import quickbooks_connector
from tests.support.quickbooks_server import fault
from wizterm.connectors.base import UNKNOWN_CUSTOMER, UNKNOWN_ITEM, Done, Missing, Refused, Unknown
from wizterm.protocol.bodies import Address, Fee, Tax

TODAY = date(2026, 3, 2)


@pytest.fixture
def connector(quickbooks, tmp_path):
    return quickbooks_connector(quickbooks, tmp_path)


def an_order(*lines, **other):
    return outgoing(order(SESSION, "C1", *lines, **other))


def discounted(number, sku="MUG", quantity=10, price="4.50", net="40.50", **other):
    return changed(line(number, sku, quantity, price), net=Decimal(net), **other)


def the(quickbooks, document):
    """What its people see of it."""
    (row,) = quickbooks.books.marked(document.key)
    return row


def goods(row):
    return [each for each in row["Line"] if each["DetailType"] == "SalesItemLineDetail"]


def test_an_estimate_says_what_was_agreed(quickbooks, connector):
    freight = Fee(code="FREIGHT", name="Freight", off="amount", value=Decimal("7.50"), amount=Decimal("7.50"))
    said = an_order(
        discounted(1, cart_discount=Decimal("4.05"), note="gift wrap\nplease"),
        line(2, "TRAY", 1, "12.00"),
        fees=(freight,),
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
    assert connector.send(said) == Done(said.number)
    row = the(quickbooks, said)
    assert (row["DocNumber"], row["TxnStatus"], row["TxnDate"]) == (said.number, "Accepted", "2026-03-02")
    assert (row["ShipDate"], row["CustomerMemo"]) == ("2026-03-05", {"value": "Ring twice"})
    assert row["PrivateNote"].splitlines() == [
        said.key,
        f"WizTerm {said.number}, sold by KIM",
        "Customer's number: PO-17",
        "Ordered by: Ann",
        "Payment: Card",
        "Delivery: from 2026-03-05 to 2026-03-07",
    ]
    assert list(row["ShipAddr"].values()) == ["Unit 7", "Old Mill", "Leeds", "LS1 1AA", "GB"]
    got = [(each["SalesItemLineDetail"]["Qty"], each["Amount"], each["LineNum"]) for each in goods(row)]
    assert got == [(10, Decimal("36.45"), 1), (1, 12, 2), (1, Decimal("7.50"), 3)]
    words = ["A mug", "Price before discounts: 4.50", "gift wrap", "please"]
    assert goods(row)[0]["Description"].splitlines() == words
    assert row["TotalAmt"] - row["TxnTaxDetail"]["TotalTax"] == said.body.total


def test_quickbooks_adds_its_own_tax_by_the_items_code(quickbooks, connector):
    said = an_order(line(1, "TRAY", 2, "30.00"))
    connector.send(said)
    row = the(quickbooks, said)
    assert (row["TotalAmt"], row["GlobalTaxCalculation"]) == (72, "TaxExcluded")
    assert goods(row)[0]["SalesItemLineDetail"]["TaxCodeRef"] == {"value": "5"}


@pytest.mark.parametrize(("taxable", "code", "total"), [(True, "TAX", 66), (False, "NON", 60)])
def test_in_america_a_line_says_whether_it_is_taxed(quickbooks, connector, taxable, code, total):
    quickbooks.books.country = "US"
    next(row for row in quickbooks.books.tables["Item"] if row["Name"] == "Tray")["Taxable"] = taxable
    said = an_order(line(1, "TRAY", 2, "30.00"))
    assert isinstance(connector.send(said), Done)
    row = the(quickbooks, said)
    assert goods(row)[0]["SalesItemLineDetail"]["TaxCodeRef"] == {"value": code}
    assert "GlobalTaxCalculation" not in row
    assert row["TotalAmt"] == total


def test_an_item_without_a_tax_code_is_refused_in_quickbooks_words_where_it_wants_one(quickbooks, connector):
    quickbooks.books.add("Item", Name="Cup", Type="Service")
    refused = connector.send(an_order(line(1, "Cup")))
    assert refused == Refused("Every line needs a VAT rate. (QuickBooks 6000)")
    quickbooks.books.taxed = False
    connector._known = None
    assert isinstance(connector.send(an_order(line(1, "Cup"))), Done)


def test_prices_that_include_tax_are_refused_and_not_taxed_again(quickbooks, connector):
    tax = Tax(code="VAT", rate=Decimal(20), base=Decimal(9), amount=Decimal("1.50"), inclusive=True)
    refused = connector.send(an_order(taxes=(tax,)))
    assert isinstance(refused, Refused)
    assert "include tax" in refused.words
    assert quickbooks.requests == []


def test_a_total_that_no_price_can_say_in_one_line_is_said_in_two(quickbooks, connector):
    said = an_order(discounted(1, "MUG", 999, "4.50", net="4000.03"))
    assert connector.send(said) == Done(said.number)
    row = the(quickbooks, said)
    assert row["TotalAmt"] - row["TxnTaxDetail"]["TotalTax"] == Decimal("4000.03")
    assert sum(each["SalesItemLineDetail"]["Qty"] for each in goods(row)) == 999
    assert len(goods(row)) == 2


def test_a_total_that_came_out_otherwise_is_said_beside_the_number(quickbooks, connector):
    said = an_order()
    connector.send(said)
    quickbooks.books.change(the(quickbooks, said), TotalAmt=Decimal("10.81"))
    assert connector.find(said) == Done(said.number, "QuickBooks comes to 9.01 before tax, where 9.00 was agreed.")


def test_an_order_becomes_an_invoice_where_that_is_said_and_a_quote_never(quickbooks, tmp_path):
    connector = quickbooks_connector(quickbooks, tmp_path, orders="invoice")
    said, quote = an_order(), outgoing(order(SESSION, "C1", kind="quote", valid_until=TODAY))
    for each in (said, quote):
        assert connector.send(each) == connector.find(each) == Done(each.number)
    assert [row["DocNumber"] for row in quickbooks.books.tables["Invoice"]] == [said.number]
    (estimate,) = quickbooks.books.tables["Estimate"]
    assert (estimate["TxnStatus"], estimate["ExpirationDate"]) == ("Pending", "2026-03-02")


def test_what_went_as_an_estimate_is_found_after_orders_became_invoices(quickbooks, connector, tmp_path):
    said = an_order()
    connector.send(said)
    assert quickbooks_connector(quickbooks, tmp_path, orders="invoice").find(said) == Done(said.number)


def test_another_currency_is_sent_where_quickbooks_has_it_and_refused_where_not(quickbooks, connector, tmp_path):
    said = an_order(currency="EUR")
    refused = connector.send(said)
    assert isinstance(refused, Refused)
    assert (refused.field, "GBP alone" in refused.words) == ("currency", True)
    quickbooks.books.currencies = True
    assert isinstance(quickbooks_connector(quickbooks, tmp_path).send(said), Done)
    assert the(quickbooks, said)["CurrencyRef"] == {"value": "EUR"}


def test_an_unknown_item_is_refused_with_its_place_until_it_is_mapped(quickbooks, connector):
    said = an_order(line(1, "MUG"), line(2, "TEAPOT"))
    refused = connector.send(said)
    assert isinstance(refused, Refused)
    assert (refused.field, refused.code) == ("lines[1].sku", UNKNOWN_ITEM)
    assert "TEAPOT" in refused.words
    assert connector.find(said) == Missing()
    assert isinstance(connector.send(replace(said, items={"TEAPOT": "TRAY"})), Done)
    assert len(goods(the(quickbooks, said))) == 2


@pytest.mark.parametrize("code", ["Goods", "mug", "CUP"])
def test_neither_a_category_nor_another_spelling_nor_one_of_two_is_an_item(quickbooks, connector, code):
    for _ in range(2):
        quickbooks.books.add("Item", Name="Cup", Sku="CUP", Type="Inventory")
    refused = connector.send(an_order(line(1, code)))
    assert isinstance(refused, Refused)
    assert refused.code == UNKNOWN_ITEM


@pytest.mark.parametrize("called", ["", "C404", "404", "c1"])
def test_an_unknown_customer_is_refused(connector, called):
    refused = connector.send(replace(an_order(), customer_external=called))
    assert isinstance(refused, Refused)
    assert (refused.field, refused.code) == ("customer.number", UNKNOWN_CUSTOMER)


def test_a_customer_is_called_by_id_or_by_name_whatever_signs_it_has(quickbooks, connector):
    row = quickbooks.books.tables["Customer"][1]
    for called in (row["Id"], "O'Neil \\ Sons"):
        said = replace(an_order(), customer_external=called)
        assert isinstance(connector.send(said), Done)
        assert the(quickbooks, said)["CustomerRef"] == {"value": row["Id"]}


@pytest.mark.parametrize("remembers", [True, False])
def test_what_quickbooks_refuses_can_be_tried_again_once_it_is_mended_there(quickbooks, connector, remembers):
    quickbooks.remembers_refusals = remembers
    quickbooks.books.estimates = False
    said = an_order()
    assert connector.send(said) == Refused("Estimates are turned off. (QuickBooks 5020)")
    quickbooks.books.estimates = True
    connector._now = lambda: 86_400.0 * 20_000
    assert connector.send(said) == Done(said.number)
    the(quickbooks, said)


def test_a_second_revision_is_a_document_of_its_own(quickbooks, connector):
    first = an_order(line(1, "TEAPOT"))
    assert isinstance(connector.send(first), Refused)
    mended = outgoing(order(SESSION, "C1", id=first.id, number=first.number, revision=2))
    assert connector.send(mended) == connector.find(mended) == Done(first.number)
    assert connector.find(first) == Missing()
    the(quickbooks, mended)


@pytest.mark.parametrize("forgets", [True, False])
def test_a_lost_answer_is_found_again_and_nothing_is_made_twice(quickbooks, connector, forgets):
    said = an_order()
    quickbooks.lose.append("Estimate")
    assert isinstance(connector.send(said), Unknown)
    if forgets:
        quickbooks.forget()
    assert connector.find(said) == Done(said.number)
    the(quickbooks, said)


def test_sent_again_without_a_look_the_request_itself_makes_no_second_one(quickbooks, connector):
    said = an_order()
    quickbooks.lose.append("Estimate")
    assert isinstance(connector.send(said), Unknown)
    assert connector.send(said) == Done(said.number)
    the(quickbooks, said)
    assert quickbooks.requests == [("Estimate", said.key)] * 2


def test_after_the_request_is_forgotten_the_number_makes_no_second_one(quickbooks, connector):
    said = an_order()
    connector.send(said)
    quickbooks.forget()
    assert connector.send(said) == Done(said.number)
    the(quickbooks, said)


def test_eight_workers_with_one_order_make_one_estimate(quickbooks, tmp_path):
    said = an_order()
    workers = [quickbooks_connector(quickbooks, tmp_path) for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(lambda worker: worker.send(said), workers))
    assert outcomes == [Done(said.number)] * 8
    the(quickbooks, said)
    assert quickbooks.signed_in == 1


def test_where_quickbooks_numbers_documents_they_are_found_by_their_day(quickbooks, connector):
    quickbooks.books.own_numbers = False
    said, other = an_order(business_date=TODAY), an_order(business_date=TODAY)
    assert connector.find(said) == Missing()
    assert [connector.send(each) for each in (said, other)] == [Done("1001"), Done("1002")]
    quickbooks.forget()
    assert [connector.find(each) for each in (said, other)] == [Done("1001"), Done("1002")]


def test_a_number_that_another_document_bears_gives_way_to_the_key(quickbooks, connector):
    said, other = an_order(), an_order()
    other = replace(other, number=said.number)
    assert connector.send(said) == Done(said.number)
    assert connector.send(other) == connector.find(other) == Done(other.key[-21:])


def test_a_number_that_is_taken_is_known_by_its_words_whatever_the_code(quickbooks, connector):
    said = an_order()
    quickbooks.instead.append(fault(400, "6210", "Duplicate Document Number Error", "Use another."))
    assert connector.send(said) == Done(said.key[-21:])


def test_an_answer_with_another_document_in_it_is_not_believed(quickbooks, connector):
    said, other = an_order(), an_order()
    connector.send(said)
    quickbooks._answers[other.key] = quickbooks._answers[said.key]
    assert isinstance(connector.send(other), Unknown)
    assert connector.find(other) == Missing()


def test_a_new_customer_and_then_their_order(quickbooks, connector):
    shop = new_customer(
        SESSION,
        contact="Bea van Bee",
        email="bea@example.com",
        phone="+44 1904 555 020",
        billing=Address(line="1 Side Street", city="York", postcode="YO1 2BB", country="GB"),
        shipping=Address(line="2 Back Yard\n" * 7, city="York", postcode="YO1 3CC", country="GB"),
        payment_terms="30 days",
    )
    sent = connector.send(outgoing(shop))
    row = quickbooks.books.tables["Customer"][-1]
    assert sent == Done(row["Id"]) == connector.find(outgoing(shop))
    assert (row["DisplayName"], row["GivenName"], row["FamilyName"]) == ("Corner Shop", "Bea van", "Bee")
    assert row["PrimaryEmailAddr"] == {"Address": "bea@example.com"}
    assert row["SalesTermRef"] == {"value": "1"}
    assert row["BillAddr"] == {"Line1": "1 Side Street", "City": "York", "PostalCode": "YO1 2BB", "Country": "GB"}
    assert row["ShipAddr"]["Line5"] == ", ".join(["2 Back Yard"] * 3)
    assert isinstance(connector.send(replace(an_order(), customer_external=sent.external)), Done)


def test_what_quickbooks_would_not_take_of_a_customer_stands_in_the_notes(quickbooks, connector):
    shop = new_customer(SESSION, company="A: B\tand\nC", email="nobody", phone="1" * 31)
    assert isinstance(connector.send(outgoing(shop)), Done)
    row = quickbooks.books.tables["Customer"][-1]
    assert row["DisplayName"] == "A B and C"
    assert {"E-mail: nobody", f"Phone: {'1' * 31}"} < set(row["Notes"].splitlines())


def test_a_name_that_a_supplier_or_an_old_customer_bears_gets_our_number_behind_it(quickbooks, connector):
    shop = outgoing(new_customer(SESSION))
    quickbooks.books.vendors["77"] = "Corner Shop"
    quickbooks.books.add("Customer", DisplayName=f"Corner Shop ({shop.number})", Active=False, Notes="")
    sent = connector.send(shop)
    row = quickbooks.books.tables["Customer"][-1]
    assert sent == Done(row["Id"]) == connector.find(shop)
    assert row["DisplayName"] == f"Corner Shop ({shop.key})"


def test_a_new_customer_is_found_again_though_people_made_them_inactive_meanwhile(quickbooks, connector):
    shop = outgoing(new_customer(SESSION))
    quickbooks.lose.append("Customer")
    assert isinstance(connector.send(shop), Unknown)
    row = quickbooks.books.tables["Customer"][-1]
    quickbooks.books.change(row, Active=False)
    assert connector.find(shop) == Done(row["Id"])


@pytest.mark.parametrize("forgets", [True, False])
def test_a_lost_answer_about_a_new_customer_makes_no_second_one(quickbooks, connector, forgets):
    shop = outgoing(new_customer(SESSION))
    quickbooks.lose.append("Customer")
    assert isinstance(connector.send(shop), Unknown)
    if forgets:
        quickbooks.forget()
    assert connector.find(shop) == connector.send(shop)
    assert len([row for row in quickbooks.books.tables["Customer"] if shop.key in row.get("Notes", "")]) == 1
