"""Doubts about documents call for the office until somebody has seen them."""

import pytest

from tests.support.documents_making import cancellation, order
from tests.support.store_office import decided_here
from wizterm.server.doubt_desk import DoubtDesk, DoubtError
from wizterm.server.overview import overview


@pytest.fixture
def desk(house):
    return DoubtDesk(house.company.store, decided_here(house.company.store, house.clock))


def sent(house, kim, **other):
    now = house.clock.now()
    document = order(kim, "C1", submitted_at=now, business_date=now.date(), **other)
    house.post(kim, document)
    return document


def doubted(house):
    return [line.id for line in house.archive.newest(doubted=True)], overview(house.company.store).doubted


@pytest.fixture
def doubtful(house, kim):
    return sent(house, kim, total=1)


def test_a_document_with_doubts_calls_though_it_is_booked(house, kim, doubtful):
    sent(house, kim)
    house.deliver()
    assert doubted(house) == ([doubtful.id], 1)


def test_who_has_seen_them_stands_on_its_page_and_they_call_nobody_any_more(house, desk, doubtful):
    assert desk.seen(doubtful.number) == doubtful.number
    assert doubted(house) == ([], 0)
    (page,) = house.archive.pages(doubtful.id)
    assert [(line.who, line.told, line.told_there) for line in page.decided] == [
        ("Tess", f"saw the doubts about {page.line.number}", "saw the doubts")
    ]
    assert page.doubts


def test_what_was_cancelled_calls_nobody(house, kim, doubtful):
    house.post(kim, cancellation(kim, doubtful.id, submitted_at=house.clock.now(), business_date=house.clock.today()))
    assert doubted(house) == ([], 0)


def test_of_two_documents_with_one_number_each_is_seen_by_its_id_and_both_by_their_number(house, kim, desk):
    first = sent(house, kim, total=1)
    second = sent(house, kim, number=first.number)
    desk.seen(second.id)
    assert doubted(house) == ([first.id], 1)
    desk.seen(first.number)
    assert doubted(house) == ([], 0)


@pytest.mark.parametrize("which", ["unknown", "without doubts", "seen before"])
def test_nothing_to_see_is_said_and_not_written_down(house, kim, desk, doubtful, which):
    numbers = {"unknown": "KIM-X-1", "without doubts": sent(house, kim).number, "seen before": doubtful.number}
    if which == "seen before":
        desk.seen(doubtful.number)
    with pytest.raises(DoubtError):
        desk.seen(numbers[which])
