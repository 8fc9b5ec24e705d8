"""What every connector promises. A new one adds itself to the list of makes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from tests.support.business_central_fixture import business_central_connector
from tests.support.documents_making import cancellation, enveloped, new_customer, order
from tests.support.quickbooks_fixture import quickbooks_connector
from tests.support.tryton_fixture import GROUP, tryton_connector
from tests.support.zoho_box.box import open_box
from tests.support.zoho_fixture import zoho_connector
from wizterm.connectors.base import Connector, Done, Missing, Outgoing, Settings
from wizterm.connectors.examining import Examinable
from wizterm.connectors.loading import load
from wizterm.domain.document import key
from wizterm.protocol.session import Session
from wizterm.server.importing.kinds import KINDS

SESSION = Session(
    access_token="",
    access_seconds=0,
    refresh_token="",
    server="",
    epoch="",
    rep="KIM",
    rep_name="Kim",
    company="Testers & Co",
    installation="7F",
    office_key="",
)


def outgoing(body, **other):
    return Outgoing(
        **{
            "key": key(body.id),
            "id": body.id,
            "revision": body.revision,
            "kind": body.kind,
            "number": body.number,
            "rep": body.rep,
            "body": body,
            "text": enveloped(body).body,
            "customer_external": "C1",
        }
        | other
    )


ZOHO = ("zoho inventory", "zoho books")


@pytest.fixture(params=["files", "business_central", "quickbooks", pytest.param("tryton", marks=GROUP), *ZOHO])
def connector(request, tmp_path) -> Iterator[Connector]:
    name, _, product = request.param.partition(" ")
    match name:
        case "tryton":
            yield tryton_connector(request.getfixturevalue("tryton"), tmp_path)
        case "business_central":
            yield business_central_connector(request.getfixturevalue("business_central"), tmp_path)
        case "quickbooks":
            yield quickbooks_connector(request.getfixturevalue("quickbooks"), tmp_path)
        case "zoho":
            with open_box(product) as box:
                yield zoho_connector(box, tmp_path)
        case _:
            yield load(name, Settings(tmp_path / "erp"))


@pytest.fixture(params=["order", "quote", "customer"])
def document(request):
    days = {"submitted_at": datetime(2026, 3, 2, 9, tzinfo=UTC), "business_date": date(2026, 3, 2)}
    if request.param == "customer":
        return outgoing(new_customer(SESSION, **days))
    return outgoing(order(SESSION, "C1", kind=request.param, **days))


class TestAnyConnector:
    def test_it_says_which_kinds_it_can_send(self, connector):
        assert connector.kinds <= {"order", "quote", "customer", "cancellation"}
        assert "order" in connector.kinds

    def test_what_was_never_sent_is_missing(self, connector, document):
        assert connector.find(document) == Missing()

    def test_what_was_sent_is_found_under_the_number_it_was_given(self, connector, document):
        sent = connector.send(document)
        assert isinstance(sent, Done)
        assert connector.find(document) == sent

    def test_the_same_sent_twice_is_one_document(self, connector, document):
        assert connector.send(document) == connector.send(document)

    def test_two_documents_with_one_number_are_told_apart(self, connector, document):
        other = outgoing(order(SESSION, "C1"), kind=document.kind, number=document.number)
        connector.send(document)
        assert connector.find(other) == Missing()
        connector.send(other)
        assert isinstance(connector.find(document), Done)

    def test_hostile_text_is_data(self, connector, document):
        hostile = outgoing(document.body, number="../../x\n\x1b[2J;DROP")
        assert isinstance(connector.send(hostile), Done)
        assert isinstance(connector.find(hostile), Done)

    def test_a_cancellation_is_done_once_and_found(self, connector):
        quote = outgoing(order(SESSION, "C1", kind="quote"))
        sent = connector.send(quote)
        assert isinstance(sent, Done)
        back = outgoing(cancellation(SESSION, quote.id), cancels_external=sent.external)
        assert connector.find(back) == Missing()
        taken = connector.send(back)
        assert isinstance(taken, Done)
        assert taken == connector.send(back) == connector.find(back)

    def test_looking_at_the_erp_says_that_nothing_is_missing(self, connector):
        assert isinstance(connector, Examinable)
        found = connector.examine()
        assert found.reachable
        assert found.can
        assert found.missing == ()

    def test_what_it_says_it_can_give_comes_to_an_end_as_rows_of_an_import(self, connector):
        known = {kind.name: kind for kind in KINDS}
        for what in getattr(connector, "pulls", ()):
            cursor, more = "", True
            while more:
                page = connector.pull(what, cursor)
                assert page.cursor
                assert not page.more or page.cursor != cursor
                for table in page.tables:
                    assert known[table.kind].required <= set(table.header) <= known[table.kind].known
                    assert all(len(row) == len(table.header) for row in table.cells)
                    assert all(isinstance(cell, str) for row in table.cells for cell in row)
                cursor, more = page.cursor, page.more

    def test_nothing_it_was_not_sent_is_changed_by_asking(self, connector, document):
        connector.find(document)
        assert connector.find(document) == Missing()
