"""Documents in a stand-in for Zoho, over lost answers and lists that lag: each is there once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.contract.test_connector import SESSION, outgoing
from tests.support.documents_making import cancellation, new_customer, order
from tests.support.zoho_fixture import CREATE, an_order, confirm, confirmed
from wizterm.connectors.base import Done, Missing, Refused, Unknown


def test_a_draft_that_people_changed_before_it_was_found_again_is_left_to_them(zoho, connector):
    said = an_order()
    zoho.lose.append(CREATE)
    assert isinstance(connector.send(said), Unknown)
    zoho.company.named(said.number)[0]["sub_total"] = Decimal("100.00")
    assert isinstance(connector.send(said), Refused)
    assert [sale["status"] for sale in zoho.company.named(said.number)] == ["draft"]


@pytest.mark.parametrize("step", ["create", "confirm"])
def test_a_lost_answer_is_found_again_and_nothing_is_made_twice(zoho, connector, step):
    said, call = an_order(), CREATE if step == "create" else confirm(zoho)
    zoho.lose.append(call)
    assert isinstance(connector.send(said), Unknown)
    assert zoho.lost == [call]
    found = connector.find(said)
    assert isinstance(found, Done if step == "confirm" else Missing)
    assert connector.send(said) == Done(said.number)
    (sale,) = zoho.company.named(said.number)
    assert (sale["status"], len(sale["line_items"])) == (confirmed(zoho), 1)


def test_a_lost_answer_about_a_quote_makes_no_second_one(zoho, connector):
    said = outgoing(order(SESSION, "C1", kind="quote"))
    zoho.lose.append("POST estimates" if zoho.company.product == "books" else CREATE)
    assert isinstance(connector.send(said), Unknown)
    assert connector.find(said) == connector.send(said) == Done(said.number)
    assert len(zoho.company.named(said.number)) == 1


def test_a_quote_is_made_once_also_where_numbers_of_estimates_are_not(zoho, connector):
    zoho.company.loose = True
    said = outgoing(order(SESSION, "C1", kind="quote"))
    assert connector.send(said) == connector.send(said) == Done(said.number)
    assert len(zoho.company.named(said.number)) == 1


def test_a_lost_answer_about_a_new_customer_makes_no_second_one(zoho, connector):
    shop = outgoing(new_customer(SESSION))
    zoho.lose.append("POST contacts")
    assert isinstance(connector.send(shop), Unknown)
    found = connector.find(shop)
    assert isinstance(found, Done)
    assert connector.send(shop) == found
    assert zoho.asked.count("POST contacts") == 1


def test_a_lost_answer_about_a_cancellation_is_found_again(zoho, connector):
    said = an_order()
    connector.send(said)
    back = outgoing(cancellation(SESSION, said.id), cancels_external=said.number)
    zoho.lose.append("POST salesorders/*/status/void")
    assert isinstance(connector.send(back), Unknown)
    assert connector.find(back) == Done(said.number)


def test_a_list_that_lags_behind_the_order_it_lacks_makes_no_second_one(zoho, connector):
    said = replace(an_order(), customer_external=zoho.company.contacts[0]["contact_id"])
    zoho.lose.append(CREATE)
    assert isinstance(connector.send(said), Unknown)
    zoho.answering.behind = 3
    assert connector.find(said) == Missing()
    assert isinstance(connector.send(said), Unknown)
    assert connector.send(said) == Done(said.number)
    assert len(zoho.company.named(said.number)) == 1


def test_an_order_that_shows_between_two_looks_is_ours_and_no_strangers(zoho, connector):
    said = replace(an_order(), customer_external=zoho.company.contacts[0]["contact_id"])
    zoho.lose.append(CREATE)
    assert isinstance(connector.send(said), Unknown)
    zoho.answering.behind = 1
    assert connector.send(said) == Done(said.number)


def test_a_search_that_lags_behind_the_customer_it_lacks_makes_no_second_one(zoho, connector):
    shop = outgoing(new_customer(SESSION))
    zoho.lose.append("POST contacts")
    assert isinstance(connector.send(shop), Unknown)
    zoho.answering.behind = 3
    assert connector.find(shop) == Missing()
    assert isinstance(connector.send(shop), Unknown)
    assert connector.send(shop) == connector.find(shop) == Done(zoho.company.contacts[-1]["contact_id"])
    assert [each["contact_name"] for each in zoho.company.contacts].count("Corner Shop") == 1


def test_where_no_filter_is_heeded_no_strangers_order_is_taken_for_ours(zoho, connector):
    zoho.answering.deaf = True
    others = [an_order() for _ in range(3)]
    for each in others:
        assert isinstance(connector.send(each), Done)
    said = an_order()
    assert connector.find(said) == Missing()
    assert connector.send(said) == connector.find(said) == Done(said.number)
    back = outgoing(cancellation(SESSION, said.id), cancels_external=said.number)
    assert connector.send(back) == Done(said.number)
    assert [zoho.company.named(each.number)[0]["status"] for each in others] == [confirmed(zoho)] * 3


def test_a_number_that_another_order_bears_is_for_a_person_to_decide(zoho, connector):
    first = an_order()
    assert isinstance(connector.send(first), Done)
    other = outgoing(order(SESSION, "C1"), number=first.number)
    refused = connector.send(other)
    assert isinstance(refused, Refused)
    assert refused.field == "number"
    assert first.key in refused.words
    assert [sale["reference_number"] for sale in zoho.company.named(first.number)] == [first.key]


def test_either_name_for_a_sales_order_in_an_answer_is_read(zoho, connector):
    zoho.answering.node = "sales_order"
    said = an_order()
    assert connector.send(said) == connector.find(said) == Done(said.number)


def test_eight_workers_with_one_order_make_one_sales_order(zoho, connector):
    said = an_order()
    with ThreadPoolExecutor(8) as workers:
        outcomes = list(workers.map(connector.send, [said] * 8))
    kinds = Counter(type(outcome) for outcome in outcomes)
    assert kinds[Done] >= 1
    assert kinds[Refused] == 0
    assert len(zoho.company.named(said.number)) == 1
    assert zoho.tokens == 1


def test_an_order_whose_reference_people_changed_is_not_made_again_and_not_taken_back_unseen(zoho, connector):
    said = an_order()
    assert isinstance(connector.send(said), Done)
    zoho.company.named(said.number)[0]["reference_number"] = "PO-17"
    assert connector.find(said) == Missing()
    assert isinstance(connector.send(said), Refused)
    back = outgoing(cancellation(SESSION, said.id), cancels_external=said.number)
    assert isinstance(connector.send(back), Refused)
    assert [sale["status"] for sale in zoho.company.named(said.number)] == [confirmed(zoho)]
