"""What each kind of answer of Business Central, or none, makes of a document."""

import json

import pytest

from tests.contract.test_connector import SESSION, outgoing
from tests.support.business_central_fixture import business_central_connector
from tests.support.business_central_server import Answer, fault
from tests.support.documents_making import order
from tests.support.still_clock import StillClock
from wizterm.connectors.base import ConnectorError, Done, Later, Refused, Settings, Unknown
from wizterm.connectors.business_central.connector import BusinessCentralConnector


@pytest.fixture
def connector(business_central, tmp_path):
    return business_central_connector(business_central, tmp_path)


@pytest.fixture
def said():
    return outgoing(order(SESSION, "C1"))


CREATE = "POST salesOrders"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (fault(400, "Application_DialogException", "No."), Refused("No.")),
        (fault(409, "Request_EntityChanged", "Another user."), 60.0),
        (fault(412, "Precondition", "Another tag."), 60.0),
        (fault(429, "Application_TooManyRequests", "Too many.", Retry_After="17"), 17.0),
        (fault(429, "Application_TooManyRequests", "Too many."), 60.0),
        (fault(503, "ServiceUnavailable", "Busy.", Retry_After="9"), 9.0),
        (fault(403, "Forbidden", "No right."), 600.0),
        (fault(404, "Internal_CompanyNotFound", "No such company."), 600.0),
        (Answer(302), 600.0),
        (fault(503, "ServiceUnavailable", "Busy."), Unknown),
        (fault(408, "RequestTimeout", "Too long."), Unknown),
        (fault(500, "Internal_ServerError", "Something."), Unknown),
        (Answer(504, b"<html>gateway</html>"), Unknown),
        (Answer(201, b"<html>a portal</html>"), Unknown),
    ],
)
def test_an_answer_to_a_new_order_says_whether_it_may_have_been_made(
    business_central, connector, said, answer, outcome
):
    business_central.instead.append((CREATE, answer))
    sent = connector.send(said)
    if isinstance(outcome, Refused):
        assert sent == outcome
    elif outcome is Unknown:
        assert isinstance(sent, Unknown)
    else:
        assert isinstance(sent, Later)
        assert sent.seconds == outcome


@pytest.mark.parametrize("status", [408, 500, 503, 504])
def test_what_was_only_asked_is_asked_again_later(business_central, connector, said, status):
    business_central.instead.append(("GET salesOrders", fault(status, "x", "Something.")))
    assert isinstance(connector.send(said), Later)
    business_central.instead.append(("GET salesOrders", fault(status, "x", "Something.")))
    assert isinstance(connector.find(said), Later)
    assert isinstance(connector.send(said), Done)


def test_a_refusal_after_the_head_was_made_takes_it_away_again(business_central, connector, said):
    refusal = fault(400, "Application_FieldValidationException", "No comments here.")
    business_central.instead.append(("POST salesOrderLines", refusal))
    assert connector.send(said) == Refused("No comments here.")
    assert business_central.books.rows("salesOrders") == []


def test_a_change_by_somebody_else_after_the_head_was_made_is_no_refusal(business_central, connector, said):
    changed = fault(409, "Request_EntityChanged", "Another user has already changed the record.")
    business_central.instead.append(("POST salesOrderLines", changed))
    assert isinstance(connector.send(said), Unknown)
    assert isinstance(connector.send(said), Done)
    assert len(business_central.books.marked(said.key)) == 1


def test_a_limit_after_the_head_was_made_leaves_it_to_be_brought_on(business_central, connector, said):
    limit = fault(429, "Application_TooManyRequests", "Too many.", Retry_After="5")
    business_central.instead.append(("POST salesOrderLines", limit))
    assert isinstance(connector.send(said), Unknown)
    assert isinstance(connector.send(said), Done)
    assert len(business_central.books.marked(said.key)) == 1


def test_a_token_that_has_run_out_is_renewed_once_and_the_request_made_again(business_central, connector, said):
    connector.find(said)
    business_central.expire()
    assert isinstance(connector.send(said), Done)
    assert business_central.signed_in == 2
    assert len(business_central.books.marked(said.key)) == 1


def test_a_token_serves_until_shortly_before_its_end_and_after_a_restart(business_central, tmp_path, said):
    clock = StillClock()
    for seconds, signed_in in ((0, 1), (3000, 1), (479, 2)):
        clock.go_on(seconds)
        connector = business_central_connector(business_central, tmp_path, now=lambda: clock.now().timestamp())
        connector.find(said)
        assert business_central.signed_in == signed_in


def test_another_app_has_a_token_of_its_own_and_no_secret_is_kept(business_central, tmp_path, said):
    business_central_connector(business_central, tmp_path).find(said)
    (kept,) = (tmp_path / "erp").glob("*.json")
    assert "s3cret" not in kept.read_text()
    assert json.loads(kept.read_text())["access"] == "access 1"
    other = business_central_connector(business_central, tmp_path, client_secret="other")
    assert isinstance(other.find(said), Later)


def test_an_app_that_is_not_entered_there_is_told_to_be(business_central, connector, said):
    refusal = fault(401, "Authentication_InvalidCredentials", "The server has rejected the client credentials.")
    business_central.instead += [("GET companies", refusal)] * 2
    sent = connector.send(said)
    assert isinstance(sent, Later)
    assert "Microsoft Entra applications" in sent.words


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"address": "http://127.0.0.1:9"}, "cannot be reached"),
        ({"sign_in_address": "http://127.0.0.1:9"}, "cannot be reached"),
        ({"client_secret": "wrong"}, "check tenant, client_id and client_secret"),
        ({"company": "Nobody"}, "no company 'Nobody' to be seen (LANTERN)"),
    ],
)
def test_what_is_not_reached_or_not_set_up_is_tried_later(business_central, tmp_path, said, other, words):
    connector = business_central_connector(business_central, tmp_path, **other)
    for outcome in (connector.send(said), connector.find(said)):
        assert isinstance(outcome, Later)
        assert words in outcome.words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "lacks tenant, company, client_id, client_secret: say it in wizterm.toml, or as WIZTERM_ERP_BUSINESS_"),
        ({"tenant": "a", "company": "b", "client_id": "c", "client_secret": "d", "address": "x"}, "address: expected"),
        ({"tenent": "a"}, "has no setting tenent; did you mean tenant?"),
        ({"client_secret_file": "/nowhere"}, "client_secret_file: /nowhere cannot be read"),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_named(tmp_path, values, words):
    with pytest.raises(ConnectorError) as told:
        BusinessCentralConnector(Settings(tmp_path, values))
    assert words in str(told.value)
