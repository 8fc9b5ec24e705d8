import pytest

from wizterm.domain.customer import Address, NewCustomer
from wizterm.domain.likeness import Sketch, alike

LANTERN = Sketch("c1", "The Paper Lantern Ltd", "York", ("amy@lantern.example",), ("+44 1904 555 010",))
OST = Sketch("c2", "Café Ost GmbH", "Berlin")


def why(**typed):
    return [(each.customer, each.why) for each in alike(NewCustomer(**typed), [LANTERN, OST])]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"company": "Somebody", "email": " AMY@lantern.example"}, "the same e-mail"),
        ({"company": "Somebody", "phone": "01904 555010"}, "the same telephone"),
        ({"company": "paper lantern"}, "the same name"),
        ({"company": "Paper Lanterm"}, "a name much like it"),
        ({"company": "Papier Lantern", "shipping": Address(city="york")}, "a name much like it, in the same town"),
    ],
)
def test_somebody_known_is_known_again_however_they_are_written(typed, words):
    assert why(**typed) == [("c1", words)]


@pytest.mark.parametrize("company", ["The Paper Mill", "Lantern Trading", "Ltd", "", "Hull Fish Market"])
def test_somebody_else_is_not_taken_for_them(company):
    assert why(company=company) == []


def test_a_few_digits_are_no_telephone_that_could_be_shared():
    assert why(company="Somebody", phone="010") == []


def test_the_likeliest_comes_first():
    found = why(company="Cafe Ost", email="amy@lantern.example")
    assert [customer for customer, _ in found] == ["c1", "c2"]
