"""Who may sign in to the office's screen, and how fast somebody may guess."""

from itertools import count

import pytest

from tests.support.store_office import QUICK
from wizterm.server.office_users import MOST_WRONG, WINDOW_MS, OfficeUserError, OfficeUsers

PASSWORD = "quite a long one"


@pytest.fixture
def users(house):
    ids = count()
    users = OfficeUsers(house.company.store, QUICK, clock=house.clock, new_id=lambda: f"attempt-{next(ids)}")
    users.add("Ada", PASSWORD)
    return users


def wrong(users, times, name="ada"):
    for _ in range(times):
        with pytest.raises(OfficeUserError, match="Name or password is wrong"):
            users.sign_in(name, "a guess")


def test_who_was_set_up_signs_in_by_name_and_password(users):
    assert users.sign_in(" ADA ", PASSWORD) == "Ada"


@pytest.mark.parametrize(("name", "password"), [("ada", "wrong"), ("bob", PASSWORD), ("", "")])
def test_nobody_hears_which_of_both_was_wrong(users, name, password):
    with pytest.raises(OfficeUserError, match=r"^Name or password is wrong.$"):
        users.sign_in(name, password)


def test_who_guesses_too_often_waits_even_with_the_right_one(house, users):
    wrong(users, MOST_WRONG)
    with pytest.raises(OfficeUserError, match="Too many wrong passwords"):
        users.sign_in("ada", PASSWORD)
    house.clock.go_on(WINDOW_MS / 1000 + 1)
    assert users.sign_in("ada", PASSWORD) == "Ada"


def test_guesses_count_in_every_process_over_the_store(house, users):
    wrong(users, MOST_WRONG)
    other = OfficeUsers(house.company.store, QUICK, clock=house.clock, new_id=lambda: "elsewhere")
    with pytest.raises(OfficeUserError, match="Too many"):
        other.sign_in("ada", PASSWORD)


def test_a_right_password_counts_for_nothing(users):
    for _ in range(MOST_WRONG + 2):
        users.sign_in("ada", PASSWORD)


def test_somebody_who_was_removed_is_out(users):
    users.remove("ada")
    wrong(users, 1)
    assert users.all() == ()


def test_an_unknown_name_cannot_be_removed(users):
    with pytest.raises(OfficeUserError, match="Did you mean Ada"):
        users.remove("adda")


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("a\x1b[2J", PASSWORD), ("ada", "short")])
def test_a_name_or_password_that_cannot_be_is_refused(users, name, password):
    with pytest.raises(OfficeUserError, match="xpected"):
        users.add(name, password)
