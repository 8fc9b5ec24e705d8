from datetime import timedelta

import pytest

from tests.support.outbox_device import SERVER, id_of, number_of, receipt
from wizterm.db.device import DeviceFileError
from wizterm.domain.document import DocumentId, Kind, WrongMoveError
from wizterm.protocol.documents import Refused


def numbers(batch):
    return [number_of(envelope.id) for envelope in batch]


def test_documents_wait_in_the_order_they_were_submitted(device):
    for number in (3, 1, 2):
        device.submit(number)
    assert numbers(device.outbox.waiting()) == [3, 1, 2]


def test_a_batch_ends_at_its_number_of_documents(device):
    for number in range(1, 6):
        device.submit(number)
    assert numbers(device.outbox.waiting(most=2)) == [1, 2]


def test_a_batch_ends_at_its_bytes_but_the_first_goes_however_large_it_is(device):
    device.submit(1, size=900)
    device.submit(2, size=10)
    assert numbers(device.outbox.waiting(most_bytes=500)) == [1]


def test_what_is_sent_is_what_was_frozen_byte_for_byte(device):
    device.submit(1, size=5)
    (envelope,) = device.outbox.waiting()
    assert envelope.body == '{"order": 1, "note": "xxxxx"}'


def test_a_held_document_waits_and_the_others_do_not(device):
    device.outbox.hold(device.submit(1), held=True)
    device.submit(2)
    assert numbers(device.outbox.waiting()) == [2]


def test_an_order_goes_in_one_batch_with_its_new_customer_and_after_it(device):
    device.submit(1, kind=Kind.CUSTOMER)
    device.submit(2, after=1)
    assert numbers(device.outbox.waiting()) == [1, 2]


def test_an_order_waits_while_its_new_customer_rests(device):
    device.submit(1, kind=Kind.CUSTOMER)
    device.submit(2, after=1)
    device.submit(3)
    device.outbox.begin(device.outbox.waiting(most=1))
    device.outbox.postpone(DocumentId(id_of(1)), "later", timedelta(minutes=5))
    assert numbers(device.outbox.waiting()) == [3]


def test_an_order_waits_while_its_new_customer_is_with_a_person(device):
    device.submit(1, kind=Kind.CUSTOMER)
    device.submit(2, after=1)
    device.outbox.begin(device.outbox.waiting(most=1))
    device.outbox.refuse(Refused(id=id_of(1), revision=1, code="x", words="no VAT number"))
    assert numbers(device.outbox.waiting()) == []


def test_an_order_goes_once_its_new_customer_has_a_receipt(device):
    device.submit(1, kind=Kind.CUSTOMER)
    device.submit(2, after=1)
    batch = device.outbox.waiting(most=1)
    device.outbox.begin(batch)
    device.outbox.deliver([receipt(batch[0])], SERVER)
    assert numbers(device.outbox.waiting()) == [2]


def test_an_edge_to_a_document_that_is_not_here_holds_nothing_up(device):
    device.submit(2, after=99)
    assert numbers(device.outbox.waiting()) == [2]


def test_a_postponed_document_goes_when_its_rest_is_over(device):
    device.submit(1)
    device.outbox.begin(device.outbox.waiting())
    device.outbox.postpone(DocumentId(id_of(1)), "busy", timedelta(seconds=30))
    assert device.outbox.waiting() == []
    assert device.outbox.next_try() == device.clock.now() + timedelta(seconds=30)
    device.clock.advance(30)
    assert numbers(device.outbox.waiting()) == [1]
    assert device.outbox.next_try() is None


def test_a_receipt_delivers_and_empties_the_outbox(device):
    device.submit(1)
    (envelope,) = device.outbox.waiting()
    device.outbox.begin([envelope])
    device.outbox.deliver([receipt(envelope)], SERVER)
    assert device.state(1) == "delivered"
    assert device.outbox.unsent() == 0
    assert device.history(1) == ["queued", "sending", "delivered"]


@pytest.mark.parametrize(
    "other", [{"sha256": "0" * 64}, {"server": "another"}, {"id": id_of(9)}, {"revision": 2}], ids=str
)
def test_a_receipt_for_anything_else_delivers_nothing(device, other):
    device.submit(1)
    (envelope,) = device.outbox.waiting()
    device.outbox.begin([envelope])
    assert device.outbox.deliver([receipt(envelope, **other)], SERVER) == set()
    assert device.state(1) == "sending"
    assert device.outbox.unsent() == 1


def test_a_receipt_for_a_document_that_was_not_sent_delivers_nothing(device):
    device.submit(1)
    (envelope,) = device.outbox.waiting()
    assert device.outbox.deliver([receipt(envelope)], SERVER) == set()
    assert device.state(1) == "queued"


def test_a_refused_document_keeps_the_words_and_the_field(device):
    device.submit(1)
    device.outbox.begin(device.outbox.waiting())
    device.outbox.refuse(Refused(id=id_of(1), revision=1, code="x", words="no such unit", field="lines.2.unit"))
    row = device.database.execute_sql("SELECT state, words, field FROM document").fetchone()
    assert row == ("refused", "no such unit", "lines.2.unit")


def test_what_a_crash_left_on_its_way_waits_again(device):
    device.submit(1)
    device.outbox.begin(device.outbox.waiting())
    assert device.outbox.recover() == 1
    assert numbers(device.outbox.waiting()) == [1]


def test_putting_back_leaves_alone_what_has_its_receipt(device):
    device.submit(1)
    device.submit(2)
    batch = device.outbox.waiting()
    device.outbox.begin(batch)
    device.outbox.deliver([receipt(batch[0])], SERVER)
    device.outbox.put_back(batch, "no answer")
    assert (device.state(1), device.state(2)) == ("delivered", "queued")


def test_what_is_on_its_way_cannot_be_withdrawn(device):
    document = device.submit(1)
    device.outbox.begin(device.outbox.waiting())
    with pytest.raises(WrongMoveError):
        device.outbox.withdraw(document)


def test_a_withdrawn_document_leaves_the_outbox(device):
    device.outbox.withdraw(device.submit(1))
    assert device.state(1) == "cancelled"
    assert device.outbox.unsent() == 0


def test_a_disk_that_refuses_is_told_in_a_sentence_and_changes_nothing(device):
    device.submit(1)
    batch = device.outbox.waiting()
    device.database.execute_sql("PRAGMA query_only = 1")
    with pytest.raises(DeviceFileError, match="cannot be written"):
        device.outbox.begin(batch)
    device.database.execute_sql("PRAGMA query_only = 0")
    assert device.state(1) == "queued"


def test_the_refusal_of_what_is_being_cancelled_leaves_nothing_to_cancel(device):
    device.submit(1)
    device.submit(2, kind=Kind.CANCELLATION, after=1)
    device.outbox.begin(device.outbox.waiting(most=1))
    device.outbox.refuse(Refused(id=id_of(1), revision=1, code="unreadable", words="no"))
    assert (device.state(1), device.state(2)) == ("cancelled", "cancelled")
    assert device.outbox.unsent() == 0


def test_a_clock_that_is_set_right_does_not_keep_a_document_for_years(device):
    document = device.submit(1)
    device.clock.at += timedelta(days=3650)
    device.outbox.begin(device.outbox.waiting())
    device.outbox.postpone(document, "later", timedelta(seconds=5))
    device.clock.at -= timedelta(days=3650)
    assert device.outbox.next_try() is None
    assert numbers(device.outbox.waiting()) == [1]
