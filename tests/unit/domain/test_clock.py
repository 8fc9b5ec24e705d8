import pytest

from wizterm.domain.clock import days_ago


@pytest.mark.parametrize(
    ("days", "said"), [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (1200, "1,200 days ago")]
)
def test_days_are_told_as_people_tell_them(days, said):
    assert days_ago(days) == said
