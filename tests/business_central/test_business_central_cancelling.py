"""Orders and quotes taken back from a stand-in for Business Central."""

import pytest

from tests.contract.test_connector import SESSION, outgoing
from tests.support.business_central_fixture import business_central_connector
from tests.support.documents_making import cancellation, order
from wizterm.connectors.base import Done, Missing, Refused, Unknown


@pytest.fixture
def connector(business_central, tmp_path):
    return business_central_connector(business_central, tmp_path)


@pytest.fixture
def booked(connector):
    said = outgoing(order(SESSION, "C1"))
    return said, connector.send(said)


@pytest.fixture
def back(booked):
    said, sent = booked
    return outgoing(cancellation(SESSION, said.id), cancels_external=sent.external)


def test_an_order_that_nobody_has_begun_on_is_deleted(business_central, connector, booked, back):
    assert connector.send(back) == Done(booked[1].external) == connector.find(back)
    assert business_central.books.rows("salesOrders") == []


@pytest.mark.parametrize("done", [{"status": "Open"}, {"status": "In Review"}])
def test_an_order_that_was_released_or_is_under_review_stays(business_central, connector, back, done):
    business_central.books.rows("salesOrders")[0] |= done
    assert connector.find(back) == Missing()
    refused = connector.send(back)
    assert isinstance(refused, Refused)
    assert (refused.field, refused.words.endswith("is under way in Business Central and was not cancelled.")) == (
        "of",
        True,
    )
    assert len(business_central.books.rows("salesOrders")) == 1


def test_an_order_that_was_shipped_in_part_stays(business_central, connector, back):
    business_central.books.rows("salesOrderLines")[0]["shippedQuantity"] = 1
    assert isinstance(connector.send(back), Refused)
    assert len(business_central.books.rows("salesOrders")) == 1


def test_an_order_that_was_invoiced_and_is_gone_was_not_cancelled(business_central, connector, booked, back):
    books = business_central.books
    books.remove("salesOrders", books.rows("salesOrders")[0])
    books.add("salesInvoices", number="S-INV9", externalDocumentNumber=booked[0].key, orderNumber=booked[1].external)
    assert connector.find(back) == Missing()
    assert isinstance(connector.send(back), Refused)


def test_an_order_that_people_made_of_a_quote_is_not_deleted_with_the_quote(business_central, connector):
    quote = outgoing(order(SESSION, "C1", kind="quote"))
    sent = connector.send(quote)
    books = business_central.books
    books.remove("salesQuotes", books.rows("salesQuotes")[0])
    books.create_sale("salesOrders", {"externalDocumentNumber": quote.key, "customerNumber": "C1"})
    refused = connector.send(outgoing(cancellation(SESSION, quote.id), cancels_external=sent.external))
    assert isinstance(refused, Refused)
    assert len(books.rows("salesOrders")) == 1


def test_a_later_revision_is_the_one_that_is_taken_back(business_central, connector):
    mended = outgoing(order(SESSION, "C1", revision=2))
    sent = connector.send(mended)
    back = outgoing(cancellation(SESSION, mended.id), cancels_external=sent.external)
    assert connector.find(back) == Missing()
    assert connector.send(back) == Done(sent.external)
    assert business_central.books.rows("salesOrders") == []


@pytest.mark.parametrize("lost", ["lose", "drop"])
def test_a_lost_answer_is_looked_up(business_central, connector, booked, back, lost):
    getattr(business_central, lost).append("DELETE salesOrders")
    assert isinstance(connector.send(back), Unknown)
    found = connector.find(back)
    assert found == (Done(booked[1].external) if lost == "lose" else Missing())
    assert connector.send(back) == Done(booked[1].external)


def test_an_order_that_changes_at_that_moment_is_looked_at_again(business_central, connector, back):
    books = business_central.books
    business_central.before.append(("DELETE salesOrders", lambda: books.touch(books.rows("salesOrders")[0])))
    assert isinstance(connector.send(back), Done)
    assert business_central.calls.count("DELETE salesOrders") == 2
