"""Backups of a store, and what a restored one does with what comes again."""

from contextlib import closing

import msgspec
import pytest

from tests.support.documents_making import enveloped, new_customer, order
from tests.support.rep_device import furnish
from tests.support.scripted_erp import ScriptedErp
from tests.support.still_clock import StillClock
from tests.support.store_office import PASSWORD, QUICK, StoreOffice
from wizterm.connectors.base import Done, Missing, Refused
from wizterm.domain.ids import uuid7
from wizterm.protocol.documents import Batch, Envelope, Taken
from wizterm.protocol.session import SignIn
from wizterm.server.archive import Archive
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol
from wizterm.server.store import ledger
from wizterm.server.store.backing_up import back_up, begin_anew, restore
from wizterm.server.store.opening import open_store
from wizterm.server.store.people import Device
from wizterm.server.store.store import StoreError


class RealErp(ScriptedErp):
    """Finds what it was sent."""

    def find(self, document):
        self.looked_up.append(document)
        had = any((each.key, each.revision) == (document.key, document.revision) for each in self.sent)
        return Done(f"ERP-{document.number}") if had else Missing()


class Shop:
    """A company over a folder, opened and closed as a test needs."""

    def __init__(self, folder, url=""):
        self.folder = folder
        self.url = url
        self.erp = RealErp()
        self.clock = StillClock()
        with closing(open_store(folder, url)) as store:
            furnish(StoreOffice(store))
        self.open()

    def open(self):
        self.company = open_company(
            self.folder, url=self.url, name="Testers & Co", connector=self.erp, clock=self.clock, passwords=QUICK
        )
        self.server = ServerProtocol(self.company)

    def sign_in(self, device=None, **more):
        return self.server.sign_in(SignIn(rep="KIM", password=PASSWORD, device=device or uuid7(), **more))

    def post(self, session, *envelopes):
        return self.server.post_documents(session.access_token, Batch(documents=tuple(envelopes))).answers

    def deliver(self):
        """All that is due, and what is due a little later."""
        for _ in range(3):
            while self.company.dispatcher.step():
                pass
            self.clock.go_on(5)

    def back_up(self, file):
        back_up(self.folder, file)

    def restore(self, backup):
        return restore(backup, self.folder, uuid7, clock=self.clock)

    @property
    def epoch(self):
        with self.company.store.reading():
            return ledger.fact("epoch")


class ShopOnPostgres(Shop):
    """Backed up by the database's own tools, with nobody at it while it is brought back."""

    def __init__(self, folder, url, tool):
        self._tool = tool
        super().__init__(folder, url)

    def back_up(self, file):
        self._tool("pg_dump", "--format=custom", f"--file={file}", self.url)

    def restore(self, backup):
        self.company.close()
        self._tool("pg_restore", "--clean", "--if-exists", "--single-transaction", f"--dbname={self.url}", backup)
        with closing(open_store(self.folder, self.url)) as store:
            restored = begin_anew(store, uuid7(), clock=self.clock)
        self.open()
        return restored


@pytest.fixture
def shop(tmp_path, store_url, request):
    if store_url:
        shop = ShopOnPostgres(tmp_path / "store", store_url, request.getfixturevalue("postgres").tool)
    else:
        shop = Shop(tmp_path / "store")
    yield shop
    shop.company.close()


@pytest.fixture
def shop_with_a_file(tmp_path):
    shop = Shop(tmp_path / "store")
    yield shop
    shop.company.close()


def again(envelope: Envelope, receipt: str) -> Envelope:
    return Envelope(
        id=envelope.id,
        revision=envelope.revision,
        kind=envelope.kind,
        sha256=envelope.sha256,
        body=envelope.body,
        receipt=receipt,
    )


def doubts(shop, envelope):
    from wizterm.server.archive import Archive

    return [doubt.code for doubt in Archive(shop.company.store).pages(envelope.id)[0].doubts]


def test_a_restored_store_is_what_it_was_under_another_epoch(shop, tmp_path):
    session = shop.sign_in()
    before, after = enveloped(order(session, "C1")), enveloped(order(session, "C1"))
    shop.post(session, before)
    shop.back_up(tmp_path / "b")
    shop.post(session, after)
    epoch = shop.epoch
    restored = shop.restore(tmp_path / "b")
    assert restored.documents == 1
    assert shop.epoch == restored.epoch != epoch
    known, forgotten = shop.post(session, before, again(after, epoch))
    assert isinstance(known, Taken)
    assert isinstance(forgotten, Taken)
    assert "replayed" in doubts(shop, after)
    assert "replayed" not in doubts(shop, before)


def test_what_the_erp_had_is_looked_up_and_not_booked_twice(shop, tmp_path):
    session = shop.sign_in()
    shop.back_up(tmp_path / "b")
    envelope = enveloped(order(session, "C1"))
    shop.post(session, envelope)
    shop.deliver()
    epoch = shop.epoch
    shop.restore(tmp_path / "b")
    shop.post(session, again(envelope, epoch))
    shop.deliver()
    assert len(shop.erp.sent) == 1
    (change,) = shop.server.document_changes(session.access_token, "").changes
    assert change.state == "confirmed"


def test_what_another_copy_of_the_disk_had_sent_is_looked_up_although_it_comes_for_the_first_time(shop, tmp_path):
    session = shop.sign_in()
    shop.back_up(tmp_path / "b")
    envelope = enveloped(order(session, "C1"))
    shop.post(session, envelope)
    shop.deliver()
    shop.restore(tmp_path / "b")
    shop.post(session, envelope)
    shop.deliver()
    assert len(shop.erp.sent) == 1


@pytest.mark.parametrize(("days", "asked"), [(89, 1), (91, 0)])
def test_what_is_new_is_looked_up_for_ninety_days_after_a_restore(shop, tmp_path, days, asked):
    shop.back_up(tmp_path / "b")
    shop.restore(tmp_path / "b")
    shop.clock.go_on(days * 24 * 3600)
    session = shop.sign_in()
    shop.post(session, enveloped(order(session, "C1", submitted_at=shop.clock.now())))
    shop.deliver()
    assert (len(shop.erp.looked_up), len(shop.erp.sent)) == (asked, 1)


def revised(shop, session):
    """An order that the ERP refused and its next revision, which was taken."""
    first = order(session, "C1")
    shop.erp.answers.append(Refused("No."))
    envelopes = [enveloped(first), enveloped(msgspec.structs.replace(first, revision=2))]
    for each in envelopes:
        shop.post(session, each)
        shop.deliver()
    return envelopes


def states(shop, document):
    return [page.line.state for page in Archive(shop.company.store).pages(document)]


def test_a_refused_revision_that_comes_again_with_the_newer_one_is_looked_up_and_never_sent(shop, tmp_path):
    session = shop.sign_in()
    shop.back_up(tmp_path / "b")
    envelopes = revised(shop, session)
    assert states(shop, envelopes[0].id) == ["confirmed", "superseded"]
    epoch, sent = shop.epoch, [each.revision for each in shop.erp.sent]
    shop.erp.sent = [each for each in shop.erp.sent if each.revision == 2]
    shop.restore(tmp_path / "b")
    shop.post(session, *(again(each, epoch) for each in envelopes))
    shop.deliver()
    assert sent == [1, 2]
    assert [each.revision for each in shop.erp.sent] == [2]
    assert states(shop, envelopes[0].id) == ["confirmed", "superseded"]


def test_an_older_revision_that_the_erp_has_all_the_same_holds_the_newer_one_for_a_person(shop, tmp_path):
    session = shop.sign_in()
    shop.back_up(tmp_path / "b")
    envelopes = revised(shop, session)
    epoch = shop.epoch
    shop.erp.sent = [each for each in shop.erp.sent if each.revision == 1]
    shop.restore(tmp_path / "b")
    shop.post(session, *(again(each, epoch) for each in envelopes))
    shop.deliver()
    assert [each.revision for each in shop.erp.sent] == [1]
    newest, _ = Archive(shop.company.store).pages(envelopes[0].id)
    assert newest.line.doubted
    assert [each.held for each in newest.deliveries] == [True]
    assert "Revision 1 is booked in the ERP as ERP-" in newest.doubts[-1].words


def test_what_the_erp_never_had_is_sent(shop, tmp_path):
    session = shop.sign_in()
    shop.back_up(tmp_path / "b")
    envelope = enveloped(order(session, "C1"))
    shop.post(session, envelope)
    epoch = shop.epoch
    shop.restore(tmp_path / "b")
    shop.post(session, again(envelope, epoch))
    shop.deliver()
    assert [document.id for document in shop.erp.sent] == [envelope.id]


def test_what_waited_at_the_backup_is_looked_up_before_it_is_sent(shop, tmp_path):
    session = shop.sign_in()
    envelope = enveloped(order(session, "C1"))
    shop.post(session, envelope)
    shop.back_up(tmp_path / "b")
    shop.deliver()
    shop.restore(tmp_path / "b")
    shop.deliver()
    assert len(shop.erp.sent) == 1


def test_an_order_and_its_new_customer_come_back_in_one_batch(shop, tmp_path):
    session = shop.sign_in()
    shop.back_up(tmp_path / "b")
    customer = new_customer(session)
    envelopes = [enveloped(customer), enveloped(order(session, customer.id))]
    shop.post(session, *envelopes)
    epoch = shop.epoch
    shop.restore(tmp_path / "b")
    assert all(isinstance(each, Taken) for each in shop.post(session, *(again(each, epoch) for each in envelopes)))


def test_a_device_that_came_after_the_backup_keeps_its_code_and_no_other_gets_it(shop, tmp_path):
    shop.back_up(tmp_path / "b")
    device = uuid7()
    session = shop.sign_in(device)
    envelope = enveloped(order(session, "C1"))
    shop.restore(tmp_path / "b")
    back = shop.sign_in(device, installation=session.installation)
    assert back.installation == session.installation
    (answer,) = shop.post(back, envelope)
    assert isinstance(answer, Taken)
    assert shop.sign_in().installation != session.installation


@pytest.mark.parametrize("code", ["ZZZZ", "00", "1", "x!", "0010"])
def test_a_code_that_was_never_drawn_is_not_given_away(shop, code):
    assert shop.sign_in(installation=code).installation != code


def test_a_code_that_is_a_devices_stays_that_devices(shop):
    first = shop.sign_in()
    assert shop.sign_in(installation=first.installation).installation != first.installation
    with shop.company.store.reading():
        assert Device.select().count() == 2


def test_a_backup_is_never_written_over(shop_with_a_file, tmp_path):
    shop_with_a_file.back_up(tmp_path / "b")
    with pytest.raises(StoreError, match="is there already"):
        shop_with_a_file.back_up(tmp_path / "b")


def test_a_file_that_is_no_backup_changes_nothing(shop_with_a_file, tmp_path):
    (tmp_path / "b").write_bytes(b"somebody's text, no database" * 50)
    epoch = shop_with_a_file.epoch
    with pytest.raises(StoreError):
        shop_with_a_file.restore(tmp_path / "b")
    assert shop_with_a_file.epoch == epoch
    assert sorted(path.name for path in shop_with_a_file.folder.glob(".restoring-*")) == []


def test_another_servers_backup_is_refused(shop_with_a_file, tmp_path):
    other = Shop(tmp_path / "other")
    other.back_up(tmp_path / "b")
    other.company.close()
    epoch = shop_with_a_file.epoch
    with pytest.raises(StoreError, match="another server"):
        shop_with_a_file.restore(tmp_path / "b")
    assert shop_with_a_file.epoch == epoch


def test_a_damaged_store_is_set_aside_and_replaced(shop_with_a_file, tmp_path):
    shop_with_a_file.back_up(tmp_path / "b")
    shop_with_a_file.company.close()
    (shop_with_a_file.folder / "server.db").write_bytes(b"damaged" * 1000)
    shop_with_a_file.restore(tmp_path / "b")
    assert (shop_with_a_file.folder / "server.db.damaged").exists()
    shop_with_a_file.open()
    assert shop_with_a_file.sign_in().rep == "KIM"
