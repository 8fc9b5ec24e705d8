import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizterm.domain.document import MOVES, State, WrongMoveError, key, move, number


def test_the_key_is_the_id_in_crockford_base32():
    assert key("00000000-0000-0000-0000-000000000000") == "0" * 26
    assert key("ffffffff-ffff-ffff-ffff-ffffffffffff") == "7" + "Z" * 25


@given(st.uuids(), st.uuids())
def test_keys_differ_where_ids_differ_and_sort_alike(one, other):
    assert (key(str(one)) < key(str(other))) == (one.int < other.int)
    assert len(key(str(one))) == 26


def test_a_number_names_rep_installation_and_counter():
    assert number("KIM", "7F", 42) == "KIM-7F-0042"
    assert number("KIM", "7F", 12345) == "KIM-7F-12345"


def test_a_number_that_no_erp_could_hold_is_refused():
    with pytest.raises(ValueError, match="at most 21 characters"):
        number("A-VERY-LONG-REP-CODE", "7F", 1)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("to", list(State))
def test_only_the_moves_of_the_table_are_possible(state, to):
    if to in MOVES[state]:
        assert move(state, to) is to
    else:
        with pytest.raises(WrongMoveError, match=f"that is {state} cannot become {to}"):
            move(state, to)


def test_nothing_that_was_delivered_can_wait_again():
    assert State.QUEUED not in MOVES[State.DELIVERED] | MOVES[State.CONFIRMED]
