from datetime import timedelta

import pytest

from tests.support.outbox_device import id_of
from wizterm.db.standing import Standing, standing
from wizterm.domain.document import DocumentId, Kind, State


def pages(device, limit, **what):
    found, after = [], None
    while page := device.documents.page(after=after, limit=limit, **what):
        assert len(found) < 100, "the pages come round"
        found.append([summary.document.id for summary in page])
        after = page[-1]
    return found


@pytest.mark.parametrize("limit", [1, 2, 3, 10])
def test_pages_hold_every_document_once_also_where_many_were_made_in_one_moment(device, limit):
    for number in (3, 1, 2):
        device.submit(number)
    device.clock.advance(60)
    for number in (5, 4):
        device.submit(number)
    found = [document for page in pages(device, limit) for document in page]
    assert found == [id_of(number) for number in (5, 4, 3, 2, 1)]


def test_a_page_holds_the_kinds_that_were_asked_for(device):
    device.submit(1)
    device.submit(2, kind=Kind.QUOTE)
    device.submit(3, kind=Kind.CUSTOMER)
    assert pages(device, 10, kinds=frozenset({Kind.ORDER, Kind.QUOTE})) == [[id_of(2), id_of(1)]]


@pytest.mark.parametrize(
    ("text", "found"),
    [("0002", [2]), ("CAFÉ", [2, 1]), ("café 7f-0001", [1]), ("", [2, 1]), ("%", []), ("\\", []), ("'", [])],
)
def test_each_word_of_the_text_stands_in_what_is_found(device, text, found):
    device.submit(1)
    device.submit(2)
    assert [summary.document.id for summary in device.documents.page(text=text)] == [id_of(each) for each in found]


def test_one_document_can_be_asked_for_by_name(device):
    document = device.submit(1)
    assert device.documents.summary(document).number == "KIM-7F-0001"
    assert device.documents.summary(DocumentId(document.id, 2)) is None


def test_a_resting_document_says_since_when_and_how_often_it_was_tried(device):
    document = device.submit(1)
    device.outbox.begin(device.outbox.waiting())
    device.outbox.postpone(document, "Later.", timedelta(minutes=5))
    assert standing(device.database, document) == Standing(
        attempts=1, next_try=device.clock.now() + timedelta(minutes=5)
    )


def test_an_order_names_what_it_goes_after_until_that_has_its_receipt(device):
    device.submit(1, kind=Kind.CUSTOMER)
    order = device.submit(2, after=1)
    assert standing(device.database, order).after == "KIM-7F-0001"
    device.database.execute_sql("UPDATE document SET delivered_at = 1 WHERE id = ?", (id_of(1),))
    assert standing(device.database, order).after == ""


def test_a_document_that_is_not_here_stands_nowhere(device):
    assert standing(device.database, DocumentId("nowhere")) == Standing()


def test_a_held_document_says_so_in_its_summary(device):
    document = device.submit(1)
    device.outbox.hold(document, held=True)
    assert device.documents.page(states=frozenset({State.QUEUED}))[0].held
