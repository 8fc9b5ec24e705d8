"""Each answer of a mail server, or none, and what becomes of the mail."""

import pytest

from tests.support.mail_server import CUT
from wizterm.connectors.base import LEASE_SECONDS
from wizterm.domain.clock import milliseconds
from wizterm.server.dispatch.claiming import claim
from wizterm.server.dispatch.dispatcher import LONGEST_REST
from wizterm.server.dispatch.gate import TROUBLES
from wizterm.server.mail.smtp import REFUSES_US_SECONDS

HERS = "mail-customer"


def later(house, seconds=LONGEST_REST):
    house.clock.go_on(seconds)
    house.round()


@pytest.mark.parametrize("where", ["recipients", "contents"])
def test_not_yet_is_tried_again_until_it_is_taken(house, where):
    getattr(house.server, where).append("451 4.7.1 Greylisted, come back later")
    document = house.take()
    house.round()
    waiting = house.deliveries(document)[HERS]
    assert (waiting.state, len(house.server.mails)) == ("waiting", 0)
    assert "451 4.7.1 Greylisted, come back later" in waiting.words
    later(house)
    assert (house.deliveries(document)[HERS].state, len(house.server.mails)) == ("done", 1)


@pytest.mark.parametrize("where", ["recipients", "contents"])
def test_a_no_is_kept_with_the_servers_words_and_tried_no_more(house, where):
    getattr(house.server, where).append("550 5.1.1 No such user \x1b[31mhere")
    document = house.take()
    house.round()
    later(house)
    refused = house.deliveries(document)[HERS]
    assert refused.state == "refused"
    assert "550 5.1.1 No such user ␛[31mhere." in refused.words
    assert house.server.mails == []
    assert house.told(house.kim)[document.id, 1].state == "confirmed"
    assert house.history(document) == [f"Confirmation could not be mailed: {refused.words}"]


def test_an_answer_that_is_lost_leaves_it_uncertain_and_nothing_goes_by_itself(house):
    house.server.contents.append(CUT)
    document = house.take()
    house.round()
    for _ in range(3):
        later(house)
    uncertain = house.deliveries(document)[HERS]
    assert (uncertain.state, len(house.server.mails)) == ("unknown", 1)
    assert "not known" in uncertain.words
    assert [row.target for row in house.desk.all("unknown")] == [HERS]


@pytest.mark.parametrize("answer", ["garbage", "354 go on", "25", "120 wait"])
def test_an_answer_that_is_none_leaves_it_uncertain_and_nothing_goes_by_itself(house, answer):
    house.server.contents.append(answer)
    document = house.take()
    house.round()
    later(house)
    assert house.deliveries(document)[HERS].state == "unknown"
    assert house.server.mails == []


def test_a_password_that_cannot_be_sent_leaves_the_mail_waiting(mailing):
    house = mailing(user="orders", password="pässword")
    document = house.take()
    house.round()
    assert house.deliveries(document)[HERS].state == "waiting"


def test_a_persons_retry_sends_what_is_uncertain_again_under_the_same_id(house):
    house.server.contents.append(CUT)
    document = house.take()
    house.round()
    house.desk.retry(document.number, HERS)
    house.round()
    first, second = house.server.ids()
    assert first == second
    assert house.deliveries(document)[HERS].state == "done"


def test_a_person_can_give_an_uncertain_one_up(house):
    house.server.contents.append(CUT)
    document = house.take()
    house.round()
    house.desk.give_up(document.number, "They have it, they called.", HERS)
    later(house)
    assert len(house.server.mails) == 1
    assert house.told(house.kim)[document.id, 1].state == "confirmed"


def test_a_worker_that_died_between_taking_and_settling_loses_nothing_and_doubles_nothing(house):
    document = house.take()
    house.deliver()
    with house.company.store.writing():
        assert claim(HERS, milliseconds(house.clock.now())) is not None
    house.mail()
    assert house.deliveries(document)[HERS].state == "sending"
    later(house, LEASE_SECONDS)
    assert house.deliveries(document)[HERS].state == "unknown"
    assert house.server.mails == []
    house.desk.retry(document.number, HERS)
    house.round()
    assert len(house.server.mails) == 1


def test_a_server_that_is_stopped_leaves_what_was_under_way_to_a_person(house):
    document = house.take()
    house.deliver()
    (mailer,) = house.company.mailers
    send = mailer._connector.send

    def stopped(outgoing):
        mailer.let_go()
        return send(outgoing)

    mailer._connector.send = stopped
    mailer.step()
    assert house.deliveries(document)[HERS].state == "unknown"
    later(house)
    assert len(house.server.mails) == 1


def test_what_does_not_listen_is_tried_again_and_left_alone_after_several(mailing):
    house = mailing(port=9, customer="received")
    for _ in range(TROUBLES + 3):
        house.take()
    house.mail()
    rows = house.desk.all("waiting")
    assert sum(row.attempts for row in rows if row.target == HERS) == TROUBLES
    assert any("cannot be reached" in row.words for row in rows)


def test_a_server_that_takes_nothing_from_us_loses_no_mail(house):
    house.server.senders.append("553 orders@testers.example is not yours")
    document = house.take()
    house.round()
    assert "takes nothing from us: 553 orders@testers.example is not yours." in house.deliveries(document)[HERS].words
    later(house, REFUSES_US_SECONDS + LONGEST_REST)
    assert house.deliveries(document)[HERS].state == "done"


def test_one_refused_address_of_the_office_does_not_keep_the_other_from_its_mail(mailing):
    house = mailing(customer="never", office_addresses="gone@testers.example, ada@testers.example")
    house.server.recipients.append("550 no such user")
    house.take()
    house.mail()
    assert house.server.to() == ["ada@testers.example"]


def test_a_hidden_copy_is_in_no_header_and_its_refusal_stops_nothing(mailing):
    house = mailing(bcc="archive@testers.example, old@testers.example")
    house.server.recipients.extend(["250 Taken", "250 Taken", "550 gone"])
    document = house.take()
    house.round()
    (mail,) = house.server.mails
    assert house.server.to() == ["grace@corner.example", "archive@testers.example"]
    assert "archive@" not in mail.as_string()
    assert house.deliveries(document)[HERS].state == "done"


def test_a_customer_without_an_address_is_nobodys_alarm_and_can_be_mended(house):
    house.office.load(customers="number,name,email,price_list,rep\nC1,Corner Shop,,TRADE,KIM\n")
    document = house.take()
    house.round()
    nobody = house.deliveries(document)[HERS]
    assert nobody.state == "given-up"
    assert "has no e-mail address: add one" in nobody.words
    assert house.desk.all() == ()
    assert [row.document for row in house.desk.all("given-up")] == [document.id]
    house.office.load(customers="number,name,contact,email,price_list,rep\nC1,Corner Shop,Al,al@c.example,TRADE,KIM\n")
    house.desk.retry(document.number, HERS)
    assert [row.document for row in house.desk.all()] == [document.id]
    house.round()
    assert house.server.to() == ["al@c.example"]


def test_a_rep_without_an_address_is_told_how_to_give_one(mailing):
    house = mailing(customer="never", rep="received")
    house.office.reps.write_to("KIM", "")
    document = house.take()
    house.mail()
    assert "`wizterm admin reps email KIM ADDRESS`" in house.deliveries(document)["mail-rep"].words
