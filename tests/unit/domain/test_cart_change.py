from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from wizterm.domain.cart import Cart, Line
from wizterm.domain.cart_change import change

lines = st.builds(
    Line,
    id=st.sampled_from("abcdefgh"),
    sku=st.just("S"),
    name=st.just("N"),
    count=st.integers(1, 3).map(Decimal),
    price=st.none(),
)
carts = st.builds(
    Cart,
    id=st.just("c"),
    currency=st.just("GBP"),
    price_list=st.sampled_from(["retail", "trade"]),
    note=st.text(max_size=3),
    lines=st.lists(lines, unique_by=lambda line: line.id, max_size=8).map(tuple),
)


@given(carts, carts)
def test_a_step_taken_back_leaves_the_cart_as_it_was_and_done_again_as_it_became(before, after):
    step = change(before, after)
    assert step.undone(after) == before
    assert step.redone(before) == after


def test_a_step_keeps_only_the_lines_it_touched():
    before = Cart("c", "GBP", "retail", lines=tuple(Line(str(i), "S", "N", Decimal(1), None) for i in range(500)))
    step = change(before, before.without("0"))
    assert [(place, line.id) for place, line in step.lost] == [(0, "0")]
    assert step.gained == ()
