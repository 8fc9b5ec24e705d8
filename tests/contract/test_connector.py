"""What every connector promises. A new one adds itself to the list of makes."""

from datetime import UTC, date, datetime

import pytest

from tests.support.documents_making import enveloped, new_customer, order
from tests.support.tryton_fixture import GROUP, tryton_connector
from wizterm.connectors.base import Connector, Done, Missing, Outgoing, Settings
from wizterm.connectors.loading import load
from wizterm.domain.document import key
from wizterm.protocol.session import Session

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


@pytest.fixture(params=["files", pytest.param("tryton", marks=GROUP)])
def connector(request, tmp_path) -> Connector:
    if request.param == "tryton":
        return tryton_connector(request.getfixturevalue("tryton"), tmp_path)
    return load(request.param, Settings(tmp_path / "erp"))


@pytest.fixture(params=["order", "customer"])
def document(request):
    days = {"submitted_at": datetime(2026, 3, 2, 9, tzinfo=UTC), "business_date": date(2026, 3, 2)}
    return outgoing(order(SESSION, "C1", **days) if request.param == "order" else new_customer(SESSION, **days))


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
