"""What is offered again after a restore: which documents, in which order, and what their answers do."""

from datetime import timedelta

import pytest

from tests.support.outbox_device import SERVER, Device, id_of, number_of, receipt
from wizterm.db import replay as replays
from wizterm.db.device import setting
from wizterm.db.outbox import EPOCH
from wizterm.db.replay import KEPT, Replay
from wizterm.domain.document import DocumentId
from wizterm.protocol.documents import Refused


@pytest.fixture
def device(tmp_path):
    device = Device(tmp_path)
    yield device
    device.close()


@pytest.fixture
def replay(device):
    return Replay(device.database, device.clock)


def deliver(device, number, epoch="e1"):
    device.submit(number)
    (envelope,) = (each for each in device.outbox.waiting() if each.id == id_of(number))
    device.outbox.begin([envelope])
    device.outbox.deliver([receipt(envelope, epoch=epoch, sequence=number)], SERVER)
    device.clock.advance(60)


def become(device, number, state):
    device.database.execute_sql("UPDATE document SET state = ? WHERE id = ?", (state, id_of(number)))


def offered(replay):
    return [number_of(envelope.id) for envelope in replay.waiting()]


def test_another_epoch_brings_back_what_was_delivered_in_its_order(device, replay):
    for number in (3, 1, 2):
        deliver(device, number)
    assert replay.notice("e2") == 3
    assert offered(replay) == [3, 1, 2]
    assert setting(device.database, EPOCH) == "e2"


def test_the_same_bytes_go_with_the_epoch_of_their_receipt(device, replay):
    deliver(device, 1)
    replay.notice("e2")
    (envelope,) = replay.waiting()
    assert envelope.receipt == "e1"
    assert envelope.body == device.documents.body(DocumentId(id_of(1)))[1]


@pytest.mark.parametrize("epoch", ["", "e1"])
def test_the_known_epoch_and_an_unseen_one_bring_back_nothing(device, replay, epoch):
    deliver(device, 1)
    replay.notice("e1")
    assert replay.notice(epoch) == 0
    assert offered(replay) == []


def test_what_is_older_than_ninety_days_and_not_among_the_newest_is_left(device, replay, monkeypatch):
    monkeypatch.setattr(replays, "NEWEST", 1)
    deliver(device, 1)
    device.clock.advance((KEPT - timedelta(hours=1)).total_seconds())
    deliver(device, 2)
    device.clock.advance(2 * 3600)
    replay.notice("e2")
    assert offered(replay) == [2]


@pytest.mark.parametrize("years_off", [-10, 10])
def test_a_clock_that_was_years_off_keeps_nothing_back(device, replay, years_off):
    off = timedelta(days=365 * years_off)
    deliver(device, 1)
    device.clock.at += off
    deliver(device, 2)
    device.clock.at -= off
    deliver(device, 3)
    replay.notice("e2")
    assert sorted(offered(replay)) == [1, 2, 3]


@pytest.mark.parametrize("years_off", [-10, 10])
def test_a_clock_that_is_years_off_now_keeps_nothing_back(device, replay, years_off):
    deliver(device, 1)
    device.clock.at += timedelta(days=365 * years_off)
    replay.notice("e2")
    assert offered(replay) == [1]


def test_what_was_never_delivered_and_what_was_revised_is_left(device, replay):
    deliver(device, 1)
    become(device, 1, "superseded")
    device.submit(2)
    assert replay.notice("e2") == 0


@pytest.mark.parametrize("state", ["delivered", "confirmed", "refused", "cancelled"])
def test_a_document_does_not_fall_back_when_it_is_taken_again(device, replay, state):
    deliver(device, 1)
    become(device, 1, state)
    replay.notice("e2")
    (envelope,) = replay.waiting()
    replay.begin([envelope])
    assert device.state(1) == state
    replay.deliver([receipt(envelope, epoch="e2", sequence=9)], SERVER)
    assert device.state(1) == state
    assert offered(replay) == []
    assert "it has the document again" in device.documents.history(DocumentId(id_of(1)))[-1].words
    assert replay.notice("e2") == 0


def test_a_second_restore_brings_it_back_once_more(device, replay):
    deliver(device, 1)
    replay.notice("e2")
    (envelope,) = replay.waiting()
    replay.deliver([receipt(envelope, epoch="e2", sequence=9)], SERVER)
    assert replay.notice("e3") == 1


def test_a_second_restore_before_the_first_was_answered_offers_nothing_twice(device, replay):
    deliver(device, 1)
    replay.notice("e2")
    assert replay.notice("e3") == 0
    assert offered(replay) == [1]


@pytest.mark.parametrize("other", [{"server": "other"}, {"sha256": "0" * 64}], ids=str)
def test_a_receipt_for_something_else_settles_nothing(device, replay, other):
    deliver(device, 1)
    replay.notice("e2")
    (envelope,) = replay.waiting()
    assert replay.deliver([receipt(envelope, **other)], SERVER) == set()
    assert offered(replay) == [1]


@pytest.mark.parametrize(("state", "after"), [("delivered", "refused"), ("confirmed", "confirmed")])
def test_a_refusal_asks_a_person_only_where_the_company_had_not_confirmed(device, replay, state, after):
    deliver(device, 1)
    become(device, 1, state)
    replay.notice("e2")
    replay.refuse(Refused(id=id_of(1), revision=1, code="x", words="not your customer"))
    assert device.state(1) == after
    assert "not your customer" in device.documents.history(DocumentId(id_of(1)))[-1].words
    assert offered(replay) == []


def test_what_is_told_to_wait_waits(device, replay):
    deliver(device, 1)
    replay.notice("e2")
    replay.postpone(DocumentId(id_of(1)), "", timedelta(minutes=1))
    assert offered(replay) == []
    assert replay.next_try() is not None
    device.clock.advance(61)
    assert offered(replay) == [1]


def test_nothing_of_it_counts_as_unsent(device, replay):
    deliver(device, 1)
    replay.notice("e2")
    assert device.outbox.unsent() == 0
    assert replay.left() == 1


def test_what_went_unheard_says_under_which_epoch_so_that_a_restored_server_looks_for_it_outside(device, replay):
    device.submit(1)
    replay.notice("e1")
    (fresh,) = device.outbox.waiting()
    device.outbox.begin([fresh])
    device.outbox.put_back([fresh])
    replay.notice("e2")
    (again,) = device.outbox.waiting()
    assert (fresh.receipt, again.receipt) == ("", "e1")
    device.outbox.begin([again])
    device.outbox.recover()
    assert [envelope.receipt for envelope in device.outbox.waiting()] == ["e1"]


def test_what_certainly_never_left_says_nothing_of_an_epoch(device, replay):
    device.submit(1)
    replay.notice("e1")
    batch = device.outbox.waiting()
    device.outbox.begin(batch)
    device.outbox.put_back(batch, may_be_there=False)
    assert [envelope.receipt for envelope in device.outbox.waiting()] == [""]
