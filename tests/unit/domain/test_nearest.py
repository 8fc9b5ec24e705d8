import pytest

from wizterm.domain.nearest import did_you_mean


@pytest.mark.parametrize(
    ("wanted", "said"), [("TRAED", " Did you mean TRADE?"), ("trade", " Did you mean TRADE?"), ("zebra", "")]
)
def test_a_name_is_answered_with_the_one_most_like_it(wanted, said):
    assert did_you_mean(wanted, ["TRADE", "EXPORT"]) == said
