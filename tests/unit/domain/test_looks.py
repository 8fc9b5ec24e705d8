"""How alike two looks are, in percent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizterm.domain.looks import BITS, COLOURS, Look, likeness, look_of

looks = st.builds(Look, st.integers(0, 2**BITS - 1), st.binary(min_size=COLOURS, max_size=COLOURS))


@given(looks)
def test_a_look_is_wholly_like_itself_and_can_be_written(look):
    assert likeness(look, look) == 100
    assert look_of(str(look)) == look


@given(looks, looks)
def test_likeness_is_a_percentage_and_the_same_both_ways(one, other):
    assert 0 <= likeness(one, other) == likeness(other, one) <= 100


def test_the_opposite_has_nothing_in_common():
    assert likeness(Look(0, bytes(COLOURS)), Look(2**BITS - 1, b"\xff" * COLOURS)) == 0


@pytest.mark.parametrize("text", ["", "zz", "0" * 127, "x" * 128])
def test_what_is_no_look_is_refused(text):
    with pytest.raises(ValueError):
        look_of(text)
