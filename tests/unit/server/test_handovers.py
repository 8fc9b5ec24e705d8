"""Carts that the server keeps between two devices of a rep."""

from threading import Thread

import pytest

from tests.support.documents_making import handed_over
from wizterm.domain.ids import uuid7
from wizterm.protocol.documents import fingerprint
from wizterm.protocol.handover import MOST_BYTES, MOST_WAITING, CartLabel, HandOver
from wizterm.protocol.problem import Code, ProblemError
from wizterm.server.handovers import KEPT
from wizterm.server.store.handing import HandoverRow

DAY = 24 * 3600.0


@pytest.fixture
def laptop(house):
    return house.sign_in("KIM")


@pytest.fixture
def kiosk(house):
    return house.sign_in("KIM")


def hand_over(house, session, request):
    return house.server.hand_over(session.access_token, request)


def take(house, session, handover):
    return house.server.take_cart(session.access_token, handover)


def listed(house, session):
    return {each.id: each for each in house.server.carts(session.access_token).carts}


def refused(call, *arguments):
    with pytest.raises(ProblemError) as error:
        call(*arguments)
    return error.value.code


def test_a_cart_is_told_to_every_device_of_the_rep_and_to_no_other_rep(house, laptop, kiosk):
    request = handed_over("spring restock")
    hand_over(house, laptop, request)
    (here, there) = listed(house, laptop)[request.id], listed(house, kiosk)[request.id]
    assert (here.from_here, there.from_here, there.device) == (True, False, laptop.installation)
    assert there.label == request.label
    lee = house.sign_in("LEE")
    assert listed(house, lee) == {}
    assert refused(take, house, lee, request.id) == Code.NOT_FOUND
    assert refused(hand_over, house, lee, request) == Code.NOT_FOUND


def test_said_again_it_is_kept_once_and_tells_where_it_is(house, laptop, kiosk):
    request = handed_over()
    assert hand_over(house, laptop, request) == hand_over(house, laptop, request)
    take(house, kiosk, request.id)
    said = hand_over(house, laptop, request)
    assert (said.taken_by, said.taken_here) == (kiosk.installation, False)
    assert listed(house, kiosk) == {}


def test_another_cart_under_a_known_id_is_refused(house, laptop):
    request = handed_over()
    hand_over(house, laptop, request)
    assert refused(hand_over, house, laptop, handed_over(id_=request.id, body="{}")) == Code.BAD_REQUEST


def test_it_is_given_whole_to_one_device_as_often_as_that_asks(house, laptop, kiosk):
    request = handed_over(body='{"a": "é"}')
    hand_over(house, laptop, request)
    first = take(house, kiosk, request.id)
    assert (first.body, first.handed.sha256) == (request.body, request.sha256)
    assert take(house, kiosk, request.id) == first
    assert refused(take, house, laptop, request.id) == Code.TAKEN_ELSEWHERE
    assert listed(house, laptop)[request.id].taken_by == kiosk.installation


def test_who_comes_second_is_told_who_came_first(house, laptop, kiosk):
    request = handed_over("spring restock")
    hand_over(house, laptop, request)
    take(house, laptop, request.id)
    with pytest.raises(ProblemError, match=f"spring restock was continued on {laptop.installation}"):
        take(house, kiosk, request.id)


def test_of_many_that_take_at_once_one_gets_it(house, laptop):
    request = handed_over()
    hand_over(house, laptop, request)
    sessions = [house.sign_in("KIM") for _ in range(6)]
    got, codes = [], []

    def try_it(session):
        try:
            got.append(take(house, session, request.id).handed.taken_by)
        except ProblemError as error:
            codes.append(error.code)

    threads = [Thread(target=try_it, args=(session,)) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1
    assert codes == [Code.TAKEN_ELSEWHERE] * 5


def test_what_was_taken_long_ago_is_told_no_more_and_its_text_is_forgotten(house, laptop, kiosk):
    request = handed_over()
    hand_over(house, laptop, request)
    take(house, kiosk, request.id)
    listed(house, kiosk)
    house.clock.go_on(KEPT.total_seconds() + DAY)
    laptop, kiosk = house.sign_in("KIM"), house.sign_in("KIM")
    assert listed(house, laptop) == {}
    hand_over(house, laptop, handed_over())
    with house.company.store.reading():
        assert HandoverRow.get_by_id(request.id).body == ""
    assert refused(take, house, laptop, request.id) == Code.TAKEN_ELSEWHERE


def test_it_has_arrived_when_the_device_that_took_it_asks_again(house, laptop, kiosk):
    request = handed_over()
    hand_over(house, laptop, request)
    take(house, kiosk, request.id)
    assert not listed(house, laptop)[request.id].arrived
    listed(house, kiosk)
    assert listed(house, laptop)[request.id].arrived


def test_what_was_taken_and_never_arrived_is_kept_and_told_however_long(house, laptop, kiosk):
    request = handed_over()
    hand_over(house, laptop, request)
    take(house, kiosk, request.id)
    house.clock.go_on(3 * KEPT.total_seconds())
    hand_over(house, house.sign_in("KIM"), handed_over())
    with house.company.store.reading():
        row = HandoverRow.get_by_id(request.id)
    assert (row.body, row.arrived_at) == (request.body, 0)


def test_what_waits_is_kept_however_long(house, laptop):
    request = handed_over()
    hand_over(house, laptop, request)
    house.clock.go_on(3 * KEPT.total_seconds())
    laptop = house.sign_in("KIM")
    hand_over(house, laptop, handed_over())
    assert take(house, laptop, request.id).body == request.body


def test_a_cart_that_is_too_large_or_damaged_is_refused(house, laptop):
    assert refused(hand_over, house, laptop, handed_over(body="x" * (MOST_BYTES + 1))) == Code.TOO_LARGE
    label = CartLabel(cart=uuid7(), currency="GBP", lines=1, total=1)
    damaged = HandOver(id=uuid7(), label=label, sha256=fingerprint("other"), body="{}")
    assert refused(hand_over, house, laptop, damaged) == Code.BAD_REQUEST


def test_too_many_carts_of_one_rep_wait_for_none_to_be_lost(house, laptop):
    requests = [handed_over() for _ in range(MOST_WAITING)]
    for request in requests:
        hand_over(house, laptop, request)
    with pytest.raises(ProblemError, match="take some of them first"):
        hand_over(house, laptop, handed_over())
    assert hand_over(house, laptop, requests[0]).id == requests[0].id
    take(house, laptop, requests[0].id)
    assert hand_over(house, laptop, handed_over())
