"""Answers that are no SMTP, or that never end: the mail goes again only where nothing can have been taken."""

from base64 import b64encode
from itertools import repeat

import pytest
from click.testing import CliRunner

from tests.support.parcels import letter, packed
from tests.support.scripted_mail_server import WHOLE, script
from tests.support.still_clock import StillClock
from wizterm.cli import main
from wizterm.connectors.base import LEASE_SECONDS, Done, Later, Refused, Unknown
from wizterm.server.mail.addresses import address
from wizterm.server.mail.line import CONNECT_SECONDS
from wizterm.server.mail.smtp import ANSWER_SECONDS, FAREWELL_SECONDS, SENDING_SECONDS, STEP_SECONDS, MailServer, Smtp

PLACES = range(len(WHOLE) - 1)
WRONG = [
    "garbage", "25", "", " ", "120 wait", "999 what", "600 x", "2500", "250_ok", "+OK", "250-a\r\n550 b",
    "250-a\r\ngarbage",
]  # fmt: skip
SENDER = address("orders@testers.example")


def mail():
    return packed(letter(), attach=False)


def said(answers, clock=None, **more):
    with script(answers) as port:
        clock = clock or StillClock()
        return Smtp(MailServer("127.0.0.1", port, "none", **more), clock.monotonic).send(mail())


def raw(text):
    """Also an empty line, which a script takes for silence."""
    return [f"{text}\r\n".encode()]


def dripping(clock, piece=b"250-x\r\n"):
    """An answer that goes on, each second."""
    while True:
        clock.go_on(1)
        yield piece


def slow(clock, answer):
    clock.go_on(STEP_SECONDS - 1)
    yield from raw(answer)


@pytest.mark.parametrize("answer", [*WRONG, "354 go on", "300 x"])
def test_what_is_no_answer_after_the_last_dot_leaves_the_mail_uncertain(answer):
    assert isinstance(said([*WHOLE[:5], raw(answer)]), Unknown)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("250", Done), ("251-a\r\n251 b", Done), ("451 not yet", Later), ("421 closing", Later), ("554 no", Refused)],
)
def test_a_well_formed_answer_after_the_last_dot_is_believed(answer, outcome):
    assert isinstance(said([*WHOLE[:5], answer]), outcome)


@pytest.mark.parametrize("answer", WRONG)
@pytest.mark.parametrize("place", [0, 1, 2, 3, 4])
def test_what_is_no_answer_before_the_content_is_certainly_no_mail(place, answer):
    assert isinstance(said([*WHOLE[:place], raw(answer)]), Later)


@pytest.mark.parametrize(("place", "answer"), [(2, "354 go on"), (4, "250 taken"), (4, "220 ready")])
def test_an_answer_to_another_question_is_no_yes(place, answer):
    assert isinstance(said([*WHOLE[:place], answer]), Later)


@pytest.mark.parametrize("place", PLACES)
def test_an_answer_that_never_ends_before_the_content_ends_at_its_time(place):
    clock = StillClock()
    begun = clock.monotonic()
    answer = said([*WHOLE[:place], dripping(clock)], clock)
    assert isinstance(answer, Later)
    assert "did not answer in time" in answer.words
    assert clock.monotonic() > begun + STEP_SECONDS


@pytest.mark.parametrize("line", [b"250-x\r\n", b"2"])
def test_an_answer_that_never_ends_after_the_last_dot_leaves_the_mail_uncertain(line):
    clock = StillClock()
    answer = said([*WHOLE[:5], dripping(clock, line)], clock)
    assert isinstance(answer, Unknown)
    assert "did not answer in time" in answer.words


FLOODS = {"lines": b"250-x\r\n" * 500, "no line": b"2" * 4000, "long lines": b"250-" + b"x" * 4000 + b"\r\n"}


@pytest.mark.parametrize("flood", FLOODS)
@pytest.mark.parametrize(("place", "outcome"), [(1, Later), (5, Unknown)])
def test_a_flood_is_not_kept(flood, place, outcome):
    answer = said([*WHOLE[:place], repeat(FLOODS[flood])])
    assert isinstance(answer, outcome)
    assert "does not come to the end of its answer" in answer.words


def test_slow_answers_end_together_though_each_is_in_time():
    clock = StillClock()
    answer = said([slow(clock, each) for each in WHOLE], clock)
    assert isinstance(answer, Later)
    assert "did not answer in time" in answer.words
    passed = clock.monotonic() - StillClock().monotonic()
    assert SENDING_SECONDS < passed < SENDING_SECONDS + 2 * STEP_SECONDS  # one more answer may come to the farewell


def test_the_whole_conversation_ends_before_the_lease_does():
    assert CONNECT_SECONDS < SENDING_SECONDS
    assert SENDING_SECONDS + ANSWER_SECONDS + FAREWELL_SECONDS < LEASE_SECONDS - STEP_SECONDS


def signing(mechanism, answer):
    return ["220 ready", f"250-hello\r\n250 AUTH {mechanism}", answer]


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_a_password_that_cannot_be_sent_is_said(mechanism):
    challenge = f"334 {b64encode(b'Password:').decode()}"
    answer = said([*signing(mechanism, challenge), challenge], user="orders", password="pässword")
    assert isinstance(answer, Later)
    assert "only signs of ASCII can be sent. Look at mail.user and mail.password." in answer.words
    assert "pässword" not in answer.words


@pytest.mark.parametrize("mechanism", ["LOGIN", "CRAM-MD5"])
def test_a_challenge_that_cannot_be_read_is_said(mechanism):
    answer = said(signing(mechanism, "334 a"), user="orders", password="p")
    assert isinstance(answer, Later)
    assert "asks for the sign-in in a way that cannot be read." in answer.words


@pytest.mark.parametrize("host", ["mail..example", f"{'a' * 70}.example"])
def test_a_host_whose_name_is_none_is_said(host):
    smtp = Smtp(MailServer(host, 25, "none"), StillClock().monotonic)
    answer = smtp.send(mail())
    assert isinstance(answer, Later)
    assert "has no name that can be looked up. Look at mail.host." in answer.words
    assert smtp.check(SENDER) == answer.words


def test_the_check_says_what_is_wrong_with_a_host_and_a_password(tmp_path, monkeypatch):
    settings = {"HOST": "mail..example", "SENDER": "orders@testers.example", "SECURITY": "none", "ATTACH": "false"}
    for name, value in settings.items():
        monkeypatch.setenv(f"WIZTERM_MAIL_{name}", value)
    told = CliRunner().invoke(main, ["admin", "--folder", str(tmp_path), "mail", "check"])
    assert told.exit_code == 1
    assert "has no name that can be looked up. Look at mail.host." in told.output
    with script(signing("PLAIN", "334 a")) as port:
        for name, value in {"HOST": "127.0.0.1", "PORT": str(port), "USER": "u", "PASSWORD": "pässword"}.items():
            monkeypatch.setenv(f"WIZTERM_MAIL_{name}", value)
        told = CliRunner().invoke(main, ["admin", "--folder", str(tmp_path), "mail", "check"])
    assert told.exit_code == 1
    assert "only signs of ASCII can be sent" in told.output


def test_a_hidden_copy_to_signs_that_the_server_cannot_take_stops_nothing():
    copies = (address("archïve@testers.example"),)
    with script(WHOLE) as port:
        answer = Smtp(MailServer("127.0.0.1", port, "none"), StillClock().monotonic).send(
            packed(letter(), attach=False, copies=copies)
        )
    assert isinstance(answer, Done)
