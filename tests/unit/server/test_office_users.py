"""Who may sign in to the office's screen, as what, and how fast somebody may guess."""

from itertools import count

import pytest

from tests.support.store_office import QUICK, decided_here
from wizterm.server.deciding import Role, SignedOutError
from wizterm.server.office import Door
from wizterm.server.office_sign_in import MOST_WRONG, WINDOW_MS, OfficeSignInError
from wizterm.server.office_users import OfficeUserError, OfficeUserLine, OfficeUsers

PASSWORD = "quite a long one"


@pytest.fixture
def users(house):
    users = OfficeUsers(house.company.store, decided_here(house.company.store), QUICK)
    users.add("Ada", PASSWORD, Role.CLERK)
    return users


@pytest.fixture
def door(house, users):
    ids = count()
    return Door(house.company.store, QUICK, clock=house.clock, new_id=lambda: f"office-{next(ids)}")


def wrong(door, times, name="ada"):
    for _ in range(times):
        with pytest.raises(OfficeSignInError, match="Name or password is wrong"):
            door.sign_in(name, "a guess")


def test_who_was_set_up_signs_in_by_name_and_password(door):
    visit = door.sign_in(" ADA ", PASSWORD)
    assert (visit.office.actor.name, visit.role) == ("Ada", Role.CLERK)


@pytest.mark.parametrize(("name", "password"), [("ada", "wrong"), ("bob", PASSWORD), ("", "")])
def test_nobody_hears_which_of_both_was_wrong(door, name, password):
    with pytest.raises(OfficeSignInError, match=r"^Name or password is wrong.$"):
        door.sign_in(name, password)


def test_who_guesses_too_often_waits_even_with_the_right_one(house, door):
    wrong(door, MOST_WRONG)
    with pytest.raises(OfficeSignInError, match="Too many wrong passwords"):
        door.sign_in("ada", PASSWORD)
    house.clock.go_on(WINDOW_MS / 1000 + 1)
    assert door.sign_in("ada", PASSWORD)


def test_invented_names_keep_nobody_out(door):
    for number in range(60):
        wrong(door, 1, f"nobody-{number}")
    assert door.sign_in("ada", PASSWORD)


def test_guesses_count_in_every_process_over_the_store(house, door):
    wrong(door, MOST_WRONG)
    other = Door(house.company.store, QUICK, clock=house.clock, new_id=lambda: "elsewhere")
    with pytest.raises(OfficeSignInError, match="Too many"):
        other.sign_in("ada", PASSWORD)


def test_a_right_password_counts_for_nothing(door):
    for _ in range(MOST_WRONG + 2):
        door.sign_in("ada", PASSWORD)


def test_somebody_who_was_removed_is_out(users, door):
    office = door.sign_in("ada", PASSWORD).office
    users.remove("ada")
    with pytest.raises(SignedOutError):
        office.standing()
    wrong(door, 1)
    assert users.all() == ()


def test_a_new_password_ends_what_was_opened_with_the_old_one(users, door):
    office = door.sign_in("ada", PASSWORD).office
    users.give_password("ADA", PASSWORD)
    with pytest.raises(SignedOutError, match="sign in again"):
        office.standing()


def test_a_new_password_leaves_the_role_as_it_is(users):
    users.give_role("ada", Role.ADMIN)
    assert users.give_password("ada", PASSWORD) == OfficeUserLine("Ada", Role.ADMIN)
    assert users.add("Bea", PASSWORD).role == Role.CLERK


def test_who_is_there_already_is_not_set_up_again(users, door):
    with pytest.raises(OfficeUserError, match="There is Ada already"):
        users.add(" ADA", "another long one", Role.ADMIN)
    assert door.sign_in("ada", PASSWORD).role == Role.CLERK


def test_when_somebody_came_in_last_is_told(house, users, door):
    assert users.all()[0].signed_in_at is None
    for _ in range(2):
        house.clock.go_on(60)
        door.sign_in("ADA", PASSWORD)
    assert users.all()[0].signed_in_at == house.clock.now()


def test_another_role_holds_at_once(users, door):
    office = door.sign_in("ada", PASSWORD).office
    assert users.give_role("ADA", Role.VIEWER) == OfficeUserLine("Ada", Role.VIEWER)
    assert office.standing().role == Role.VIEWER
    assert [(line.name, line.role) for line in users.all()] == [("Ada", Role.VIEWER)]


def test_an_unknown_name_cannot_be_removed_or_given_a_role(users):
    changes = (
        users.remove,
        lambda name: users.give_role(name, Role.ADMIN),
        lambda name: users.give_password(name, PASSWORD),
    )
    for change in changes:
        with pytest.raises(OfficeUserError, match="Did you mean Ada"):
            change("adda")


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("a\x1b[2J", PASSWORD), ("ada", "short")])
def test_a_name_or_password_that_cannot_be_is_refused(users, name, password):
    with pytest.raises(OfficeUserError, match="xpected"):
        users.add(name, password)
