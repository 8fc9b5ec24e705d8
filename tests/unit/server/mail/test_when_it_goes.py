"""Who is mailed when, and what stops a mail."""

import pytest

from tests.support.documents_making import cancellation, order
from wizterm.connectors.base import Done, Later, Refused, Unknown
from wizterm.protocol.bodies import Party
from wizterm.server.delivery_desk import DeliveryError
from wizterm.server.dispatch.dispatcher import LONGEST_REST
from wizterm.server.store.paperwork import Delivery


def test_the_customer_hears_once_and_after_the_erps_yes(house):
    house.erp.answers.append(Done("SO-7"))
    document = house.take()
    house.mail()
    assert house.server.mails == []
    assert house.deliveries(document)["mail-customer"].state == "awaiting"
    house.round()
    house.round()
    (mail,) = house.server.mails
    assert house.server.to() == ["grace@corner.example"]
    assert mail["Subject"] == f"Order {document.number} confirmed – Testers & Co"
    assert house.deliveries(document)["mail-customer"].state == "done"
    assert house.deliveries(document)["mail-customer"].external == mail["Message-ID"]
    assert house.history(document) == ["Confirmation mailed to grace@corner.example"]


def test_after_the_erps_no_the_customer_hears_nothing(house):
    house.erp.answers.append(Refused("blocked"))
    document = house.take()
    house.round()
    assert house.server.mails == []
    assert house.deliveries(document)["mail-customer"].state == "awaiting"
    assert [row.target for row in house.desk.all()] == ["erp"]


def test_a_no_that_becomes_a_yes_is_mailed_then(house):
    house.erp.answers.append(Refused("no such tax code"))
    document = house.take()
    house.round()
    house.desk.retry(document.number)
    house.round()
    assert len(house.server.mails) == 1


def test_nobody_is_mailed_while_the_erp_has_not_said(house):
    house.erp.answers.extend([Later(60, "closed"), Unknown("time-out")])
    house.take()
    house.round()
    house.clock.go_on(LONGEST_REST)
    house.round()
    assert house.server.mails == []


def test_rep_and_office_hear_when_it_is_received(mailing):
    house = mailing(customer="never", rep="received", office_addresses="office@testers.example, Ada <ada@t.example>")
    document = house.take()
    house.mail()
    assert house.server.to() == ["kim@testers.example", "office@testers.example", "ada@t.example"]
    assert [mail["Subject"] for mail in house.server.mails] == [f"Order {document.number} received – Testers & Co"] * 2
    assert house.history(document) == []


def test_each_can_hear_at_another_time_or_never(mailing):
    house = mailing(customer="received", rep="confirmed", office="never", office_addresses="office@testers.example")
    house.take()
    house.mail()
    assert house.server.to() == ["grace@corner.example"]
    house.round()
    assert house.server.to() == ["grace@corner.example", "kim@testers.example"]


def test_what_no_erp_takes_is_mailed_when_it_is_received(mailing):
    house = mailing()
    house.company.intake._erp_kinds = frozenset({"customer"})
    document = house.take()
    house.mail()
    (mail,) = house.server.mails
    assert mail["Subject"] == f"Order {document.number} received – Testers & Co"


def test_a_cancellation_before_the_mail_went_stops_it(house):
    house.server.contents.append("451 try later")
    document = house.take()
    house.round()
    house.post(house.kim, cancellation(house.kim, document.id))
    house.round()
    house.clock.go_on(LONGEST_REST)
    house.round()
    assert house.server.mails == []
    assert house.deliveries(document)["mail-customer"].state == "dropped"


def test_a_cancellation_while_the_mail_is_handed_over_stops_its_next_try(house):
    document = house.take()
    house.deliver()
    (mailer,) = house.company.mailers
    send = mailer._connector.send

    def meanwhile(outgoing):
        house.post(house.kim, cancellation(house.kim, document.id))
        house.deliver()
        return send(outgoing)

    house.server.recipients.append("450 greylisted")
    mailer._connector.send = meanwhile
    house.mail()
    mailer._connector.send = send
    house.clock.go_on(LONGEST_REST)
    house.mail()
    assert house.server.mails == []
    assert house.deliveries(document)["mail-customer"].state == "dropped"


def test_a_revision_takes_the_place_of_the_mail_about_the_one_before(mailing):
    house = mailing(customer="confirmed", rep="received")
    house.erp.answers.append(Refused("no such product"))
    house.server.contents.append("451 try later")
    document = house.take()
    house.round()
    again = order(house.kim, "C1", id=document.id, revision=2, number=document.number)
    house.post(house.kim, again)
    house.clock.go_on(LONGEST_REST)
    house.round()
    assert sorted(house.server.to()) == ["grace@corner.example", "kim@testers.example"]
    assert all(f"{document.id}" not in mail.as_string() for mail in house.server.mails)
    assert {each.state for each in house.deliveries(document, revision=1).values()} == {"dropped"}
    assert {each.state for each in house.deliveries(document, revision=2).values()} == {"done"}


def test_a_refused_order_is_not_confirmed_to_a_customer_who_hears_at_receipt(mailing):
    house = mailing(customer="received")
    house.erp.answers.append(Refused("blocked"))
    document = house.take()
    house.deliver()
    house.mail()
    assert house.server.mails == []
    house.desk.retry(document.number)
    house.round()
    assert len(house.server.mails) == 1


def test_mail_trouble_holds_up_neither_the_erp_nor_the_document(mailing):
    house = mailing(customer="received", rep="received")
    house.server.senders.extend(["550 we do not know you"] * 12)
    documents = [house.take() for _ in range(6)]
    house.mail()
    house.deliver()
    assert {house.told(house.kim)[each.id, 1].state for each in documents} == {"confirmed"}
    assert len(house.erp.sent) == 6


def test_a_quote_is_mailed_as_one(house):
    document = house.take(kind="quote")
    house.round()
    (mail,) = house.server.mails
    assert mail["Subject"] == f"Quote {document.number} – Testers & Co"


def test_a_mail_that_awaits_the_erp_cannot_be_forced_but_held_and_let_go(house):
    document = house.take()
    with pytest.raises(DeliveryError, match="awaits the ERP's yes"):
        house.desk.retry(document.number, "mail-customer")
    house.desk.hold(document.number, "mail-customer")
    house.round()
    assert house.server.mails == []
    house.desk.release(document.number, "mail-customer")
    house.round()
    assert len(house.server.mails) == 1


def test_without_mail_nothing_more_is_written(open_house):
    house = open_house()
    kim = house.sign_in("KIM")
    house.post(kim, order(kim, "C1"))
    with house.company.store.reading():
        assert [row.target for row in Delivery.select()] == ["erp"]
    assert house.company.mailing is None


@pytest.mark.parametrize(
    ("contact", "party", "goes_to"),
    [
        (
            "",
            Party(id="C1", name="Corner Shop", contact="Grace Hopper", email="old@corner.example"),
            "grace@corner.example",
        ),
        ("", Party(id="C1", name="Corner Shop", contact="Al", email="al@corner.example"), "al@corner.example"),
        ("Grace Hopper", Party(id="C1", name="C", contact="Al", email="al@corner.example"), "grace@corner.example"),
        ("Somebody new", Party(id="C1", name="C", contact="Al", email="al@corner.example"), "grace@corner.example"),
        ("", Party(id="C1", name="Corner Shop"), "grace@corner.example"),
    ],
    ids=["as the office knows today", "as on the order", "who ordered", "nobody we know", "nobody was named"],
)
def test_it_goes_to_whom_the_order_names_as_the_office_knows_them(house, contact, party, goes_to):
    house.take(contact=contact, customer=party)
    house.round()
    assert house.server.to() == [goes_to]
