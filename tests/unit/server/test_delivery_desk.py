"""What the office decides about deliveries, and what comes of it."""

import pytest

from tests.support.documents_making import cancellation, new_customer, order
from tests.support.store_office import decided_here
from wizterm.connectors.base import Done, Later, Missing, Refused, Unknown
from wizterm.server.delivery_desk import DeliveryDesk, DeliveryError


@pytest.fixture
def desk(house):
    numbers = iter(range(1000))
    return DeliveryDesk(
        house.company.store,
        decided_here(house.company.store),
        clock=house.clock,
        new_id=lambda: f"event-{next(numbers)}",
    )


@pytest.fixture
def taken(house, kim):
    """An order that nobody has tried yet."""
    document = order(kim, "C1")
    house.post(kim, document)
    return document


def one(desk, state=""):
    (row,) = desk.all(state)
    return row


def test_a_held_delivery_stays_until_it_is_released(house, desk, taken):
    assert desk.hold(taken.number).held
    house.deliver()
    assert house.erp.sent == []
    assert one(desk, "held").number == taken.number
    desk.release(taken.number)
    house.deliver()
    assert [sent.number for sent in house.erp.sent] == [taken.number]
    assert desk.all() == ()


def test_what_waits_for_a_held_customer_waits_too_and_says_so(house, desk, kim):
    shop = new_customer(kim)
    document = order(kim, shop.id)
    house.post(kim, shop, document)
    desk.hold(shop.number)
    house.deliver()
    assert house.erp.sent == []
    assert [row.waits_for for row in desk.all() if row.number == document.number] == [shop.number]


def test_a_refused_order_goes_again_when_it_is_retried(house, desk, kim, taken):
    house.erp.answers.extend([Refused("no such tax code"), Done("SO-1")])
    house.deliver()
    assert (one(desk, "refused").words, one(desk).attempts) == ("no such tax code", 1)
    desk.retry(taken.number)
    house.deliver()
    assert house.erp.looked_up == []
    assert house.told(kim)[taken.id, 1].state == "confirmed"


def test_an_uncertain_one_is_looked_up_before_it_is_sent_again(house, desk, taken):
    house.erp.answers.append(Unknown("no answer"))
    house.deliver()
    desk.hold(taken.id)
    house.erp.findings.append(Missing())
    desk.retry(taken.id)
    house.deliver()
    assert len(house.erp.looked_up) == 1


def test_a_retry_ends_a_rest(house, desk, taken):
    house.erp.answers.append(Later(3600, "closed for stock-taking"))
    house.deliver()
    house.deliver()
    assert len(house.erp.sent) == 1
    desk.retry(taken.number)
    house.deliver()
    assert len(house.erp.sent) == 2


def test_what_is_given_up_is_tried_no_more_and_its_rep_reads_why(house, desk, kim, taken):
    desk.give_up(taken.number, "No longer made.")
    house.deliver()
    assert house.erp.sent == []
    told = house.told(kim)[taken.id, 1]
    assert (told.state, told.words) == ("refused", "No longer made.")
    assert one(desk, "given-up").words == "No longer made."


def test_what_was_given_up_can_be_taken_up_again(house, desk, kim, taken):
    desk.give_up(taken.number, "The account is on stop.")
    desk.retry(taken.number)
    house.deliver()
    assert house.told(kim)[taken.id, 1].state == "confirmed"


def test_a_given_up_order_whose_rep_has_cancelled_it_is_cancelled(house, desk, kim, taken):
    house.erp.answers.append(Unknown("no answer"))
    house.deliver()
    taking_back = cancellation(kim, taken.id)
    house.post(kim, taking_back)
    desk.give_up(taken.number, "It is not in the ERP.")
    told = house.told(kim)
    assert (told[taken.id, 1].state, told[taking_back.id, 1].state) == ("cancelled", "confirmed")


def test_giving_up_what_the_erp_refused_is_kept_in_its_history(house, desk, taken):
    house.erp.answers.append(Refused("on stop"))
    house.deliver()
    desk.give_up(taken.number, "Closed down.")
    (page,) = house.archive.pages(taken.number)
    assert page.history[-1].words == "given up: Closed down."


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_given_up_without_a_reason(desk, taken, reason):
    with pytest.raises(DeliveryError, match="Give the reason"):
        desk.give_up(taken.number, reason)
    assert one(desk).state == "waiting"


def test_what_is_through_is_left_alone(house, desk, taken):
    house.deliver()
    for act in (desk.retry, desk.hold, desk.release, lambda number: desk.give_up(number, "why")):
        with pytest.raises(DeliveryError, match="is done: the outside has it"):
            act(taken.number)


def test_an_unknown_number_is_answered_with_the_nearest(desk, taken):
    with pytest.raises(DeliveryError, match=f"Did you mean {taken.number}"):
        desk.retry(taken.number[:-1])


def test_a_mapped_item_goes_on_under_its_other_name(house, desk, taken):
    house.erp.answers.append(Refused("no such item", "lines[0].sku", code="unknown_item"))
    house.deliver()
    assert one(desk).code == "unknown_item"
    desk.map_item(taken.number, "MUG", "MUG-9")
    house.deliver()
    assert house.erp.sent[-1].items == {"MUG": "MUG-9"}
    assert desk.all() == ()


def test_a_mapped_customer_goes_on_under_their_other_name(house, desk, taken):
    house.erp.answers.append(Refused("no such party", "customer", code="unknown_customer"))
    house.deliver()
    desk.map_customer(taken.number, "10412")
    house.deliver()
    assert house.erp.sent[-1].customer_external == "10412"


def test_an_item_the_document_does_not_have_cannot_be_mapped(desk, taken):
    with pytest.raises(DeliveryError, match=r"no item or fee 'MUX'\. Did you mean MUG"):
        desk.map_item(taken.number, "MUX", "MUG-9")
