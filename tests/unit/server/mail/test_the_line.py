"""TLS, certificates, sign-in, and where exactly a line is cut."""

import pytest

from tests.support.certificates import make, serving, trusting
from tests.support.mail_server import PASSWORD, USER, mail_server
from tests.support.parcels import letter, packed
from tests.support.scripted_mail_server import SILENCE, WHOLE, script
from tests.support.still_clock import StillClock
from wizterm.connectors.base import Done, Later, Refused, Unknown
from wizterm.server.mail.addresses import address
from wizterm.server.mail.smtp import MailServer, Smtp


def smtp(port, security="none", **more):
    return Smtp(MailServer("127.0.0.1", port, security, **more), StillClock().monotonic)


def mail():
    return packed(letter(), attach=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make(tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def starttls(certificate):
    with mail_server(tls_context=serving(certificate), require_starttls=True, auth_required=True) as server:
        yield server


def signing_in(server, context, password=PASSWORD):
    return smtp(server.port, "starttls", user=USER, password=password, context=context)


def test_starttls_and_a_sign_in_take_a_mail_there(starttls, certificate):
    done = signing_in(starttls, trusting(certificate)).send(mail())
    assert isinstance(done, Done)
    assert starttls.signed_in == [USER]
    assert starttls.ids() == [done.external]


def test_a_certificate_that_nobody_vouches_for_gets_no_mail_and_no_password(starttls, tmp_path):
    starttls.mails.clear()
    starttls.signed_in.clear()
    for context in (None, trusting(make(tmp_path))):
        answer = signing_in(starttls, context).send(mail())
        assert isinstance(answer, Later)
        assert "certificate that is not trusted" in answer.words
        assert "mail.ca_file" in answer.words
    assert starttls.mails == starttls.signed_in == []


def test_a_wrong_password_is_said_and_loses_nothing(starttls, certificate):
    answer = signing_in(starttls, trusting(certificate), "guess").send(mail())
    assert isinstance(answer, Later)
    assert "does not let us sign in" in answer.words
    assert "guess" not in answer.words


def test_a_server_without_starttls_is_not_spoken_to_in_the_clear(mails):
    answer = smtp(mails.port, "starttls").send(mail())
    assert isinstance(answer, Later)
    assert "mail.security" in answer.words
    assert mails.mails == []


def test_tls_from_the_first_byte(certificate):
    with mail_server(ssl_context=serving(certificate)) as server:
        assert isinstance(smtp(server.port, "tls", context=trusting(certificate)).send(mail()), Done)


def test_tls_on_a_port_that_speaks_none_says_what_to_look_at(mails):
    answer = smtp(mails.port, "tls").send(mail())
    assert isinstance(answer, Later)
    assert "Look at mail.security and mail.port" in answer.words


def test_a_check_changes_nothing_and_says_what_is_wrong(starttls, certificate):
    starttls.mails.clear()
    sender = address("orders@testers.example")
    assert signing_in(starttls, trusting(certificate)).check(sender) == ""
    assert "sign in" in signing_in(starttls, trusting(certificate), "guess").check(sender)
    assert starttls.mails == []


def test_an_address_beyond_ascii_needs_a_server_that_takes_it(mails):
    parcel = packed(letter(to="gräce@corner.example"), attach=False)
    answer = smtp(mails.port).send(parcel)
    assert isinstance(answer, Refused)
    assert "SMTPUTF8" in answer.words
    with mail_server(enable_SMTPUTF8=True) as server:
        assert isinstance(smtp(server.port).send(parcel), Done)
        assert server.to() == ["gräce@corner.example"]


def test_a_mail_beyond_the_servers_size_is_refused():
    with mail_server(data_size_limit=500) as server:
        answer = smtp(server.port).send(mail())
    assert isinstance(answer, Refused)
    assert "too large" in answer.words


def test_a_line_that_begins_with_a_dot_arrives_as_it_was(mails):
    parcel = packed(letter(note=".\n..\n.hidden"), attach=False)
    assert isinstance(smtp(mails.port).send(parcel), Done)
    assert ".hidden" in mails.mails[0].get_body(("plain",)).get_content()


@pytest.mark.parametrize("answers", range(len(WHOLE) - 1))
def test_a_line_cut_before_the_content_went_is_certainly_no_mail(answers):
    with script(WHOLE[:answers]) as port:
        assert isinstance(smtp(port).send(mail()), Later)


def test_a_line_cut_after_the_content_went_may_be_a_mail():
    with script([*WHOLE[:5], SILENCE]) as port:
        assert isinstance(smtp(port).send(mail()), Unknown)


def test_a_farewell_that_is_not_heard_changes_nothing():
    with script(WHOLE) as port:
        assert isinstance(smtp(port).send(mail()), Done)


@pytest.mark.parametrize("place", range(1, 6))
def test_a_server_that_shuts_down_meanwhile_gets_it_later(place):
    with script([*WHOLE[:place], "421 shutting down"]) as port:
        answer = smtp(port).send(mail())
    assert isinstance(answer, Later)
    assert answer.seconds > 0


def test_what_answers_no_smtp_gets_no_mail():
    with script(["HTTP/1.1 400 Bad Request"]) as port:
        assert isinstance(smtp(port).send(mail()), Later)
