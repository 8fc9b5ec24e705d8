from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizterm.domain.money import AmountError
from wizterm.domain.quantity import Misfit, QuantityRule, counted, read_quantity

D = Decimal
small = st.integers(1, 60).map(D)
rules = st.builds(QuantityRule, st.none() | small, small, st.none() | st.integers(1, 500).map(D))


def test_minimum_and_multiple_together():
    rule = QuantityRule(D(12), D(6))
    assert [q for q in range(1, 31) if rule.misfit(D(q)) is None] == [12, 18, 24, 30]


def test_without_a_minimum_the_multiple_is_the_minimum():
    assert QuantityRule(multiple=D(6)).misfit(D(5)) == Misfit("The minimum is 6.", None, D(6))


def test_a_misfit_offers_the_nearest_below_and_above():
    assert QuantityRule(D(12), D(6)).misfit(D(20)) == Misfit("It is sold from 12 in steps of 6.", D(18), D(24))


def test_over_the_limit_offers_the_largest_that_fits():
    assert QuantityRule(D(12), D(6), D(40)).misfit(D(42)) == Misfit("At most 40 may be ordered.", D(36), None)


@given(rules, st.integers(1, 2_000).map(D))
def test_what_is_offered_is_valid_and_nothing_valid_lies_between(rule, quantity):
    misfit = rule.misfit(quantity)
    if misfit is None:
        assert rule.round_up(quantity) == quantity
        return
    for offer in (misfit.below, misfit.above):
        assert offer is None or rule.misfit(offer) is None
    if misfit.below is not None and misfit.above is not None:
        assert misfit.below < quantity < misfit.above
        assert misfit.above - misfit.below == rule.multiple


@given(rules, st.integers(1, 400).map(D))
def test_rounding_up_gives_a_valid_quantity_wherever_there_is_one(rule, quantity):
    if rule.least <= rule.most:
        assert rule.misfit(rule.round_up(quantity)) is None


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "abc", "\uff11\uff12"])
def test_what_is_no_quantity_gets_a_sentence(text):
    with pytest.raises(AmountError, match="is not a quantity: expected"):
        read_quantity(text)


@pytest.mark.parametrize("text", ["1000000", "1,000,000", "5012345678900", "9" * 40, "1" + "0" * 39])
def test_too_many_is_told_with_the_most_there_may_be(text):
    with pytest.raises(AmountError, match="is too many: one line holds at most 999,999"):
        read_quantity(text)


def test_weighed_goods_have_decimals():
    assert read_quantity("0.375", places=3) == D("0.375")


@pytest.mark.parametrize(("count", "said"), [(0, "0 lines"), (1, "1 line"), (Decimal("1.0"), "1 line"), (2, "2 lines")])
def test_one_is_counted_in_the_singular(count, said):
    assert counted(count, "line") == said
