"""Answers that never come: whatever was done there, in the end it is there once and whole."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.contract.test_connector import SESSION, outgoing
from tests.support.business_central_fixture import business_central_connector
from tests.support.documents_making import line, new_customer, order
from tests.support.still_clock import StillClock
from wizterm.connectors.base import Done, Later, Missing, Unknown
from wizterm.connectors.business_central.underway import LONGEST, Underway


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def connector(business_central, tmp_path, clock):
    return business_central_connector(business_central, tmp_path, now=lambda: clock.now().timestamp())


def an_order(**other):
    return outgoing(order(SESSION, "C1", line(1, "MUG"), line(2, "TRAY", 3, "11.50"), note="Ring twice", **other))


def settled(connector, clock, said):
    """As the server does it: looked up until it is there or not, then sent."""
    for _ in range(6):
        found = connector.find(said)
        if isinstance(found, Done):
            return found
        if isinstance(found, Later):
            clock.go_on(found.seconds)
        else:
            sent = connector.send(said)
            if isinstance(sent, Done):
                return sent
            clock.go_on(LONGEST / 2)
    raise AssertionError(found)


def whole(business_central, said, entity="salesOrders"):
    """The one there is, with its lines in their order."""
    (row,) = business_central.books.marked(said.key, entity)
    assert [each.get("lineObjectNumber") or each["description"] for each in row["lines"]] == [
        *("MUG", "TRAY", "Ring twice"),
        f"{said.number}, sold by KIM",
    ]
    totals = business_central.books.totals(entity, row)
    assert totals["totalAmountExcludingTax"] == said.body.total
    return row


@pytest.mark.parametrize("kind", ["order", "quote"])
@pytest.mark.parametrize("lost", ["lose head", "drop head", "lose last line", "drop last line"])
def test_a_lost_answer_makes_nothing_twice(business_central, connector, clock, kind, lost):
    entity, lines = ("salesQuotes", "salesQuoteLines") if kind == "quote" else ("salesOrders", "salesOrderLines")
    said = an_order(kind=kind)
    how, _, part = lost.partition(" ")
    getattr(business_central, how).append(f"POST {entity if part == 'head' else lines}")
    assert isinstance(connector.send(said), Unknown)
    done = settled(connector, clock, said)
    assert done == Done(whole(business_central, said, entity)["number"]) == connector.send(said)


@pytest.mark.parametrize("kept", [0, 1, 2, 3])
def test_an_order_that_was_half_made_is_completed(business_central, connector, clock, kept):
    said = an_order()
    business_central.halves.append(kept)
    assert isinstance(connector.send(said), Unknown)
    settled(connector, clock, said)
    whole(business_central, said)


def test_a_lost_answer_on_the_way_to_the_agreed_prices_is_made_good(business_central, connector, clock):
    business_central.books.price_first = True
    business_central.lose.append("PATCH salesOrderLines")
    said = an_order()
    assert isinstance(connector.send(said), Unknown)
    settled(connector, clock, said)
    whole(business_central, said)


def test_that_it_is_not_there_says_nothing_while_a_lost_request_may_still_run(
    business_central, connector, clock, tmp_path
):
    said = an_order()
    business_central.drop.append("POST salesOrders")
    connector.send(said)
    restarted = business_central_connector(business_central, tmp_path, now=lambda: clock.now().timestamp())
    clock.go_on(LONGEST - 1)
    assert connector.find(said) == restarted.find(said)
    assert isinstance(restarted.find(said), Later)
    assert isinstance(restarted.send(said), Unknown)
    assert business_central.books.rows("salesOrders") == []
    clock.go_on(1)
    assert restarted.find(said) == Missing()
    assert isinstance(restarted.send(said), Done)


def test_a_note_of_a_request_that_was_cut_off_counts_from_when_it_was_written(
    business_central, connector, clock, tmp_path
):
    said = an_order()
    business_central.drop.append("POST salesOrders")
    connector.send(said)
    (note,) = (tmp_path / "erp").rglob("*.lost")
    note.write_text("")
    written = clock.now().timestamp()
    os.utime(note, (written, written))
    clock.go_on(LONGEST - 1)
    assert isinstance(connector.find(said), Later)
    clock.go_on(1)
    assert connector.find(said) == Missing()


def test_only_one_worker_of_a_machine_begins_an_errand(tmp_path, clock):
    first, second = (Underway(tmp_path, lambda: clock.now().timestamp()) for _ in range(2))
    assert first.begin("KEY")
    assert not second.begin("KEY")
    first.end("KEY")
    assert second.begin("KEY")
    clock.go_on(LONGEST)
    assert first.begin("KEY")


def test_eight_workers_with_one_order_make_one(business_central, tmp_path):
    said = an_order()
    workers = [business_central_connector(business_central, tmp_path) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda worker: worker.send(said), workers))
    assert {type(outcome) for outcome in outcomes} <= {Done, Unknown}
    assert Done in map(type, outcomes)
    whole(business_central, said)


def test_what_is_all_there_waits_for_nothing_and_then_nothing_is_kept_of_it(business_central, connector, tmp_path):
    said = an_order()
    business_central.lose.append("POST salesOrders")
    connector.send(said)
    assert [path.name for path in (tmp_path / "erp" / "underway").iterdir()] == [f"{said.key}.lost"]
    assert connector.find(said) == Missing()
    assert isinstance(connector.send(said), Done)
    assert list((tmp_path / "erp" / "underway").iterdir()) == []


def test_what_people_changed_before_it_was_whole_is_left_to_them(business_central, connector, clock):
    said = an_order()
    business_central.lose.append("POST salesOrderLines")
    business_central.drop.append("POST salesOrderLines")
    connector.send(said)
    (first, *_) = business_central.books.rows("salesOrderLines")
    business_central.books.remove("salesOrderLines", first)
    done = settled(connector, clock, said)
    assert "changed in Business Central" in done.words
    (row,) = business_central.books.marked(said.key)
    assert [each.get("lineObjectNumber") for each in row["lines"]] == ["TRAY", None]


def test_what_people_released_before_it_was_whole_is_left_to_them(business_central, connector, clock):
    said = an_order()
    business_central.halves.append(1)
    connector.send(said)
    business_central.books.rows("salesOrders")[0]["status"] = "Open"
    done = settled(connector, clock, said)
    assert done.words == "Business Central comes to 9.00 before tax, where 43.50 was agreed."
    assert len(business_central.books.rows("salesOrderLines")) == 1


def test_what_is_refused_while_it_is_completed_stays_for_people_to_look_at(business_central, connector, clock):
    said = an_order()
    business_central.halves.append(1)
    connector.send(said)
    clock.go_on(LONGEST)
    business_central.books.refuses = "TRAY: Trays are sold by the dozen."
    refused = connector.send(said)
    (row,) = business_central.books.rows("salesOrders")
    assert refused.words.startswith(f"Trays are sold by the dozen. {row['number']} lies in Business Central")


def test_an_order_that_was_posted_is_found_by_its_papers(business_central, connector):
    said = an_order()
    sent = connector.send(said)
    books = business_central.books
    books.remove("salesOrders", books.rows("salesOrders")[0])
    books.add("salesShipments", number="S-SHPT7", externalDocumentNumber=said.key, orderNumber=sent.external)
    assert connector.find(said) == sent


def test_a_quote_that_became_an_order_is_found_as_that(business_central, connector):
    said = an_order(kind="quote")
    connector.send(said)
    books = business_central.books
    made = books.create_sale("salesOrders", {"externalDocumentNumber": said.key, "customerNumber": "C1"})
    books.remove("salesQuotes", books.rows("salesQuotes")[0])
    assert connector.find(said) == Done(made["number"])


def test_a_lost_answer_about_a_new_customer_makes_no_second_one(business_central, connector):
    shop = outgoing(new_customer(SESSION))
    business_central.lose.append("POST customers")
    assert isinstance(connector.send(shop), Unknown)
    assert connector.find(shop) == connector.send(shop) == Done(shop.number)
    assert [row["number"] for row in business_central.books.rows("customers")].count(shop.number) == 1


def test_a_customer_that_another_worker_made_meanwhile_is_the_same_one(business_central, connector):
    body = new_customer(SESSION)
    business_central.before.append(
        (
            "POST customers",
            lambda: business_central.books.add("customers", number=body.number, displayName="Corner shop"),
        )
    )
    assert connector.send(outgoing(body)) == Done(body.number)


def test_a_customer_of_somebody_elses_who_bears_our_number_is_left_alone(business_central, connector):
    shop = outgoing(new_customer(SESSION))
    other = business_central.books.add("customers", number=shop.number, displayName="Shop of a store before")
    assert connector.find(shop) == Missing()
    sent = connector.send(shop)
    assert sent == Done(shop.key[-20:]) == connector.find(shop) == connector.send(shop)
    assert business_central.books.rows("customers")[-1]["displayName"] == shop.body.company
    assert other["displayName"] == "Shop of a store before"
