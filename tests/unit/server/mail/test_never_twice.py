"""No mail goes out twice by itself: stores that were set back, and many workers at once."""

import threading

import msgspec
import pytest

from tests.support.documents_making import enveloped, order
from wizterm.connectors.base import Done, Missing
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.server.dispatch.dispatcher import LONGEST_REST
from wizterm.server.mail.mailers import mailers
from wizterm.server.store.backing_up import begin_anew

WORKERS, MAILS = 4, 12


def settle(house):
    for _ in range(3):
        house.round()
        house.clock.go_on(LONGEST_REST)


@pytest.mark.parametrize("when", ["confirmed", "received"])
def test_what_is_offered_again_after_a_restore_is_listed_and_not_mailed(mailing, when):
    house = mailing(customer=when, rep="received")
    house.erp.findings.append(Done("SO-7"))
    document = order(house.kim, "C1")
    house.post(house.kim, msgspec.structs.replace(enveloped(document), receipt="another epoch"))
    settle(house)
    assert house.told(house.kim)[document.id, 1].state == "confirmed"
    assert house.server.mails == []
    found = house.deliveries(document)
    assert {each.state for each in found.values()} == {"unknown"}
    assert all("before the store was restored" in each.words for each in found.values())
    house.desk.retry(document.number, "mail-customer")
    settle(house)
    assert house.server.to() == ["grace@corner.example"]


def test_mails_that_were_open_at_the_backup_wait_for_a_person(mailing):
    house = mailing(rep="received")
    waiting = house.take()
    begin_anew(house.company.store, "another epoch")
    house.erp.findings.append(Missing())
    settle(house)
    assert house.told(house.kim)[waiting.id, 1].state == "confirmed"
    assert house.server.mails == []
    assert {each.state for each in house.deliveries(waiting).values()} == {"unknown"}


def test_what_was_mailed_before_the_backup_stays_so(house):
    document = house.take()
    house.round()
    begin_anew(house.company.store, "another epoch")
    settle(house)
    assert len(house.server.mails) == 1
    assert house.deliveries(document)["mail-customer"].state == "done"


def test_many_workers_mail_each_document_once(mailing):
    house = mailing(customer="received", rep="received")
    house.post(house.kim, *(order(house.kim, "C1") for _ in range(MAILS)))
    ready = threading.Barrier(WORKERS)

    def work():
        mine = mailers(house.company.store, house.post_office, clock=SystemClock(), new_id=uuid7, chance=lambda: 0.0)
        ready.wait(30)
        for mailer in mine:
            while mailer.step():
                pass

    threads = [threading.Thread(target=work, daemon=True) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    house.mail()
    assert len(house.server.mails) == 2 * MAILS
    assert len(set(house.server.ids())) == 2 * MAILS
