"""Mails in the figures, the log, the record of decisions, and beside the ERP's delivery."""

import logging

from peewee import OperationalError

from tests.support.mail_server import CUT
from wizterm.connectors.base import Refused
from wizterm.server.dispatch.gate import TROUBLES
from wizterm.server.overview import overview

HERS = "mail-customer"


def figures(house):
    lines = house.company.metrics.text().decode().splitlines()
    return {
        name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if not line.startswith("#"))
    }


def test_mails_have_figures_of_their_own_and_leave_the_erps_alone(mailing):
    house = mailing(rep="received")
    house.server.contents.append(CUT)
    house.take()
    house.clock.go_on(30)
    seen = figures(house)
    assert seen['wizterm_mails{state="awaiting",to="customer"}'] == 1
    assert seen["wizterm_mail_age_seconds"] == 30
    house.round()
    seen = figures(house)
    assert sum(seen[f'wizterm_mails{{state="unknown",to="{to}"}}'] for to in ("customer", "rep")) == 1
    assert seen['wizterm_deliveries{state="unknown"}'] == seen["wizterm_queue_age_seconds"] == 0
    assert overview(house.company.store).mails_in("unknown") == 1


def test_a_company_that_does_not_mail_has_no_such_figures(open_house):
    assert not [name for name in figures(open_house()) if "mail" in name]


def test_a_mail_server_that_is_left_alone_shows_and_the_erp_is_not(mailing):
    house = mailing(port=9, customer="received")
    for _ in range(TROUBLES):
        house.take()
    house.round()
    seen = figures(house)
    assert seen['wizterm_outside_shut{target="mail"}'] == 1
    assert seen['wizterm_outside_shut{target="erp"}'] == 0


def test_customers_without_addresses_do_not_open_a_gate_that_is_shut(mailing):
    house = mailing(customer="received", host="nowhere.invalid")
    house.office.load(customers="number,name,email,price_list,rep\nC1,Corner Shop,,TRADE,KIM\n")
    with house.company.store.writing():
        house.company.mailers[0]._gate._standing(0, still=True)
        house.company.mailers[0]._gate._put(troubles=3)
    house.take()
    house.mail()
    with house.company.store.reading():
        assert house.company.mailers[0]._gate._standing(0)[0].troubles == 3


def test_a_document_shows_the_erps_delivery_first_and_then_its_mail(house):
    house.erp.answers.append(Refused("no such tax code"))
    house.server.contents.append(CUT)
    document = house.take()
    house.round()
    assert house.desk.of(document.id).target == "erp"
    house.desk.retry(document.number)
    house.round()
    assert house.desk.of(document.id).target == HERS


def test_the_record_says_which_mail_was_decided_about(house):
    house.server.contents.append("550 no")
    document = house.take()
    house.round()
    house.desk.give_up(document.number, "They called.", HERS)
    (decided,) = house.archive.pages(document.id)[0].decided
    assert decided.words == "the mail to the customer: They called."
    assert house.history(document)[-1] == "the mail to the customer given up: They called."


def test_the_log_follows_a_mail_by_its_documents_id(house, caplog):
    caplog.set_level(logging.INFO, "wizterm.documents")
    document = house.take()
    house.round()
    told = [record.facts for record in caplog.records if record.getMessage() == "delivered"]
    assert [(fact["document"], fact["target"]) for fact in told] == [(document.id, "erp"), (document.id, HERS)]


def test_a_store_that_cannot_be_read_just_now_leaves_no_mail_in_doubt(house):
    document = house.take()
    house.deliver()
    (mailer,) = house.company.mailers

    def busy(*_):
        raise OperationalError("database is locked")

    mailer._connector._correspondence.letter, letter = busy, mailer._connector._correspondence.letter
    mailer.step()
    assert house.deliveries(document)[HERS].state == "waiting"
    mailer._connector._correspondence.letter = letter
    house.clock.go_on(60)
    house.mail()
    assert len(house.server.mails) == 1
