from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from wizterm.domain.prices import PriceEntry, PriceSheet, PriceSource, first_break

D = Decimal
DAY = date(2026, 11, 21)


def entry(key, price, minimum=1, valid_from=None, valid_to=None):
    return PriceEntry(key, D(price), D(minimum), valid_from, valid_to)


def test_the_break_with_the_largest_minimum_not_above_the_quantity_gives_the_price():
    sheet = PriceSheet(listed=(entry("a", "2.95"), entry("b", "2.55", 32)), price_list="Trade")
    assert [sheet.price(D(q), DAY).amount for q in (1, 31, 32, 500)] == [D("2.95"), D("2.95"), D("2.55"), D("2.55")]


def test_a_contract_comes_before_the_list_even_where_it_is_dearer():
    sheet = PriceSheet(contract=(entry("c", "3.10"),), listed=(entry("a", "2.95"),))
    assert sheet.price(D(1), DAY).source is PriceSource.CONTRACT


def test_a_contract_whose_smallest_break_is_above_the_quantity_counts_as_none():
    sheet = PriceSheet(contract=(entry("c", "2.00", 50),), listed=(entry("a", "2.95"),), price_list="Trade")
    assert sheet.price(D(49), DAY).source is PriceSource.LIST
    assert sheet.price(D(50), DAY).source is PriceSource.CONTRACT


def test_the_base_price_counts_only_where_the_list_falls_back():
    assert PriceSheet(base=D(4)).price(D(1), DAY).source is PriceSource.BASE
    assert PriceSheet().price(D(1), DAY) is None


def test_validity_includes_its_last_day():
    sheet = PriceSheet(listed=(entry("a", "1", valid_from=DAY, valid_to=DAY),))
    assert sheet.price(D(1), DAY) is not None
    assert sheet.price(D(1), date(2026, 11, 22)) is None
    assert sheet.price(D(1), date(2026, 11, 20)) is None


def test_of_two_entries_with_one_minimum_the_later_start_wins_then_the_higher_id():
    early, late = entry("z", "1", valid_from=date(2026, 1, 1)), entry("a", "2", valid_from=date(2026, 6, 1))
    assert PriceSheet(listed=(early, late)).price(D(1), DAY).amount == 2
    assert PriceSheet(listed=(entry("1", "5"), entry("2", "6"))).price(D(1), DAY).entry == "2"


def test_the_ladder_names_each_quantity_from_which_the_price_changes():
    sheet = PriceSheet(contract=(entry("c", "2.00", 50),), listed=(entry("a", "2.95"), entry("b", "2.55", 32)))
    ladder = sheet.breaks(DAY)
    assert [(price.min_quantity, price.amount) for price in ladder] == [
        (1, D("2.95")),
        (32, D("2.55")),
        (50, D("2.00")),
    ]
    assert first_break(ladder).amount == D("2.55")


@given(
    st.lists(st.tuples(st.integers(1, 90), st.integers(1, 10**6)), max_size=6), st.integers(1, 100), st.integers(0, 50)
)
def test_raising_the_quantity_changes_the_price_only_where_a_break_says_so(rows, quantity, more):
    entries = tuple(entry(str(i), D(price), minimum) for i, (minimum, price) in enumerate(rows))
    sheet = PriceSheet(listed=entries, base=D(7))
    before, after = sheet.price(D(quantity), DAY), sheet.price(D(quantity + more), DAY)
    if before.amount != after.amount:
        assert any(quantity < e.min_quantity <= quantity + more for e in entries)
