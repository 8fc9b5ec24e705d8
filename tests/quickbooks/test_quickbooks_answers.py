"""What each kind of answer, or none, makes of a document; and tokens that end, or are replaced."""

import pytest

from tests.contract.test_connector import SESSION, outgoing
from tests.support.documents_making import order
from tests.support.quickbooks_fixture import quickbooks_connector, quickbooks_values
from tests.support.quickbooks_server import Answer, fault
from wizterm.connectors.base import ConnectorError, Done, Later, Missing, Refused, Settings, Unknown
from wizterm.connectors.http import LONG, SOON
from wizterm.connectors.loading import load
from wizterm.connectors.pulling import Pull, PullError
from wizterm.connectors.quickbooks.calls import ERRAND_SECONDS
from wizterm.connectors.quickbooks.connector import QuickBooksConnector

LOST = [
    Answer(500, b"oops"),
    Answer(502, b"bad gateway"),
    Answer(503, b"busy"),
    Answer(200, b"<html>Welcome to the hotel</html>"),
    Answer(200, b"[1, 2]"),
    fault(500, "10000", "An application error has occurred"),
    fault(400, "10000", "System Failure Error"),
]
BEFORE = [
    (fault(429, "3001", "ThrottleExceeded", "message=ThrottleExceeded; errorCode=003001"), SOON),
    (fault(429, "3001", "ThrottleExceeded", small=True, Retry_After="7"), 7),
    (fault(403, "3001", "ThrottleExceeded"), SOON),
    (Answer(429, b""), SOON),
    (fault(403, "3100", "ApplicationAuthorizationFailed"), LONG),
    (fault(400, "120", "Authorization Failure"), LONG),
    (fault(400, "3100", "ApplicationAuthorizationFailed", small=True), LONG),
    (fault(400, "6190", "Invalid Company Status", "Subscription period has ended"), LONG),
    (Answer(404, b""), LONG),
    (Answer(302, b"", {"Location": "http://elsewhere.example/"}), LONG),
]


@pytest.fixture
def connector(quickbooks, tmp_path):
    return quickbooks_connector(quickbooks, tmp_path)


@pytest.fixture
def document():
    return outgoing(order(SESSION, "C1"))


@pytest.mark.parametrize("answer", LOST, ids=range(len(LOST)))
def test_what_may_have_been_done_is_unknown(quickbooks, connector, document, answer):
    quickbooks.instead.append(answer)
    assert isinstance(connector.send(document), Unknown)


@pytest.mark.parametrize(("answer", "seconds"), BEFORE, ids=range(len(BEFORE)))
def test_what_was_certainly_not_done_is_tried_later(quickbooks, connector, document, answer, seconds):
    quickbooks.instead.append(answer)
    outcome = connector.send(document)
    assert isinstance(outcome, Later)
    assert outcome.seconds == seconds


@pytest.mark.parametrize("status", [400, 200])
@pytest.mark.parametrize("small", [True, False])
def test_a_no_in_quickbooks_words_reaches_the_rep_however_it_is_spelled(quickbooks, connector, document, status, small):
    quickbooks.instead += [fault(status, "6210", "Closed", "The books are closed\n\x1b[2J.", small=small)] * 2
    assert connector.send(document) == Refused("The books are closed⏎␛[2J. (QuickBooks 6210)")


@pytest.mark.parametrize("answer", [*LOST, *(answer for answer, _ in BEFORE), fault(400, "4001", "Invalid query")])
def test_what_was_only_asked_is_asked_again_later(quickbooks, connector, document, answer):
    for ask in (connector.send, connector.find):
        quickbooks.reading.append(answer)
        assert isinstance(ask(document), Later)
    assert quickbooks.requests == []


def test_the_trace_that_intuits_support_asks_for_is_told(quickbooks, connector, document):
    quickbooks.instead.append(Answer(500, b"", {"intuit_tid": "1-abc"}))
    assert connector.send(document) == Unknown("QuickBooks, or what stands before it, answers 500 (intuit_tid 1-abc).")


def test_a_token_that_ended_early_is_replaced_and_the_same_request_made_again(quickbooks, connector, document):
    assert connector.find(document) == Missing()
    quickbooks.expire()
    assert connector.send(document) == Done(document.number)
    assert quickbooks.signed_in == 2


def test_a_company_that_lets_nobody_in_is_not_asked_over_and_over(quickbooks, connector, document):
    quickbooks.reading += [fault(401, "3200", "AuthenticationFailed", small=True)] * 2
    outcome = connector.send(document)
    assert isinstance(outcome, Later)
    assert (outcome.seconds, "connect WizTerm to the company again" in outcome.words) == (LONG, True)
    assert len(quickbooks.queries) == 2


def test_the_newest_refresh_token_is_used_after_a_restart(quickbooks, tmp_path, document):
    quickbooks_connector(quickbooks, tmp_path).find(document)
    quickbooks.expire()
    again = quickbooks_connector(quickbooks, tmp_path)
    assert again.send(document) == Done(document.number)
    assert quickbooks.signed_in == 2


def test_a_refresh_token_that_is_worth_nothing_asks_for_a_new_connection(quickbooks, tmp_path, document):
    outcome = quickbooks_connector(quickbooks, tmp_path, refresh_token="old").send(document)
    assert isinstance(outcome, Later)
    assert "does not accept the refresh token any more: connect WizTerm to the company again" in outcome.words
    assert quickbooks.worthless == ["old"]
    quickbooks.worthless.clear()
    assert quickbooks_connector(quickbooks, tmp_path).send(document) == Done(document.number)


def test_a_lost_answer_to_the_sign_in_says_that_nothing_was_sent(quickbooks, connector, document):
    quickbooks.lose.append("sign-in")
    assert isinstance(connector.send(document), Later)
    assert quickbooks.requests == []


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"address": "http://127.0.0.1:9"}, "http://127.0.0.1:9 cannot be reached."),
        ({"sign_in_address": "http://127.0.0.1:9/x"}, "http://127.0.0.1:9 cannot be reached."),
        ({"client_secret": "wrong"}, "does not accept client_id and client_secret"),
        ({"realm": "1"}, "check realm and address"),
    ],
)
def test_a_quickbooks_that_is_away_or_not_ours_is_tried_later(quickbooks, tmp_path, document, other, words):
    connector = quickbooks_connector(quickbooks, tmp_path, **other)
    for outcome in (connector.send(document), connector.find(document)):
        assert isinstance(outcome, Later)
        assert words in outcome.words
    with pytest.raises(PullError, match=words):
        connector.pull(Pull.ITEMS, "")


def test_an_errand_ends_before_its_lease_does(quickbooks, tmp_path, document):
    ticks = iter(range(0, 10_000, 40))
    settings = Settings(tmp_path, quickbooks_values(quickbooks))
    outcome = QuickBooksConnector(settings, monotonic=lambda: next(ticks)).send(document)
    assert outcome == Later(SOON, f"QuickBooks took more than {ERRAND_SECONDS:.0f} seconds.")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "lacks realm, client_id, client_secret, refresh_token: say it in wizterm.toml, or as WIZTERM_ERP_QUICK"),
        ({"realm": "my company"}, "expected the company's number, got 'my company'"),
        ({"address": "quickbooks.example"}, "expected https://host, got 'quickbooks.example'"),
        ({"orders": "salesorder"}, "Invalid enum value 'salesorder'"),
        ({"environment": "test"}, "Invalid enum value 'test'"),
        ({"client_scret": "x"}, "did you mean client_secret"),
        ({"refresh_token": "", "refresh_token_file": "/nowhere/at/all"}, "refresh_token_file: /nowhere/at/all cannot"),
    ],
)
def test_a_wrong_setting_is_said_in_a_sentence(tmp_path, values, words):
    whole = {"realm": "1", "client_id": "c", "client_secret": "s", "refresh_token": "r"} if values else {}
    with pytest.raises(ConnectorError, match=words):
        load("quickbooks", Settings(tmp_path, whole | values))


def test_what_is_secret_can_lie_in_files_and_the_address_follows_the_environment(tmp_path):
    for name in ("client_secret", "refresh_token"):
        (tmp_path / name).write_text(f"the {name}\nand a note\n")
    values = {"realm": "1", "client_id": "c", "environment": "sandbox"}
    values |= {f"{name}_file": str(tmp_path / name) for name in ("client_secret", "refresh_token")}
    made = load("quickbooks", Settings(tmp_path, values))._setting
    assert (made.client_secret, made.refresh_token) == ("the client_secret", "the refresh_token")
    assert made.address == "https://sandbox-quickbooks.api.intuit.com"
    assert made.tokens_file == str(tmp_path / "quickbooks-tokens.json")
