from datetime import UTC, datetime, timedelta

import pytest

from wizterm.domain.patience import LONGEST, Tries

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("count", "seconds"), [(0, 0), (2, 0), (3, 30), (4, 60), (6, 240), (10, 3600), (10_000, 3600)])
def test_the_wait_grows_and_has_a_bound(count, seconds):
    assert Tries(count, NOW).wait(NOW) == timedelta(seconds=seconds)


def test_what_has_passed_since_is_waited_already():
    assert Tries(4, NOW).wait(NOW + timedelta(seconds=20)) == timedelta(seconds=40)
    assert not Tries(4, NOW).wait(NOW + timedelta(days=1))


def test_a_clock_that_was_set_back_makes_nobody_wait_for_years():
    assert Tries(12, NOW + timedelta(days=700)).wait(NOW) == LONGEST
