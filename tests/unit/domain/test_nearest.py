import pytest

from wizterm.domain.nearest import did_you_mean


@pytest.mark.parametrize(
    ("wanted", "said"), [("TRAED", " Did you mean TRADE?"), ("trade", " Did you mean TRADE?"), ("zebra", "")]
)
def test_a_name_is_answered_with_the_one_most_like_it(wanted, said):
    assert did_you_mean(wanted, ["TRADE", "EXPORT"]) == said


def test_a_number_is_not_taken_for_another_number():
    assert did_you_mean("12923", ["18223", "12932"]) == ""
    assert did_you_mean("85123", ["85123A", "85132"]) == " Did you mean 85123A?"
