"""What the office needs less often, by its keys: what it shows, what comes of it, and what a role covers."""

from decimal import Decimal

import pytest
from textual.widgets import Digits

from tests.support.office import OFFICE_PASSWORD, Watched, busy, morning
from tests.support.ui import press
from wizterm.protocol.pins import new_pin
from wizterm.server.approvals import Managers
from wizterm.server.deciding import Role
from wizterm.server.mappings import MapKind

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
        assert "Changes take the role clerk, and yours is viewer." in shown
        assert "Give code" not in shown
        shop.office.users.give_role("ada", Role.CLERK)
        app.screen._look_at_everything()
        shown = await press(app, pilot)
        assert "Give code" in shown
        assert "takes the role" not in shown


@SIZES
async def test_a_customer_is_found_as_one_types_and_given_to_a_rep_and_taken_away(shop, opened, size):
    app, running = opened(size=size)
    async with running as pilot:
        shown = await press(app, pilot, "f9", "c", *"lantern")
        assert "The Paper Lantern" in shown
        assert "Café Ost" not in shown
        shown = await press(app, pilot, "enter")
        assert "With KIM" in shown
        assert "TRADE" in shown
        assert "With KIM, LEE" in await press(app, pilot, "a", *"lee", "enter")
        assert "With LEE" in await press(app, pilot, "t", *"kim", "enter")
        assert "With nobody" in await press(app, pilot, "t", "enter")
        await press(app, pilot, "t")
        shown = await press(app, pilot, "escape")
        assert "nobody's" in shown
        assert "Café Ost" in await press(app, pilot, "escape")
        assert "whose they are" in await press(app, pilot, "escape")
    assert app.said[0] == "The Paper Lantern is with KIM, LEE now. Devices hear of it."
    assert app.said[-1] == "The Paper Lantern is with nobody: there is no rep to take them from."
    assert "assigned the customer 12923: The Paper Lantern, to LEE" in told(shop)


async def test_a_rep_nobody_knows_is_refused_in_a_sentence(opened):
    app, running = opened()
    async with running as pilot:
        assert "With KIM" in await press(app, pilot, "f9", "c", *"12923", "enter", "a", *"nix", "enter")
    assert app.said[0].startswith("There is no rep 'nix'")


async def test_what_another_process_assigned_shows_by_itself(shop, opened):
    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f9", "c", *"12923", "enter")
        shop.office.customers.assign("12923", "LEE")
        app.screen._look_at_everything()
        assert "With KIM, LEE" in await press(app, pilot)


async def test_mappings_are_listed_and_removed(shop, opened):
    shop.office.mappings.put(MapKind.ITEM, "22423", "CAKE-3T")
    shop.office.mappings.put(MapKind.CUSTOMER, "12923", "10412")
    app, running = opened(size=(80, 24))
    async with running as pilot:
        shown = await press(app, pilot, "f9", "m")
        assert "CAKE-3T" in shown
        assert "12923 The Paper Lantern" in shown
        assert "10412" not in await press(app, pilot, "x", "y")
        assert "Nothing is mapped" in await press(app, pilot, "x", "y")
    assert app.said == ["12923 The Paper Lantern is mapped no more.", "22423 is mapped no more."]


async def test_a_sign_in_is_ended_and_the_rep_may_come_back(shop, opened):
    app, running = opened(size=(80, 24))
    async with running as pilot:
        assert "Van 3" in await press(app, pilot, "f9", "s")
        assert "Van 3" in await press(app, pilot, "x", "n")
        assert "No rep is signed in." in await press(app, pilot, "x", "y")
    assert app.said == [f"KIM is signed out on {shop.session.installation}, and can sign in again."]
    assert shop.office.sessions.all() == ()


async def test_price_lists_are_shown_with_what_is_on_them(opened):
    app, running = opened(size=(80, 24))
    async with running as pilot:
        shown = await press(app, pilot, "f9", "p")
    (trade,) = [line for line in shown.splitlines() if "TRADE" in line]
    assert trade.strip("│ ").split()[:5] == ["TRADE", "Trade", "GBP", "2", "2"]
    assert "without a customer" in trade


@pytest.mark.parametrize(
    ("letters", "offered", "role"),
    [
        (("c", "enter"), "Assign", Role.VIEWER),
        (("m",), "Remove", Role.VIEWER),
        (("s",), "End", Role.CLERK),
    ],
)
async def test_who_may_only_see_is_offered_nothing_and_reads_why(shop, opened, letters, offered, role):
    shop.office.mappings.put(MapKind.ITEM, "22423", "CAKE-3T")
    least = {Role.VIEWER: Role.CLERK, Role.CLERK: Role.ADMIN}[role]
    app, running = opened(role=role)
    async with running as pilot:
        shown = await press(app, pilot, *SIGN_IN, "f9", letters[0])
        shown = await press(app, pilot, *letters[1:])
        assert f"Changes take the role {least}, and yours is {role}." in shown
        assert f" {offered} " not in shown.splitlines()[-1]
        shop.office.users.give_role("ada", Role.ADMIN)
        app.screen._look_at_everything()
        shown = await press(app, pilot)
        assert f" {offered} " in shown.splitlines()[-1]
        assert "Changes take" not in shown


async def test_names_from_outside_reach_no_terminal_as_anything_but_text(shop, opened):
    shop.office.mappings.put(MapKind.ITEM, "22423", "\x1b[2J[red]no[/red]")
    app, running = opened()
    async with running as pilot:
        for keys in (["f9", "m"], ["x"]):
            shown = await press(app, pilot, *keys)
            assert "\x1b" not in shown
            assert "[red]no[/red]" in shown


async def test_a_viewer_reads_that_a_clerk_is_needed(shop, opened):
    busy(shop)
    app, running = opened(role=Role.VIEWER)
    async with running as pilot:
        assert "▲ 2 need a clerk" in await press(app, pilot, *SIGN_IN)
        for name in ("refused", "uncertain"):
            shop.office.deliveries.give_up(shop.numbers[name], "No longer made.")
        app.screen._look_at_everything()
        assert "Nothing needs a clerk." in await press(app, pilot)


async def test_the_overview_says_in_words_how_far_devices_can_get(shop, opened):
    app, running = opened()
    async with running as pilot:
        shown = await press(app, pilot)
    assert "Changes on the server" in shown
    assert f"no. {shop.office.standing().overview.catalogue:,}" in shown
