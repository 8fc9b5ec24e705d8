"""What each kind of answer of Zoho's, or none, makes of a document, and how it is let in."""

import json
import os
import stat
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
import requests

from tests.contract.test_connector import SESSION, outgoing
from tests.support.documents_making import order
from tests.support.loopback import ends, http, loopback
from tests.support.zoho_box.box import open_box
from tests.support.zoho_box.company import ORGANIZATION
from tests.support.zoho_fixture import zoho_connector
from wizterm.connectors.base import ConnectorError, Done, Later, Missing, Settings, Unknown
from wizterm.connectors.http import LONG, SOON
from wizterm.connectors.loading import load
from wizterm.connectors.pulling import Pull, PullError
from wizterm.connectors.zoho.answers import spoken
from wizterm.connectors.zoho.calls import ERRAND_SECONDS
from wizterm.connectors.zoho.connector import ZohoConnector
from wizterm.connectors.zoho.tokens import FILE, TOO_MANY, YOUNG

GOOD_TOKEN = {"access_token": "1000.x", "expires_in": 3600}
BEFORE_CREATE = (
    {"organizations": [{"organization_id": ORGANIZATION, "currency_code": "GBP", "price_precision": 2}]},
    {"contacts": [{"contact_id": "3", "contact_name": "C1", "currency_code": "GBP"}]},
    {"items": [{"item_id": "7", "sku": "MUG"}]},
)
"""What is asked before a sales order is made."""


@pytest.fixture
def document():
    return outgoing(order(SESSION, "C1"))


@pytest.fixture
def box():
    with open_box("inventory") as opened:
        yield opened


def said(**result):
    return http(200, "application/json", json.dumps({"code": 0, "message": "success"} | result).encode())


def no(status, code, *headers, message="No."):
    return http(status, "application/json", json.dumps({"code": code, "message": message}).encode(), *headers)


def token(**result):
    return http(200, "application/json", json.dumps(result).encode())


def at(address, tmp_path, **parts):
    values = {"accounts_address": address, "api_address": address, "organization": ORGANIZATION}
    values |= {"client_id": "i", "client_secret": "s", "refresh_token": "r"}
    return ZohoConnector(Settings(tmp_path / "erp", values), **parts)


def sent_with(last, tmp_path, document):
    with loopback(token(**GOOD_TOKEN), *(said(**each) for each in BEFORE_CREATE), last) as server:
        return at(server.address, tmp_path).send(document)


LOST = [
    http(500, "text/html", b"oops"),
    http(502, "text/html", b"bad gateway"),
    http(503, "text/html", b"busy"),
    http(200, "text/html", b"<html>Welcome to the hotel</html>"),
    http(201, "application/json", b"[1, 2]"),
    said(),
    said(salesorder=[]),
    ends(b'{"code": 0, "sal', 400),
    ends(b"", 0),
]


@pytest.mark.parametrize("answer", LOST, ids=range(len(LOST)))
def test_what_may_have_been_done_is_unknown(tmp_path, document, answer):
    assert isinstance(sent_with(answer, tmp_path, document), Unknown)


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (no(429, 44), 60),
        (no(429, 44, "Retry-After: 17"), 17),
        (no(429, 45), 3600),
        (no(429, 1070), 10),
        (http(429, "text/html", b""), 60),
        (no(403, 57), LONG),
        (no(404, 5, message="Invalid URL Passed"), LONG),
        (http(404, "text/html", b""), LONG),
        (http(302, "text/html", b"", "Location: http://elsewhere.example/"), LONG),
    ],
    ids=["a minute", "as asked", "a day", "at once", "by a proxy", "forbidden", "path", "no path", "moved"],
)
def test_what_was_certainly_not_done_is_tried_later(tmp_path, document, answer, seconds):
    outcome = sent_with(answer, tmp_path, document)
    assert isinstance(outcome, Later)
    assert outcome.seconds == seconds


def test_a_question_whose_answer_is_lost_has_changed_nothing(tmp_path, document):
    with loopback(token(**GOOD_TOKEN), http(500, "text/html", b"")) as server:
        connector = at(server.address, tmp_path)
        assert connector.find(document) == Later(SOON, "Zoho, or what stands before it, answers 500.")
        assert isinstance(connector.send(document), Later)


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (token(error="invalid_code"), LONG),
        (token(error="invalid_client"), LONG),
        (http(400, "application/json", json.dumps({"error": "Access Denied"}).encode()), TOO_MANY),
        (http(200, "text/html", b"<html>"), LONG),
        (http(502, "text/html", b""), SOON),
        (ends(b'{"acc', 400), SOON),
    ],
)
def test_without_a_token_nothing_is_asked_and_it_is_tried_later(tmp_path, document, answer, seconds):
    with loopback(answer) as server:
        outcome = at(server.address, tmp_path).send(document)
        assert isinstance(outcome, Later)
        assert outcome.seconds == seconds
        assert len(server.requests) == 1


def test_no_secret_stands_in_the_words_for_a_person(tmp_path, document):
    with loopback(token(error="invalid_client")) as server:
        outcome = at(server.address, tmp_path, now=lambda: 0).send(document)
    assert isinstance(outcome, Later)
    assert "invalid_client" in outcome.words
    with open_box("inventory") as box:
        outcome = zoho_connector(box, tmp_path, refresh_token="1000.OTHERSECRET").send(document)
    assert isinstance(outcome, Later)
    assert "OTHERSECRET" not in outcome.words


def test_an_old_token_that_is_not_taken_is_renewed_once_and_the_call_made_again(box, tmp_path, document):
    clock = [1_000.0]
    connector = zoho_connector(box, tmp_path, now=lambda: clock[0])
    assert connector.find(document) == Missing()
    box.good.clear()
    clock[0] += YOUNG
    assert connector.find(document) == Missing()
    assert box.tokens == 2


def test_a_young_token_that_is_not_taken_lacks_a_permission_and_is_not_renewed(box, tmp_path, document):
    connector = zoho_connector(box, tmp_path, now=lambda: 1_000.0)
    assert connector.find(document) == Missing()
    box.good.clear()
    for _ in range(5):
        found = connector.find(document)
        assert isinstance(found, Later)
        assert found.seconds == LONG
        assert "check its permissions" in found.words
    assert box.tokens == 1


def test_a_token_is_asked_for_again_before_it_ends(box, tmp_path, document):
    clock = [1_000.0]
    connector = zoho_connector(box, tmp_path, now=lambda: clock[0])
    for seconds, tokens in ((0, 1), (3400, 1), (150, 2)):
        clock[0] += seconds
        connector.find(document)
        assert box.tokens == tokens


def test_a_clock_that_went_back_does_not_make_a_token_last_longer(box, tmp_path, document):
    clock = [100_000.0]
    connector = zoho_connector(box, tmp_path, now=lambda: clock[0])
    connector.find(document)
    clock[0] = 1_000.0
    connector.find(document)
    assert box.tokens == 2


def test_all_processes_of_a_machine_share_a_token(box, tmp_path, document):
    for _ in range(3):
        assert zoho_connector(box, tmp_path).find(document) == Missing()
    assert box.tokens == 1
    kept = tmp_path / "erp" / FILE
    if sys.platform != "win32":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    kept.write_bytes(b"{}")
    assert zoho_connector(box, tmp_path).find(document) == Missing()
    assert box.tokens == 2


def test_a_token_of_other_secrets_is_not_used(box, tmp_path, document):
    zoho_connector(box, tmp_path).find(document)
    other = zoho_connector(box, tmp_path, refresh_token="1000.OTHER").find(document)
    assert isinstance(other, Later)
    assert "invalid_code" in other.words


def test_what_a_netrc_says_of_the_host_does_not_take_the_tokens_place(box, tmp_path, document, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert zoho_connector(box, tmp_path).find(document) == Missing()


def test_an_errand_ends_before_its_lease_does(box, tmp_path, document):
    ticks = iter(range(0, 10_000, 40))
    outcome = zoho_connector(box, tmp_path, monotonic=lambda: next(ticks)).send(document)
    assert outcome == Later(SOON, f"Zoho took more than {ERRAND_SECONDS:.0f} seconds.")
    assert "POST salesorders" not in box.asked


def test_an_item_made_anew_under_another_id_is_looked_up_again(box, tmp_path, document):
    connector = zoho_connector(box, tmp_path)
    assert isinstance(connector.send(document), Done)
    box.company.items[0]["item_id"] = box.company.new_id()
    again = outgoing(order(SESSION, "C1"))
    assert not isinstance(connector.send(again), Done)
    assert isinstance(connector.send(again), Done)


def test_items_are_looked_up_once_although_zoho_passes_over_the_wish(box, tmp_path, document):
    connector = zoho_connector(box, tmp_path)
    for _ in range(3):
        connector.send(replace(outgoing(order(SESSION, "C1"))))
    assert box.asked.count("GET items") == 1
    assert box.asked.count("GET organizations") == 1


def test_a_limit_that_was_reached_costs_no_further_look_ups(box, tmp_path, document):
    connector = zoho_connector(box, tmp_path)
    assert isinstance(connector.send(document), Done)
    box.on("POST salesorders", 429, 44)
    again = outgoing(order(SESSION, "C1"))
    assert isinstance(connector.send(again), Later)
    assert isinstance(connector.send(again), Done)
    assert box.asked.count("GET items") == 1


def test_an_amount_keeps_every_digit_that_was_written():
    answer = requests.Response()
    answer._content = b'{"code": 0, "total": 9007199254740993.01}'
    assert spoken(answer)["total"] == Decimal("9007199254740993.01")


def test_another_organization_than_the_connections_is_said(box, tmp_path, document):
    outcome = zoho_connector(box, tmp_path, organization="999").send(document)
    assert isinstance(outcome, Later)
    assert f"Zoho has no organization 999 for this connection ({ORGANIZATION})" in outcome.words


def test_a_pull_that_fails_says_why(box, tmp_path):
    box.on("GET items", 429, 45)
    with pytest.raises(PullError, match="no more calls today"):
        zoho_connector(box, tmp_path).pull(Pull.STOCK, "")


def test_a_cursor_of_another_connector_is_refused(box, tmp_path):
    with pytest.raises(PullError, match="pull from the start"):
        zoho_connector(box, tmp_path).pull(Pull.ITEMS, "page 7")


WHOLE = {"organization": "1", "client_id": "i", "client_secret": "s", "refresh_token": "r"}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"organization": ""}, "lacks organization: say it in wizterm.toml, or as WIZTERM_ERP_ZOHO_ORGANIZATION"),
        ({"data_centre": "moon"}, "expected one of us, eu, in, au, jp, ca, sa, cn, or accounts_address and api_addr"),
        ({"api_address": "zoho.example"}, "expected https://host, got 'zoho.example'"),
        ({"product": "crm"}, "Invalid enum value 'crm'"),
        ({"quotes": "estimates"}, "Zoho Inventory has no estimates"),
        ({"refresh_tokn": "x"}, "did you mean refresh_token"),
        ({"client_secret": "", "client_secret_file": "/nowhere/at/all"}, "client_secret_file: /nowhere/at/all cannot"),
        ({"refresh_token": "", "refresh_token_file": os.devnull}, "is empty: expected the refresh token in its first"),
    ],
)
def test_a_wrong_setting_is_said_in_a_sentence(tmp_path, values, words):
    with pytest.raises(ConnectorError, match=words):
        load("zoho", Settings(tmp_path, WHOLE | values))


def test_secrets_can_lie_in_files(tmp_path):
    (tmp_path / "secret").write_text("s3cret\nand a note\n")
    (tmp_path / "token").write_text("1000.R\n")
    values = WHOLE | {"client_secret": "", "refresh_token": "", "client_secret_file": str(tmp_path / "secret")}
    made = load("zoho", Settings(tmp_path, values | {"refresh_token_file": str(tmp_path / "token")}))
    assert (made._setting.client_secret, made._setting.refresh_token) == ("s3cret", "1000.R")


@pytest.mark.parametrize(
    ("centre", "accounts", "api"),
    [
        ("us", "https://accounts.zoho.com", "https://www.zohoapis.com"),
        ("eu", "https://accounts.zoho.eu", "https://www.zohoapis.eu"),
        ("ca", "https://accounts.zohocloud.ca", "https://www.zohoapis.ca"),
    ],
)
def test_a_data_centre_is_two_addresses(tmp_path, centre, accounts, api):
    made = load("zoho", Settings(tmp_path, WHOLE | {"data_centre": centre}))
    assert (made._setting.accounts_address, made._setting.api_address) == (accounts, api)
