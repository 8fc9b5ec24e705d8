"""Orders beyond a customer's credit are taken, and the office is told."""

from decimal import Decimal

import msgspec
import pytest

from tests.support.documents_making import cancellation, line, order
from tests.unit.server.test_intake import doubts, honest

OWING = "number,name,price_list,rep,credit_limit,balance\nC1,Corner Shop,TRADE,KIM,{},{}\n"


@pytest.fixture
def shop(house):
    """The customer may owe 100 and owes 60; a line of the usual order is 9."""
    house.office.load(customers=OWING.format(100, 60))
    return house


def words(house, document):
    """Of all its revisions."""
    pages = house.archive.pages(document.id)
    return [doubt.words for page in pages for doubt in page.doubts if doubt.code == "credit_limit"]


def test_an_order_within_the_limit_raises_no_doubt(shop, kim):
    agreed = honest(shop, kim, line(1, quantity=8))
    shop.post(kim, agreed)
    assert doubts(shop, agreed) == set()


def test_an_order_beyond_it_is_taken_and_says_by_how_much(shop, kim):
    large = honest(shop, kim, line(1, quantity=9))
    shop.post(kim, large)
    assert words(shop, large) == ["Over the credit limit of 100.00 by 0.50 GBP."]


def test_orders_that_are_not_booked_yet_count(shop, kim):
    shop.post(kim, honest(shop, kim, line(1, quantity=8)))
    second = honest(shop, kim)
    shop.post(kim, second)
    assert words(shop, second) == ["Over the credit limit of 100.00 by 5.00 GBP, with 1 order not booked yet."]


def test_orders_of_one_batch_count_beside_each_other(shop, kim):
    both = [honest(shop, kim, line(1, quantity=8)), honest(shop, kim)]
    shop.post(kim, *both)
    assert [doubts(shop, each) for each in both] == [set(), {"credit_limit"}]


def test_an_order_that_was_booked_is_the_companys_own_to_count(shop, kim):
    shop.post(kim, honest(shop, kim, line(1, quantity=8)))
    shop.deliver()
    second = honest(shop, kim)
    shop.post(kim, second)
    assert doubts(shop, second) == set()


def test_an_order_that_was_taken_back_does_not_count(shop, kim):
    first = honest(shop, kim, line(1, quantity=8))
    shop.post(kim, first)
    shop.post(kim, cancellation(kim, first.id))
    second = honest(shop, kim)
    shop.post(kim, second)
    assert doubts(shop, second) == set()


def test_a_revision_does_not_count_beside_what_it_replaces(shop, kim):
    first = honest(shop, kim, line(1, quantity=8))
    shop.post(kim, first)
    second = msgspec.structs.replace(honest(shop, kim, line(1, quantity=8)), id=first.id, revision=2)
    shop.post(kim, second)
    assert words(shop, second) == []


def test_a_quote_binds_nobody(shop, kim):
    offered = msgspec.structs.replace(honest(shop, kim, line(1, quantity=50, price="4")), kind="quote")
    shop.post(kim, offered)
    assert words(shop, offered) == []


def test_another_currency_than_the_limits_is_not_compared(shop, kim):
    foreign = order(kim, "C1", line(1, quantity=50), currency="EUR", price_list="EXPORT")
    shop.post(kim, foreign)
    assert words(shop, foreign) == []


def test_a_customer_without_a_limit_may_owe_what_they_like(house, kim):
    agreed = honest(house, kim, line(1, quantity=5_000, price="4"))
    house.post(kim, agreed)
    assert "credit_limit" not in doubts(house, agreed)


def test_a_limit_of_nothing_is_a_limit(house, kim):
    house.office.load(customers=OWING.format(0, ""))
    first = honest(house, kim)
    house.post(kim, first)
    assert words(house, first) == ["Over the credit limit of 0.00 by 9.00 GBP."]


def test_goods_that_go_back_are_no_reason_for_a_doubt(house, kim):
    house.office.load(customers=OWING.format(50, 60))
    back = honest(house, kim, line(1, quantity=-2))
    assert back.total == Decimal("-9.00")
    house.post(kim, back)
    assert words(house, back) == []


def test_goods_that_are_announced_to_go_back_make_no_room_under_the_limit(shop, kim):
    back = honest(shop, kim, line(1, quantity=-20))
    shop.post(kim, back)
    large = honest(shop, kim, line(1, quantity=9))
    shop.post(kim, large)
    assert words(shop, large) == ["Over the credit limit of 100.00 by 0.50 GBP."]


def test_goods_that_go_back_in_the_same_batch_make_no_room_either(shop, kim):
    both = [honest(shop, kim, line(1, quantity=-20)), honest(shop, kim, line(1, quantity=9))]
    shop.post(kim, *both)
    assert words(shop, both[1]) == ["Over the credit limit of 100.00 by 0.50 GBP."]
