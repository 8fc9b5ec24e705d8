"""The office's own people on its screen: set up, given a role or a password, removed; and passwords of reps."""

import pytest
from textual.widgets import Input, Select

from tests.support.office import OFFICE_PASSWORD, Watched, morning
from tests.support.ui import press
from wizterm.protocol.session import SignIn
from wizterm.server.deciding import Role
from wizterm.server.office_sign_in import OfficeSignInError

SIGN_IN = (*"ada", "enter", *OFFICE_PASSWORD, "enter")
ANOTHER = "another long one"
TWICE = (*ANOTHER, "enter", *ANOTHER, "enter")
SIZES = pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["wide", "small"])


@pytest.fixture
def shop(tmp_path):
    with morning(tmp_path) as shop:
        yield shop


@pytest.fixture
def opened(shop):
    """The app on the server's own host, or for Ada, who signs in with this role."""
    apps = []

    def opened(*, role=None, size=(80, 24)):
        if role is not None:
            shop.office.users.add("Ada", OFFICE_PASSWORD, role)
        apps.append(Watched(shop, sign_in=role is not None))
        return apps[-1], apps[-1].run_test(size=size)

    yield opened
    for app in apps:
        app.close()


def told(shop):
    """What the record says was decided, the latest first."""
    return [line.told for line in shop.office.decisions.newest()]


def nothing_readable(app):
    """Whatever is typed into a field for passwords shows as dots."""
    return all(field.password for field in app.screen.query(Input) if field.id in {"password", "again"})


@SIZES
async def test_somebody_is_set_up_and_can_sign_in_as_what_was_chosen(shop, opened, size):
    app, running = opened(size=size)
    async with running as pilot:
        assert "Nobody can sign in yet" in await press(app, pilot, "f9", "u")
        await press(app, pilot, "a", *"Bea", "enter")
        app.screen.query_one(Select).value = Role.VIEWER.value
        shown = await press(app, pilot, "tab", *ANOTHER)
        assert ANOTHER not in shown
        assert nothing_readable(app)
        shown = await press(app, pilot, "enter", *ANOTHER, "enter")
        (line,) = [line for line in shown.splitlines() if "Bea" in line and "viewer" in line and "never" in line]
        assert "can sign in" not in line
    assert app.said == ["Bea can sign in as viewer."]
    assert shop.door.sign_in("bea", ANOTHER).role == Role.VIEWER
    assert "set up the user Bea: viewer" in told(shop)
    assert not [line for line in told(shop) if ANOTHER in line]


@pytest.mark.parametrize(
    ("name", "passwords", "why"),
    [
        ("Bea", (ANOTHER, "another long won"), "The two passwords differ"),
        ("Bea", ("short", "short"), "expected at least 10"),
        ("ada", (ANOTHER, ANOTHER), "There is Ada already"),
        ("", (ANOTHER, ANOTHER), "Expected a name of 1 to 40"),
    ],
)
async def test_who_cannot_be_set_up_so_is_said_in_place_and_the_name_stays(shop, opened, name, passwords, why):
    shop.office.users.add("Ada", OFFICE_PASSWORD)
    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f9", "u")
        typed = [key for word in passwords for key in (*word, "enter")]
        shown = await press(app, pilot, "a", *name, "enter", "tab", *typed)
        assert why in shown
        assert [field.value for field in app.screen.query(Input)] == [name, "", ""]
        assert app.focused is app.screen.query_one("#password")
        await press(app, pilot, "escape")
    assert [line.name for line in shop.office.users.all()] == ["Ada"]


async def test_another_role_is_chosen_from_the_one_they_have(shop, opened):
    shop.office.users.add("Ada", OFFICE_PASSWORD, Role.CLERK)
    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f9", "u", "r", "enter")
        assert app.said == []
        assert "admin" in await press(app, pilot, "r", "down", "enter")
    assert app.said == ["Ada is admin now."]
    assert told(shop)[0] == "gave another role to Ada: admin"


async def test_a_new_password_opens_and_the_old_one_does_not(shop, opened):
    shop.office.users.add("Ada", OFFICE_PASSWORD)
    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f9", "u", "p", *ANOTHER)
        assert nothing_readable(app)
        await press(app, pilot, "enter", *ANOTHER, "enter")
    assert app.said == ["Ada has a new password: whatever they had open asks for it."]
    assert shop.door.sign_in("ada", ANOTHER)
    with pytest.raises(OfficeSignInError):
        shop.door.sign_in("ada", OFFICE_PASSWORD)


async def test_who_is_removed_is_asked_about_first(shop, opened):
    shop.office.users.add("Ada", OFFICE_PASSWORD)
    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f9", "u")
        assert "Remove Ada (clerk)?" in await press(app, pilot, "x")
        assert "Ada" in await press(app, pilot, "n")
        assert "Nobody can sign in yet" in await press(app, pilot, "x", "y")
    assert app.said == ["Ada can sign in no more."]
    assert told(shop)[0] == "removed the user Ada"


async def test_an_admin_who_takes_the_own_role_sees_it_at_once(shop, opened):
    app, running = opened(role=Role.ADMIN)
    async with running as pilot:
        await press(app, pilot, *SIGN_IN, "f9", "u", "r", "up", "enter")
        shown = await press(app, pilot)
        assert "Ada (clerk)" in shown
        assert "Changes take the role admin, and yours is clerk." in shown
        assert "New password" not in shown


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CLERK])
async def test_who_is_no_admin_sees_who_there_is_and_is_offered_nothing(shop, opened, role):
    app, running = opened(role=role)
    async with running as pilot:
        shown = await press(app, pilot, *SIGN_IN, "f9", "u", "a", "r", "p", "x")
        assert "Ada" in shown
        assert f"Changes take the role admin, and yours is {role}." in shown
        assert "New password" not in shown
    assert app.said == []


async def test_a_rep_is_given_a_new_password_and_keeps_everything_else(shop, opened):
    before = shop.office.reps.all()
    app, running = opened()
    async with running as pilot:
        assert "A new password for Kim of Sales" in await press(app, pilot, "f6", "p")
        assert "expected at least 8" in await press(app, pilot, *"short", "enter", *"short", "enter")
        await press(app, pilot, *TWICE)
    assert app.said == ["KIM has a new password."]
    assert shop.server.sign_in(SignIn(rep="KIM", password=ANOTHER, device="0190a000-0000-7000-8000-00000000000a"))
    assert [line.lists for line in shop.office.reps.all()] == [line.lists for line in before]
    assert told(shop)[0] == "gave a new password to the rep KIM"


async def test_a_name_from_outside_is_only_text(shop, opened):
    shop.office.users.add("[red]Ada[/red]", OFFICE_PASSWORD)
    app, running = opened()
    async with running as pilot:
        for key in ("r", "p", "x"):
            assert "[red]Ada[/red]" in await press(app, pilot, "f9", "u", key)
            await press(app, pilot, "n" if key == "x" else "escape")
