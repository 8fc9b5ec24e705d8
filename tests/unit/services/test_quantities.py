from contextlib import closing
from decimal import Decimal

import pytest

from tests.support.price_data import tables
from tests.support.ui import Folder
from wizterm.services.order_entry import EntryError

D = Decimal


@pytest.fixture
def bench(tmp_path):
    with closing(Folder(tmp_path, tables=tables())) as folder:
        yield folder.bench


def add(bench, sku, count=1):
    return bench.entry.add(sku, D(count)).cart.lines[-1].id


def counted(bench):
    return [(int(line.count), line.unit.code, int(line.quantity)) for line in bench.entry.current().cart.lines]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2 case", (2, "case", 48)),
        ("2case", (2, "case", 48)),
        ("3 cases", (3, "case", 72)),
        ("1 pal", (1, "pallet", 480)),
        ("5 each", (5, "each", 5)),
        ("7", (7, "each", 7)),
    ],
)
def test_a_quantity_is_typed_in_any_unit_the_product_has(bench, typed, expected):
    line = add(bench, "TAPE")
    bench.quantities.count(line, typed)
    assert counted(bench) == [expected]


def test_a_unit_it_is_not_sold_in_is_refused_with_those_it_is(bench):
    line = add(bench, "TAPE")
    with pytest.raises(EntryError, match=r"not sold by the barrel: expected each, case \(24\), pallet \(480\)"):
        bench.quantities.count(line, "2 barrel")


def test_a_case_goes_on_a_line_of_its_own_and_the_next_on_the_same(bench):
    line = add(bench, "TAPE", 3)
    bench.quantities.add_case(line)
    bench.quantities.add_case(line)
    assert counted(bench) == [(3, "each", 3), (2, "case", 48)]


def test_a_line_turned_into_cases_joins_the_cases_that_stand_there(bench):
    line = add(bench, "TAPE", 3)
    bench.quantities.add_case(line)
    bench.quantities.count(line, "2 case")
    assert counted(bench) == [(3, "case", 72)]


def test_breaks_and_rules_count_base_units(bench):
    line = add(bench, "TAPE")
    assert bench.quantities.count(line, "2 case").totals.total == D("24.00")


def test_the_nearest_quantities_are_one_key_away(bench):
    line = add(bench, "STAND", 20)
    assert bench.entry.current().cart.lines[0].misfit is not None
    assert bench.quantities.nearest(line, above=True).cart.lines[0].count == 24
    bench.entry.count(line, "20")
    assert bench.quantities.nearest(line, above=False).cart.lines[0].count == 18
    with pytest.raises(EntryError, match="can be ordered as it is"):
        bench.quantities.nearest(line, above=False)


def test_below_the_minimum_there_is_nothing_nearer_below(bench):
    line = add(bench, "STAND", 3)
    with pytest.raises(EntryError, match=r"The minimum is 12\. There is no valid quantity below it"):
        bench.quantities.nearest(line, above=False)


def test_all_invalid_quantities_are_mended_at_once_as_far_as_can_be(bench):
    add(bench, "HEART", 5)
    add(bench, "STAND", 20)
    assert [line.count for line in bench.quantities.mend(above=False).cart.lines] == [5, 18]


def test_a_family_that_counts_together_gets_its_break_from_both_lines(bench):
    bench.entry.begin("c1")
    add(bench, "MUG-R", 6)
    blue = add(bench, "MUG-B", 6)
    assert [line.price.amount for line in bench.entry.current().cart.lines] == [4, 4]
    bench.entry.remove(blue)
    assert [line.price.amount for line in bench.entry.current().cart.lines] == [5]


def test_the_lists_minimum_holds_where_the_customer_has_none(bench):
    bench.entry.begin("c1")
    assert bench.entry.add("HEART", D(2)).short == "The order minimum is 50.00 GBP: 44.10 is missing."
    bench.entry.begin("c2")
    assert "100.00" in bench.entry.add("HEART", D(2)).short
