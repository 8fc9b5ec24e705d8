import pytest

from tests.support.documents_making import cancellation, new_customer, order
from wizterm.connectors.base import LEASE_SECONDS, Done, Later, Missing, Refused, Unknown
from wizterm.server.dispatch.claiming import claim
from wizterm.server.dispatch.dispatcher import LONGEST_REST


@pytest.fixture
def sent(house, kim):
    """An order that was taken."""
    document = order(kim, "C1")
    house.post(kim, document)
    return document


def delivery(house, document):
    return house.archive.pages(document.id)[0].deliveries[0]


def test_a_yes_confirms_the_order_with_the_erps_number(house, kim, sent):
    house.erp.answers.append(Done("SO-7"))
    house.deliver()
    change = house.told(kim)[sent.id, 1]
    assert (change.state, change.external) == ("confirmed", "SO-7")


def test_a_no_reaches_the_rep_with_its_words_and_field(house, kim, sent):
    house.erp.answers.append(Refused("The customer is blocked.", "customer.id"))
    house.deliver()
    change = house.told(kim)[sent.id, 1]
    assert (change.state, change.words, change.field) == ("refused", "The customer is blocked.", "customer.id")


def test_the_erp_hears_the_key_the_number_and_the_very_text(house, kim, sent):
    house.deliver()
    (heard,) = house.erp.sent
    assert (heard.id, heard.number, heard.rep, heard.kind, heard.body) == (sent.id, sent.number, "KIM", "order", sent)
    assert len(heard.key) == 26


def test_later_waits_as_long_as_was_asked_and_then_sends_again(house, kim, sent):
    house.erp.answers.append(Later(60, "closed for the night"))
    house.deliver()
    house.clock.go_on(59)
    assert not house.company.dispatcher.step()
    house.clock.go_on(3)
    house.deliver()
    assert house.told(kim)[sent.id, 1].state == "confirmed"
    assert house.erp.looked_up == []


def test_an_unknown_outcome_is_looked_up_and_never_sent_blindly(house, kim, sent):
    house.erp.answers.append(Unknown("time-out"))
    house.erp.findings.append(Done("SO-9"))
    house.deliver()
    house.clock.go_on(LONGEST_REST)
    house.deliver()
    assert len(house.erp.sent) == 1
    assert house.told(kim)[sent.id, 1].external == "SO-9"


def test_what_the_erp_does_not_have_after_all_is_sent_again(house, kim, sent):
    house.erp.answers.append(Unknown("time-out"))
    house.erp.findings.append(Missing())
    for _ in range(3):
        house.deliver()
        house.clock.go_on(LONGEST_REST)
    assert len(house.erp.sent) == 2
    assert house.told(kim)[sent.id, 1].state == "confirmed"


def test_while_the_erp_cannot_be_asked_nothing_is_sent(house, kim, sent):
    house.erp.answers.append(Unknown("time-out"))
    house.erp.findings.extend([Later(1, "maintenance"), Later(1, "maintenance"), Done("SO-9")])
    for _ in range(4):
        house.deliver()
        house.clock.go_on(LONGEST_REST)
    assert len(house.erp.sent) == 1
    assert len(house.erp.looked_up) == 3
    assert house.told(kim)[sent.id, 1].external == "SO-9"


@pytest.mark.parametrize("script", ["answers", "findings"])
def test_a_connector_that_raises_leaves_the_outcome_unknown(house, sent, script):
    house.erp.answers.append(Unknown("time-out"))
    getattr(house.erp, script).appendleft(ConnectionResetError("peer went away"))
    house.deliver()
    house.clock.go_on(LONGEST_REST)
    house.company.dispatcher.step()
    assert len(house.erp.sent) == 1
    assert len(house.erp.looked_up) == 1


def test_what_a_dead_worker_had_begun_is_looked_up_when_its_lease_is_over(house, kim, sent):
    with house.company.store.writing():
        assert claim("erp", round(house.clock.now().timestamp() * 1000)) is not None
    house.deliver()
    assert house.erp.sent == house.erp.looked_up == []
    house.clock.go_on(LEASE_SECONDS)
    house.erp.findings.append(Done("SO-1"))
    house.deliver()
    assert house.erp.sent == []
    assert house.told(kim)[sent.id, 1].external == "SO-1"


def test_two_workers_never_claim_one_delivery(house, sent):
    now = round(house.clock.now().timestamp() * 1000)
    with house.company.store.writing():
        first = claim("erp", now)
    with house.company.store.writing():
        second = claim("erp", now)
    assert first is not None
    assert second is None


def test_a_worker_whose_lease_is_over_settles_nothing(house, kim, sent):
    dispatcher = house.company.dispatcher

    def slow(document):
        house.clock.go_on(LEASE_SECONDS)
        with house.company.store.writing():
            assert claim("erp", round(house.clock.now().timestamp() * 1000)) is not None
        return Refused("too late to matter")

    house.erp.send = slow
    dispatcher.step()
    assert house.told(kim)[sent.id, 1].state == "delivered"


def test_an_order_waits_for_its_new_customer_and_then_bears_the_erps_name_of_it(house, kim):
    customer = new_customer(kim)
    house.erp.answers.append(Later(60, "closed"))
    house.post(kim, customer, order(kim, customer.id))
    house.deliver()
    assert [document.kind for document in house.erp.sent] == ["customer"]
    house.erp.answers.append(Done("D-100"))
    house.clock.go_on(120)
    house.deliver()
    assert [document.kind for document in house.erp.sent] == ["customer", "customer", "order"]
    assert house.erp.sent[-1].customer_external == "D-100"


def test_an_order_whose_new_customer_is_refused_says_what_it_waits_for(house, kim):
    customer = new_customer(kim)
    waiting = order(kim, customer.id)
    house.erp.answers.append(Refused("no address"))
    house.post(kim, customer, waiting)
    house.deliver()
    assert delivery(house, waiting).waits_for == customer.number
    assert house.told(kim)[waiting.id, 1].state == "delivered"


def test_the_erps_number_of_a_new_customer_reaches_the_devices(house, kim):
    customer = new_customer(kim)
    house.erp.answers.append(Done("D-100"))
    house.post(kim, customer)
    house.deliver()
    manifest = house.server.manifest(kim.access_token, 1)
    changes = house.server.catalogue_changes(kim.access_token, manifest.cursor, 100)
    rows = next(upsert.rows for upsert in changes.upserts if upsert.table == "customers")
    assert {row[0]: row[1] for row in rows}[customer.id] == "D-100"


def test_a_refused_order_whose_cancellation_waits_is_cancelled(house, kim, sent):
    house.erp.answers.append(Unknown("time-out"))
    house.deliver()
    back = cancellation(kim, sent.id)
    house.post(kim, back)
    house.erp.findings.append(Missing())
    house.erp.answers.append(Refused("no such product"))
    for _ in range(3):
        house.clock.go_on(LONGEST_REST)
        house.deliver()
    told = house.told(kim)
    assert (told[sent.id, 1].state, told[back.id, 1].state) == ("cancelled", "confirmed")
    assert [document.kind for document in house.erp.sent] == ["order", "order"]


def test_documents_go_out_in_the_order_they_were_taken(house, kim):
    documents = [order(kim, "C1") for _ in range(6)]
    house.post(kim, *documents[:3])
    house.post(kim, *documents[3:])
    house.deliver()
    assert [document.id for document in house.erp.sent] == [document.id for document in documents]


def test_one_delivery_in_trouble_holds_no_other_up(house, kim, sent):
    other = order(kim, "C1")
    house.erp.answers.append(Later(3600, "not this one"))
    house.post(kim, other)
    house.deliver()
    told = house.told(kim)
    assert (told[sent.id, 1].state, told[other.id, 1].state) == ("delivered", "confirmed")


def test_rests_grow_and_have_a_bound(house, sent):
    rests = []
    house.erp.answers.extend(Later(0, "busy") for _ in range(14))
    for _ in range(14):
        house.company.dispatcher._chance = lambda: 1.0
        house.company.dispatcher.step()
        rests.append(house.company.dispatcher.rest())
        house.clock.go_on(rests[-1])
    assert rests[:3] == [2, 4, 8]
    assert max(rests) == rests[-1] == LONGEST_REST


def test_what_the_connector_cannot_send_stays_with_the_office(house, kim):
    house.company.intake._erp_kinds = frozenset({"order"})
    customer = new_customer(kim)
    house.post(kim, customer)
    house.deliver()
    assert house.erp.sent == []
    assert house.told(kim)[customer.id, 1].state == "delivered"
