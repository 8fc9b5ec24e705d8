from decimal import Decimal

import pytest

from wizterm.domain.quantity import MOST
from wizterm.domain.size_runs import SizeRuns

ALL = frozenset((row, column) for row in range(2) for column in range(3))


def typed(runs, *keys):
    moves = {"→": (0, 1), "←": (0, -1), "↓": (1, 0), "↑": (-1, 0)}
    for key in "".join(keys):
        runs = runs.moved(*moves[key]) if key in moves else runs.copied_down() if key == "=" else runs.typed(key)
    return runs


def counts(runs):
    return [[int(runs.counts.get((row, column), 0)) for column in range(runs.columns)] for row in range(runs.rows)]


def test_digits_make_a_number_until_one_moves_on():
    assert counts(typed(SizeRuns(2, 3, ALL), "12→6→3")) == [[12, 6, 3], [0, 0, 0]]


def test_the_first_digit_after_a_move_begins_anew():
    assert counts(typed(SizeRuns(2, 3, ALL), "12→6←4")) == [[4, 6, 0], [0, 0, 0]]


def test_one_key_copies_a_run_to_the_next_colour_and_stops_at_the_last():
    runs = typed(SizeRuns(2, 3, ALL), "12→6→3==")
    assert counts(runs) == [[12, 6, 3], [12, 6, 3]]
    assert runs.at == (1, 2)


def test_a_copy_leaves_out_what_cannot_be_had():
    assert counts(typed(SizeRuns(2, 3, ALL - {(1, 1)}), "12→6→3=")) == [[12, 6, 3], [12, 0, 3]]


def test_nothing_is_typed_where_there_is_no_variant():
    assert not typed(SizeRuns(2, 3, ALL - {(0, 0)}), "12").counts


def test_sums_of_rows_and_columns_and_of_all():
    runs = typed(SizeRuns(2, 3, ALL), "12→6↓5")
    assert (runs.of_row(0), runs.of_row(1), runs.of_column(1), runs.total) == (18, 5, 11, 23)


@pytest.mark.parametrize("keys", ["9" * 40, "4" + "9" * 17])
def test_of_a_number_past_what_a_line_holds_nothing_is_kept_and_it_says_so(keys):
    runs = typed(SizeRuns(1, 1, ALL), keys)
    assert (runs.count, runs.too_many) == (0, True)


def test_the_most_a_line_holds_can_be_typed():
    runs = typed(SizeRuns(1, 1, ALL), str(MOST))
    assert (runs.count, runs.too_many) == (MOST, False)


def test_after_too_many_a_number_is_typed_again_from_its_first_digit():
    over = typed(SizeRuns(2, 3, ALL), "9" * 7)
    assert typed(over.shortened(), "12").count == Decimal(12)
    assert typed(over.cleared(), "12").count == Decimal(12)
    assert not typed(over, "→").too_many


def test_a_wrong_digit_is_taken_back():
    assert typed(SizeRuns(1, 1, ALL), "128").shortened().count == Decimal(12)
    assert typed(SizeRuns(1, 1, ALL), "128").cleared().count == 0
