from datetime import date
from decimal import Decimal
from itertools import count

import pytest

from wizterm.domain.cart import Cart, Line
from wizterm.domain.cart_parts import copied, merged, split_by_day
from wizterm.domain.details import Details, Signature
from wizterm.domain.discount import CartDiscount, Off
from wizterm.domain.prices import Price, PriceSource

FRIDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 9)


@pytest.fixture
def new_id():
    numbers = count(1)
    return lambda: f"new{next(numbers)}"


def line(key, sku="A", count=1, **more):
    return Line(key, sku, sku, Decimal(count), Price(Decimal(1), PriceSource.LIST), **more)


def cart(*lines, **more):
    return Cart("c", "GBP", "retail", customer="c1", lines=lines, **more)


def test_merging_adds_to_the_line_it_belongs_to_and_keeps_every_piece(new_id):
    here, other = cart(line("1", "A", 2)), cart(line("1", "B", 5), line("2", "A", 3))
    both = merged(here, other, new_id)
    assert [(each.sku, each.count) for each in both.lines] == [("A", 5), ("B", 5)]
    assert len({each.id for each in both.lines}) == 2


def test_a_copy_is_neither_signed_nor_a_revision(new_id):
    signed = Details(po_number="7", signature=Signature("Amy", None))
    twin = copied(cart(line("1"), details=signed, revision=3, quote="q"), new_id, "copy")
    assert (twin.id, twin.details, twin.revision, twin.quote) == ("new1", Details(po_number="7"), 1, "")
    assert twin.lines == (line("1"),)


def test_lines_are_split_by_their_day_and_none_is_lost(new_id):
    whole = cart(line("1", "A", deliver_on=MONDAY), line("2", "B"), line("3", "C", deliver_on=FRIDAY), line("4", "D"))
    parts = split_by_day(whole, new_id)
    assert [[each.sku for each in part.lines] for part in parts] == [["B", "D"], ["C"], ["A"]]
    assert [part.details.deliver_from for part in parts] == [None, FRIDAY, MONDAY]
    assert [part.id for part in parts] == ["c", "new1", "new2"]
    assert {part.customer for part in parts} == {"c1"}


def test_a_discount_that_is_an_amount_is_given_once_and_a_percentage_in_every_part(new_id):
    percent, amount = CartDiscount(Off.PERCENT, Decimal(5)), CartDiscount(Off.AMOUNT, Decimal(10))
    parts = split_by_day(cart(line("1"), line("2", "B", deliver_on=FRIDAY), discounts=(percent, amount)), new_id)
    assert [part.discounts for part in parts] == [(percent, amount), (percent,)]
