"""What each kind of answer, or none, makes of a document; without a Tryton."""

import json
from dataclasses import replace

import pytest

from tests.contract.test_connector import SESSION, outgoing
from tests.support.documents_making import line, order
from tests.support.loopback import ends, http, loopback
from wizterm.connectors.base import ConnectorError, Later, Refused, Settings, Unknown
from wizterm.connectors.http import LONG, SOON
from wizterm.connectors.loading import load
from wizterm.connectors.pulling import Pull, PullError
from wizterm.connectors.tryton.calls import ERRAND_SECONDS
from wizterm.connectors.tryton.connector import TrytonConnector
from wizterm.connectors.tryton.examination import is_private
from wizterm.connectors.tryton.ground import Ground

NOTHING = frozenset()
SIGN_IN = ("8.0", [2, "ab" * 32, None], {"company": 1, "language": "en"})
BEFORE_CREATE = (
    [{"id": 3, "code": "C1"}],
    [{"id": 1, "code": "GBP"}],
    {},
    [{"id": 1, "code": "GBP"}],
    [{"id": 7, "code": "MUG", "account_category": 1, "sale_uom": 1, "default_uom": 1}],
    {"taxes": {"add": [[0, {"id": 1}]]}},
)
"""What is asked before a sale is made: the party, the currency twice, what Tryton fills in, the product, its taxes."""


def said(result):
    return http(200, "application/json", json.dumps({"id": 0, "result": result}).encode())


def error(*parts):
    return http(200, "application/json", json.dumps({"id": 0, "error": list(parts)}).encode())


@pytest.fixture
def document():
    return outgoing(order(SESSION, "C1"))


def connector(address, tmp_path, **other):
    values = {"address": address, "database": "wiz", "user": "w", "password": "p"}
    made = TrytonConnector(Settings(tmp_path, values), **other)
    made._known = Ground(NOTHING, NOTHING, NOTHING, NOTHING, shop=1)
    return made


def sent_with(last, tmp_path, document, before=BEFORE_CREATE):
    with loopback(*(said(each) for each in (*SIGN_IN, *before)), last) as server:
        return connector(server.address, tmp_path).send(document)


LOST = [
    http(500, "text/html", b"oops"),
    http(502, "text/html", b"bad gateway"),
    http(504, "text/html", b"too slow"),
    http(200, "text/html", b"<html>Welcome to the hotel</html>"),
    http(200, "application/json", b"[1, 2]"),
    ends(b'{"id": 0, "res', 400),
    ends(b"", 0),
]


@pytest.mark.parametrize("answer", LOST, ids=range(len(LOST)))
def test_what_may_have_been_done_is_unknown(tmp_path, document, answer):
    assert isinstance(sent_with(answer, tmp_path, document), Unknown)


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (http(503, "text/html", b""), SOON),
        (http(429, "text/html", b""), LONG),
        (http(403, "text/html", b""), LONG),
        (http(302, "text/html", b"", "Location: http://elsewhere.example/"), LONG),
        (error("'foo'", ""), LONG),
        (error("ConcurrencyException", ["Records were modified in the meanwhile"]), SOON),
    ],
    ids=["busy", "too many", "forbidden", "moved", "a fault in it", "at once"],
)
def test_what_was_certainly_not_done_is_tried_later(tmp_path, document, answer, seconds):
    outcome = sent_with(answer, tmp_path, document)
    assert isinstance(outcome, Later)
    assert outcome.seconds == seconds


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (error("UserError", ["The party is blocked.", "Ask Ann.", None]), "The party is blocked. Ask Ann."),
        (error("UserWarning", ["name.1", "Over the limit.", ""]), "Over the limit."),
    ],
)
def test_a_no_in_trytons_words_reaches_the_rep(tmp_path, document, answer, words):
    with loopback(*(said(each) for each in (*SIGN_IN, *BEFORE_CREATE)), answer, said([])) as server:
        outcome = connector(server.address, tmp_path).send(document)
    assert outcome == Refused(words)


def test_a_sale_of_many_products_asks_once_for_the_taxes_of_a_category(tmp_path):
    skus = [f"MUG{number}" for number in range(50)]
    said_of = [{"id": 7, "code": sku, "account_category": 1, "sale_uom": 1, "default_uom": 1} for sku in skus]
    document = outgoing(order(SESSION, "C1", *(line(place, sku) for place, sku in enumerate(skus, start=1))))
    answers = [*SIGN_IN, *BEFORE_CREATE[:4], said_of, BEFORE_CREATE[5], [9]]
    with loopback(*(said(each) for each in answers), http(500, "text/html", b"")) as server:
        connector(server.address, tmp_path).send(document)
        asked = [json.loads(request.partition("\r\n\r\n")[2])["method"] for request in server.requests]
    assert asked.count("model.sale.line.on_change") == 1
    assert asked[-2:] == ["model.sale.sale.create", "model.sale.sale.quote"]


def test_a_session_is_renewed_once_and_the_call_made_again(tmp_path, document):
    over = http(401, "text/html", b"")
    answers = [said(each) for each in SIGN_IN] + [over] + [said(each) for each in SIGN_IN[1:]]
    with loopback(*answers, said([{"id": 9, "number": "12", "state": "processing"}])) as server:
        found = connector(server.address, tmp_path).find(document)
    assert found.external == "12"


def test_what_a_netrc_says_of_the_host_does_not_take_the_sessions_place(tmp_path, document, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with loopback(*(said(each) for each in (*SIGN_IN, []))) as server:
        connector(server.address, tmp_path).find(document)
        assert "Authorization: Session" in server.requests[-1]
        assert "Authorization: Basic" not in "".join(server.requests)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("https://erp.example", True),
        ("http://127.0.0.1:8000", True),
        ("http://localhost", True),
        ("http://erp.example", False),
        ("http://localhost.example", False),
    ],
)
def test_a_password_would_travel_in_the_clear_to_another_machine_without_https(address, private):
    assert is_private(address) is private


def test_a_wrong_password_is_not_tried_over_and_over(tmp_path, document):
    with loopback(said("8.0"), http(401, "text/html", b"")) as server:
        outcome = connector(server.address, tmp_path).send(document)
        assert isinstance(outcome, Later)
        assert outcome.seconds == LONG
        assert len(server.requests) == 2


def test_the_series_before_8_is_spoken_to_on_its_own_path(tmp_path, document):
    answers = [http(404, "text/html", b""), said("7.0.59"), *(said(each) for each in SIGN_IN[1:]), said([])]
    with loopback(*answers) as server:
        connector(server.address, tmp_path).find(document)
        assert [request.split()[1] for request in server.requests] == ["/rpc/", "/", "/wiz/", "/wiz/", "/wiz/"]


def test_an_errand_ends_before_its_lease_does(tmp_path, document):
    ticks = iter(range(0, 10_000, 40))
    with loopback(*(said(each) for each in (*SIGN_IN, *BEFORE_CREATE))) as server:
        outcome = connector(server.address, tmp_path, monotonic=lambda: next(ticks)).send(document)
    assert outcome == Later(SOON, f"Tryton took more than {ERRAND_SECONDS:.0f} seconds.")


def test_a_pull_that_fails_says_why(tmp_path):
    with loopback(http(503, "text/html", b"")) as server, pytest.raises(PullError, match=r"busy|as Tryton does"):
        connector(server.address, tmp_path).pull(Pull.ITEMS, "")


def test_a_cursor_of_another_connector_is_refused(tmp_path):
    with loopback(*(said(each) for each in (*SIGN_IN, [{"currency.": {"code": "GBP"}}]))) as server:
        source = connector(server.address, tmp_path)
        with pytest.raises(PullError, match="pull from the start"):
            source.pull(Pull.ITEMS, "page 7")


def test_hostile_text_is_data(tmp_path, document):
    body = order(SESSION, "C1", note="fine\n\x1b[2Jcleared\x00")
    with loopback(*(said(each) for each in (*SIGN_IN, *BEFORE_CREATE)), http(503, "text/html", b"")) as server:
        connector(server.address, tmp_path).send(replace(document, body=body))
        made = json.loads(server.requests[-1].partition("\r\n\r\n")[2])
    comment = made["params"][0][0]["comment"]
    assert comment.splitlines()[0] == "fine"
    assert "\x1b" not in comment
    assert "\x00" not in comment


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "lacks address, database, user, password: say it in wizterm.toml, or as WIZTERM_ERP_TRYTON_ADDRESS"),
        ({"address": "erp.example"}, "expected https://host, got 'erp.example'"),
        ({"orders": "shipped"}, "Invalid enum value 'shipped'"),
        ({"warehose": "x"}, "did you mean warehouse"),
        (
            {"password": "", "password_file": "/nowhere/at/all"},
            "password_file: /nowhere/at/all cannot be read: No such",
        ),
    ],
)
def test_a_wrong_setting_is_said_in_a_sentence(tmp_path, values, words):
    whole = {"address": "https://x", "database": "d", "user": "u", "password": "p"} if values else {}
    with pytest.raises(ConnectorError, match=words.replace("(", r"\(")):
        load("tryton", Settings(tmp_path, whole | values))


def test_a_password_can_lie_in_a_file(tmp_path):
    (tmp_path / "secret").write_text("s3cret\nand a note\n")
    values = {"address": "https://x/", "database": "d", "user": "u", "password_file": str(tmp_path / "secret")}
    made = load("tryton", Settings(tmp_path, values))
    assert (made._setting.password, made._setting.address) == ("s3cret", "https://x")
