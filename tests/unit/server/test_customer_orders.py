"""What was ordered through the server, as the devices of the customer's reps hear of it."""

import pytest
from msgspec.structs import replace

from tests.support.documents_making import cancellation, line, order
from wizterm.connectors.base import Done, Refused
from wizterm.protocol.replica import BY_NAME
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, columns

HEAD = "customer,order_number,date,sku,quantity,unit_price\n"


def live(house, table):
    with house.company.store.reading():
        found = rows(MIRROR[table].select(*columns(BY_NAME[table])).where(~MIRROR[table].deleted))
    return [dict(zip(BY_NAME[table].columns, row, strict=True)) for row in found]


def bought(house):
    return sorted((row["order_number"], row["sku"], row["quantity"]) for row in live(house, "history"))


@pytest.fixture
def sent(house, kim):
    """Two lines that were taken."""
    document = order(kim, "C1", line(1), line(2, "TRAY", 3))
    house.post(kim, document)
    return document


@pytest.fixture
def booked(house, sent):
    house.erp.answers.append(Done("SO-7"))
    house.deliver()
    return sent


def test_what_the_erp_has_confirmed_was_bought(house, sent):
    assert not bought(house)
    house.deliver()
    assert bought(house) == [(sent.number, "MUG", "2"), (sent.number, "TRAY", "3")]


def test_what_was_refused_was_not_bought(house, sent):
    house.erp.answers.append(Refused("no"))
    house.deliver()
    assert not bought(house)


def test_a_quote_is_told_of_and_was_not_bought(house, kim):
    house.post(kim, order(kim, "C1", kind="quote"))
    house.deliver()
    assert [row["kind"] for row in live(house, "orders")] == ["quote"]
    assert not bought(house)


def test_a_booked_order_that_is_cancelled_was_not_bought(house, kim, booked):
    house.post(kim, cancellation(kim, booked.id))
    house.deliver()
    assert not bought(house)
    assert [row["state"] for row in live(house, "orders")] == ["cancelled"]


@pytest.mark.parametrize("name", ["ours", "the ERP's"])
def test_an_import_that_brings_the_same_order_takes_the_place_of_its_lines(house, booked, name):
    number = booked.number if name == "ours" else "SO-7"
    house.office.load(history=f"{HEAD}C1,{number},2026-03-02,MUG,1,4.5\n")
    assert bought(house) == [(number, "MUG", "1")]


@pytest.mark.parametrize("name", ["ours", "the ERP's"])
def test_an_order_that_an_import_told_of_before_its_confirmation_counts_once(house, sent, name):
    number = sent.number if name == "ours" else "SO-7"
    house.office.load(history=f"{HEAD}C1,{number},2026-03-02,MUG,1,4.5\n")
    house.erp.answers.append(Done("SO-7"))
    house.deliver()
    assert bought(house) == [(number, "MUG", "1")]


def test_another_customers_order_of_the_same_number_is_another_order(house, booked):
    house.office.load(history=f"{HEAD}C2,SO-7,2026-03-02,MUG,1,4.5\n")
    assert len(bought(house)) == 3


def test_an_import_that_replaces_all_history_leaves_orders_it_does_not_tell_of(house, booked):
    house.office.load(history=f"{HEAD}C1,SO-1,2026-03-02,MUG,1,4.5\n")
    house.office.load(replace=True, history=f"{HEAD}C1,SO-2,2026-03-02,MUG,9,4.5\n")
    assert bought(house) == [(booked.number, "MUG", "2"), (booked.number, "TRAY", "3"), ("SO-2", "MUG", "9")]


def test_a_document_is_told_of_from_its_receipt_on_with_the_name_of_its_rep(house, sent):
    (told,) = live(house, "orders")
    assert told == {
        "id": sent.id,
        "customer": "C1",
        "kind": "order",
        "number": sent.number,
        "external": "",
        "date": sent.business_date.isoformat(),
        "lines": 2,
        "currency": "GBP",
        "total": "22.50",
        "state": "delivered",
        "rep": "Kim of Sales",
    }
    house.erp.answers.append(Done("SO-7"))
    house.deliver()
    (told,) = live(house, "orders")
    assert (told["state"], told["external"]) == ("confirmed", "SO-7")


def test_a_revision_takes_the_place_of_the_one_before(house, kim, sent):
    house.post(kim, replace(sent, revision=2, lines=sent.lines[:1], subtotal=9, total=9))
    (told,) = live(house, "orders")
    assert (told["lines"], told["total"], told["state"]) == (1, "9", "delivered")
    house.post(kim, replace(sent, revision=1))
    house.deliver()
    assert bought(house) == [(sent.number, "MUG", "2")]
