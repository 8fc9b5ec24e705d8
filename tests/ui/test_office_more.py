"""What the office needs less often, by its keys: what it shows, what comes of it, and what a role covers."""

from decimal import Decimal

import pytest
from textual.widgets import Digits

from tests.support.office import OFFICE_PASSWORD, Watched, morning, press
from wizterm.protocol.pins import new_pin
from wizterm.server.approvals import Managers
from wizterm.server.deciding import Role

SIGN_IN = (*"ada", "enter", *OFFICE_PASSWORD, "enter")
REQUEST = "7K2M-9XQ4"
SIZES = pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["wide", "small"])


@pytest.fixture
def shop(tmp_path):
    with morning(tmp_path) as shop:
        yield shop


@pytest.fixture
def opened(shop):
    """The app on the server's own host, or for somebody who signs in with this role."""
    apps = []

    def opened(*, role=None, size=(120, 40)):
        if role is not None:
            shop.office.users.add("Ada", OFFICE_PASSWORD, role)
        apps.append(Watched(shop, sign_in=role is not None))
        return apps[-1], apps[-1].run_test(size=size)

    yield opened
    for app in apps:
        app.close()


def employ(shop, code="MAX", name="Max Stern", most=Decimal(25)):
    shop.office.managers.add(code, name, new_pin("135790", time_cost=1, memory_kib=8), most)


def told(shop):
    """What the record says was decided, the latest first."""
    return [line.told for line in shop.office.decisions.newest()]


@SIZES
async def test_the_head_has_room_for_every_page(opened, size):
    app, running = opened(size=size)
    async with running as pilot:
        assert "F8 Decisions" in await press(app, pilot, "f9")
        assert "F9 More" in await press(app, pilot, "enter")


@SIZES
async def test_the_code_to_read_out_is_made_from_what_the_rep_reads(shop, opened, size):
    employ(shop)
    app, running = opened(size=size)
    async with running as pilot:
        shown = await press(app, pilot, "f9", "a")
        assert "Managers: MAX Max Stern (up to 25 %)" in shown
        shown = await press(app, pilot, *REQUEST.lower(), "enter", *"kim", "enter", *"15", "enter", *"max", "enter")
        assert "Read out, for 15 % to kim by max:" in shown
        assert app.screen.query_one(Digits).value == Managers(shop.company.store, shop.office.by).code(
            REQUEST, "KIM", Decimal(15), "MAX"
        )
        await press(app, pilot, "backspace")
        assert app.screen.query_one(Digits).value == ""
        assert "a rep who telephones" in await press(app, pilot, "escape")
    assert "gave a code for 7k2m-9xq4: 15 % to KIM, by MAX" in told(shop)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ((REQUEST, "KIN", "15", "MAX"), "There is no rep 'KIN'"),
        ((REQUEST, "KIM", "15", "MIX"), "There is no manager 'MIX'"),
        ((REQUEST, "KIM", "30", "MAX"), "MAX may allow at most 25 %."),
        (("7K2M", "KIM", "15", "MAX"), "'7K2M' is no request"),
        ((REQUEST, "KIM", "lots", "MAX"), "'lots' is no discount"),
    ],
)
async def test_what_cannot_be_approved_is_said_in_place_and_kept_for_mending(shop, opened, typed, words):
    employ(shop)
    app, running = opened()
    async with running as pilot:
        keys = [key for word in typed for key in (*word, "enter")]
        shown = await press(app, pilot, "f9", "a", *keys)
        assert f"▲ {words}" in shown
        assert typed[0] in shown
        assert app.screen.query_one(Digits).value == ""
    assert not [line for line in told(shop) if line.startswith("gave a code")]


async def test_without_a_manager_it_says_who_sets_one_up(opened):
    app, running = opened()
    async with running as pilot:
        assert "`wizterm admin managers add` sets one up" in await press(app, pilot, "f9", "a")


async def test_a_manager_set_up_meanwhile_is_named_by_itself(shop, opened):
    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f9", "a")
        employ(shop, name="\x1b[2JMax[/red]")
        app.screen._look_at_everything()
        shown = await press(app, pilot)
    assert "Max[/red]" in shown
    assert "\x1b" not in shown


async def test_a_viewer_gives_no_code_and_reads_why(shop, opened):
    employ(shop)
    app, running = opened(role=Role.VIEWER)
    async with running as pilot:
        shown = await press(app, pilot, *SIGN_IN, "f9", "a")
        assert "Giving a code takes the role clerk, and yours is viewer." in shown
        assert "Give code" not in shown
        shop.office.users.give_role("ada", Role.CLERK)
        app.screen._look_at_everything()
        shown = await press(app, pilot)
        assert "Give code" in shown
        assert "takes the role" not in shown
