"""Taking back what was booked, in the books of a stand-in for QuickBooks."""

from decimal import Decimal

import pytest

from tests.contract.test_connector import SESSION, outgoing
from tests.support.documents_making import cancellation, order
from tests.support.quickbooks_fixture import quickbooks_connector
from tests.support.quickbooks_server import fault
from wizterm.connectors.base import Done, Later, Missing, Refused, Unknown

ORDERS = pytest.mark.parametrize("orders", ["estimate", "invoice"])


@pytest.fixture
def booked(quickbooks, tmp_path):
    """An order in the books: the connector, its row there, and its cancellation."""

    def book(orders="estimate"):
        connector = quickbooks_connector(quickbooks, tmp_path, orders=orders)
        said = outgoing(order(SESSION, "C1"))
        sent = connector.send(said)
        (row,) = quickbooks.books.marked(said.key)
        return connector, row, outgoing(cancellation(SESSION, said.id), cancels_external=sent.external)

    return book


@ORDERS
def test_an_estimate_is_rejected_and_an_invoice_is_void(booked, orders):
    connector, row, back = booked(orders)
    assert connector.find(back) == Missing()
    taken = connector.send(back)
    assert taken == connector.send(back) == connector.find(back) == Done(row["DocNumber"])
    if orders == "estimate":
        assert row["TxnStatus"] == "Rejected"
        assert len(row["Line"]) == 2
    else:
        assert (row["TotalAmt"], row["PrivateNote"].split()[0]) == (0, "Voided")


@ORDERS
def test_what_is_under_way_is_not_taken_back(quickbooks, booked, orders):
    connector, row, back = booked(orders)
    under_way = (
        {"LinkedTxn": [{"TxnId": "9", "TxnType": "Invoice"}]} if orders == "estimate" else {"Balance": Decimal(1)}
    )
    quickbooks.books.change(row, **under_way)
    assert connector.send(back) == Refused(
        f"{row['DocNumber']} is under way in QuickBooks and was not cancelled.", "of"
    )
    assert connector.find(back) == Missing()


def test_what_is_not_there_cannot_be_taken_back(booked):
    connector, _, _ = booked()
    strange = outgoing(cancellation(SESSION, order(SESSION, "C1").id), cancels_external="X-1")
    assert isinstance(connector.send(strange), Refused)


def test_what_people_change_meanwhile_is_read_again(quickbooks, booked):
    connector, row, back = booked()
    stale = fault(400, "5010", "Stale Object Error", "You and somebody else were working on this.")
    quickbooks.instead.append(stale)
    assert connector.send(back) == Done(row["DocNumber"])
    quickbooks.books.change(row, TxnStatus="Accepted")
    quickbooks.instead += [stale] * 3
    assert isinstance(connector.send(back), Later)


@ORDERS
def test_a_lost_answer_to_a_cancellation_is_found_again(quickbooks, booked, orders):
    connector, row, back = booked(orders)
    quickbooks.lose.append(orders.capitalize())
    assert isinstance(connector.send(back), Unknown)
    assert connector.find(back) == Done(row["DocNumber"])


def test_what_bears_no_number_is_found_by_its_id(quickbooks, booked):
    quickbooks.books.own_numbers = False
    connector, row, back = booked()
    quickbooks.books.change(row, DocNumber=None)
    back = outgoing(back.body, cancels_external=f"#{row['Id']}")
    assert connector.send(back) == connector.find(back) == Done(f"#{row['Id']}")
