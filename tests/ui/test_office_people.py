"""The office's screen for people with roles: what each is offered, and how a visit ends."""

import pytest

from tests.support.office import IDLE, OFFICE_PASSWORD, Watched, busy, morning
from tests.support.ui import press
from wizterm.server.deciding import Role
from wizterm.server.decisions import Decisions


@pytest.fixture
def day(tmp_path):
    with morning(tmp_path) as shop:
        yield busy(shop)


@pytest.fixture
def visit(day):
    """Sign in as somebody with this role."""
    apps = []

    def visit(role):
        day.office.users.add("Ada", OFFICE_PASSWORD, role)
        apps.append(Watched(day, sign_in=True))
        return apps[-1], apps[-1].run_test(size=(120, 40))

    yield visit
    for app in apps:
        app.close()


SIGN_IN = (*"ada", "enter", *OFFICE_PASSWORD, "enter")


async def test_a_viewer_sees_everything_and_is_offered_nothing_to_change(day, visit):
    app, running = visit(Role.VIEWER)
    async with running as pilot:
        shown = await press(app, pilot, *SIGN_IN, "f4")
        assert "Ada (viewer)" in shown
        assert day.numbers["refused"] in shown
        assert not {"Retry", "Hold / release", "Map", "Give up"} & set(shown.split("  "))
        await press(app, pilot, "r", "h", "g")
        assert "Shut out" not in await press(app, pilot, "f5", "x")
    assert app.said == []
    assert day.office.archive.pages(day.numbers["refused"])[0].decided == ()


async def test_a_clerk_looks_after_deliveries_and_shuts_nobody_out(day, visit):
    app, running = visit(Role.CLERK)
    async with running as pilot:
        assert "Retry" in await press(app, pilot, *SIGN_IN, "f4")
        shown = await press(app, pilot, "r", "enter")
        assert "Ada retried" in shown
        assert "Shut out" not in await press(app, pilot, "f6", "x")
    assert app.said == [f"{day.numbers['refused']} is tried again at once."]


async def test_another_role_shows_in_the_head_and_the_footer_by_itself(day, visit):
    app, running = visit(Role.CLERK)
    async with running as pilot:
        assert "Shut out" not in await press(app, pilot, *SIGN_IN, "f5")
        day.office.users.give_role("ada", Role.ADMIN)
        app.screen._look_at_everything()
        shown = await press(app, pilot)
        assert "Ada (admin)" in shown
        assert "Shut out" in shown


async def test_a_role_that_was_taken_since_the_last_look_is_refused_in_a_sentence(day, visit):
    app, running = visit(Role.CLERK)
    async with running as pilot:
        await press(app, pilot, *SIGN_IN, "f4")
        day.office.users.give_role("ada", Role.VIEWER)
        app.screen.action_retry()
        await app.settle(pilot)
    assert app.said[0].startswith("That takes the role clerk, and yours is viewer")


async def test_who_was_removed_sees_nothing_more(day, visit):
    app, running = visit(Role.CLERK)
    async with running as pilot:
        await press(app, pilot, *SIGN_IN, "f4", "enter")
        day.office.users.remove("ada")
        app.screen._look_at_everything()
        shown = await press(app, pilot)
    assert "Your sign-in has ended: sign in again." in shown
    assert day.numbers["refused"] not in shown


async def test_who_presses_no_key_is_signed_out_and_signs_in_again(day, visit):
    app, running = visit(Role.CLERK)
    async with running as pilot:
        await press(app, pilot, *SIGN_IN, "f4", "g", *"half")
        day.clock.go_on(IDLE.total_seconds() - 1)
        app.sign_out_who_is_idle()
        assert "half" in await press(app, pilot)
        day.clock.go_on(1)
        app.sign_out_who_is_idle()
        shown = await press(app, pilot)
        assert "Signed out: no key was pressed for 15 minutes." in shown
        assert day.numbers["refused"] not in shown
        assert "Deliveries to the ERP" in await press(app, pilot, *SIGN_IN)
    signed_in = [line for line in Decisions(day.company.store).newest(who="Ada") if line.did == "signed in"]
    assert len(signed_in) == 2


async def test_a_key_says_that_somebody_is_there(day, visit):
    app, running = visit(Role.CLERK)
    async with running as pilot:
        await press(app, pilot, *SIGN_IN, "f4")
        day.clock.go_on(IDLE.total_seconds() - 1)
        await press(app, pilot, "down")
        day.clock.go_on(IDLE.total_seconds() - 1)
        app.sign_out_who_is_idle()
        assert day.numbers["refused"] in await press(app, pilot)


async def test_what_was_decided_is_listed_with_who_did_it(day, visit):
    app, running = visit(Role.VIEWER)
    day.office.deliveries.give_up(day.numbers["refused"], "No longer made.")
    async with running as pilot:
        shown = await press(app, pilot, *SIGN_IN, "f8")
    assert f"gave up {day.numbers['refused']}: No longer made." in shown
    assert [line.split()[1:5] for line in shown.splitlines() if "signed in" in line] == [
        ["Ada", "viewer", "signed", "in"]
    ]


async def test_the_hosts_own_screen_stays_open(day):
    app = Watched(day)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(app, pilot, "f4")
        day.clock.go_on(IDLE.total_seconds() * 10)
        assert day.numbers["refused"] in await press(app, pilot)
    app.close()
