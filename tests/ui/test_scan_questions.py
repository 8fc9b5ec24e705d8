"""What a scan asks, and looking up instead of counting."""

import threading
from contextlib import asynccontextmanager
from decimal import Decimal

import pytest
from textual.message import Message

from tests.support.gift_shop import furnish
from tests.support.price_data import tables
from tests.support.ui import ShopApp, fire, press, screen_text
from wizterm.domain.scan_rules import Rounding, ScanRules
from wizterm.screens.customer import CustomerPage
from wizterm.screens.look_up import LookUpPage
from wizterm.screens.options import OptionsSheet
from wizterm.screens.order import OrderPage
from wizterm.screens.rounding import RoundingSheet
from wizterm.screens.scan_desk import ScanHabits
from wizterm.screens.scan_mode import ScanModePage

UNKNOWN = "9520000000059"


class Released(Message):
    """The desk goes on."""


@pytest.fixture
def till(opened, tmp_path):
    """Opens the order screen over a catalogue; scans are fired with the prefix."""

    @asynccontextmanager
    async def till(habits=None, scans=None, *, gifts=False, size=(120, 40)):
        folder = opened(tmp_path, tables=tables(), scans=scans or ScanRules())
        if gifts:
            furnish(folder)
        app = ShopApp(folder, lambda: OrderPage(habits))
        async with app.run_test(size=size) as pilot:
            await app.settle(pilot)
            yield app, pilot

    return till


async def scan(app, _, *codes):
    return await fire(app, *codes)


def lines(app):
    return [(line.sku, int(line.count)) for line in app.folder.bench.entry.current().cart.lines]


async def test_a_scan_of_what_has_options_asks_for_them_and_then_counts(till):
    async with till(gifts=True) as (app, pilot):
        await press(app, pilot, "f6", "2", "*")
        shown = await scan(app, pilot, "22666")
        assert isinstance(app.screen, OptionsSheet)
        assert "Recipe box retrospot" in shown
        await press(app, pilot, "down", "enter", "f10")
        assert isinstance(app.screen, ScanModePage)
        assert lines(app) == [("22666", 2)]
        assert "+2 → 2" in screen_text(app)


async def test_scans_behind_a_question_wait_and_each_question_is_asked_in_its_turn(till):
    async with till(gifts=True) as (app, pilot):
        await press(app, pilot, "f6")
        release = hold_the_desk(app)
        await pilot.press(*(key for code in ("22666", "22666", "47566") for key in ("f9", *code, "enter")))
        release()
        await app.settle(pilot)
        assert [type(screen) for screen in app.screen_stack[-2:]] == [ScanModePage, OptionsSheet]
        await scan(app, pilot, "47566")
        assert "1 scan waits until this is closed." in app.said
        await press(app, pilot, "enter", "f10")
        assert isinstance(app.screen, OptionsSheet)
        await press(app, pilot, "down", "enter", "f10")
        assert isinstance(app.screen, ScanModePage)
        assert sorted(lines(app)) == [("22666", 1), ("22666", 1), ("47566", 2)]


async def test_a_question_that_is_left_counts_nothing_and_says_so(till):
    async with till(gifts=True) as (app, pilot):
        await scan(app, pilot, "22666")
        shown = await press(app, pilot, "escape")
        assert "Left out: nothing was chosen with it" in shown
        assert lines(app) == []


async def test_asked_to_ask_a_scan_offers_what_can_be_ordered(till):
    async with till(scans=ScanRules(Rounding.ASK)) as (app, pilot):
        await press(app, pilot, "1", "3", "*")
        shown = await scan(app, pilot, "STAND")
        assert isinstance(app.screen, RoundingSheet)
        assert "13 scanned. Sold from 12, in steps of 6." in shown
        assert "18: the next that can be ordered" in shown
        assert "12: the nearest below" in shown
        await press(app, pilot, "down", "enter")
        assert lines(app) == [("STAND", 12)]
        line = app.folder.bench.entry.current().cart.lines[0]
        assert line.scanned == Decimal(13)


async def test_asked_to_ask_esc_leaves_the_count_as_it_was_scanned(till):
    async with till(scans=ScanRules(Rounding.ASK)) as (app, pilot):
        await scan(app, pilot, "STAND")
        await press(app, pilot, "escape")
        assert lines(app) == [("STAND", 1)]


async def test_looking_up_opens_the_product_and_counts_nothing_scan_after_scan(till):
    async with till() as (app, pilot):
        shown = await press(app, pilot, "alt+l")
        assert "⌕ LOOK-UP" in shown
        shown = await scan(app, pilot, "HEART")
        assert isinstance(app.screen, LookUpPage)
        assert "White hanging heart" in shown
        assert "⌕ LOOK-UP  Looked up · scan the next one" in shown
        shown = await scan(app, pilot, "FLAG")
        assert "Party bunting" in shown
        assert "White hanging heart" not in shown
        assert lines(app) == []
        await press(app, pilot, "enter")
        assert lines(app) == [("FLAG", 1)]


async def test_an_unknown_code_is_told_on_the_page_of_the_product_before(till):
    async with till(ScanHabits(looks_up=True)) as (app, pilot):
        await scan(app, pilot, "HEART")
        shown = await scan(app, pilot, UNKNOWN)
        assert isinstance(app.screen, LookUpPage)
        assert f"✗ Unknown {UNKNOWN} is not in this catalogue" in shown
        shown = await scan(app, pilot, "FLAG")
        assert "✗" not in shown


async def test_scans_count_again_once_looking_up_has_ended(till):
    async with till(ScanHabits(looks_up=True)) as (app, pilot):
        await scan(app, pilot, "HEART")
        shown = await press(app, pilot, "l")
        assert isinstance(app.screen, OrderPage)
        assert "LOOK-UP" not in shown
        await scan(app, pilot, "HEART")
        assert lines(app) == [("HEART", 1)]


async def test_back_from_the_product_looking_up_goes_on(till):
    async with till(ScanHabits(looks_up=True)) as (app, pilot):
        await scan(app, pilot, "HEART")
        shown = await press(app, pilot, "escape")
        assert "⌕ LOOK-UP" in shown
        await scan(app, pilot, "FLAG")
        assert isinstance(app.screen, LookUpPage)


async def test_looking_up_begins_and_ends_in_scan_mode_and_by_a_command_too(till):
    async with till() as (app, pilot):
        shown = await press(app, pilot, "f6", "l")
        assert "⌕  LOOK-UP  ⌕" in shown
        await scan(app, pilot, "HEART")
        assert isinstance(app.screen, LookUpPage)
        shown = await scan(app, pilot, "WZLOOKUP")
        assert isinstance(app.screen, ScanModePage)
        assert "LOOK-UP" not in shown
        await scan(app, pilot, "HEART")
        assert lines(app) == [("HEART", 1)]


async def test_looking_up_that_began_in_scan_mode_ends_with_it_and_the_footer_says_how_else(till):
    async with till() as (app, pilot):
        shown = await press(app, pilot, "f6", "l")
        assert "l Count again" in shown.splitlines()[-1]
        shown = await press(app, pilot, "l")
        assert "l Look up" in shown.splitlines()[-1]
        shown = await press(app, pilot, "l", "escape")
        assert "LOOK-UP" not in shown
        await scan(app, pilot, "HEART")
        assert lines(app) == [("HEART", 1)]


async def test_looking_up_that_began_on_the_order_screen_goes_on_after_scan_mode_and_says_how_it_ends(till):
    async with till() as (app, pilot):
        shown = await press(app, pilot, "alt+l", "f6", "escape")
        assert "⌕ LOOK-UP · Alt+L counts again" in shown


async def test_a_customer_that_is_looked_up_is_shown_and_the_cart_stays_whose_it_was(till):
    async with till(ScanHabits(looks_up=True)) as (app, pilot):
        await scan(app, pilot, "12923")
        assert isinstance(app.screen, CustomerPage)
        assert app.folder.bench.entry.current().customer is None


async def test_a_command_does_nothing_while_scans_are_looked_up(till):
    async with till(ScanHabits(looks_up=True)) as (app, pilot):
        await scan(app, pilot, "HEART")
        await scan(app, pilot, "WZSUBMIT")
        assert isinstance(app.screen, LookUpPage)
        assert app.said[-1].startswith("Submit the order: not while scans are looked up.")


async def test_a_code_of_two_things_is_asked_once_while_looking_up(opened, tmp_path):
    made = tables()
    made["units"] += [("a", "TAPE", "box", "6", UNKNOWN), ("b", "HEART", "box", "6", UNKNOWN)]
    app = ShopApp(opened(tmp_path, tables=made), lambda: OrderPage(ScanHabits(looks_up=True)))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        await scan(app, pilot, UNKNOWN)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, LookUpPage)
        await press(app, pilot, "escape")
        await scan(app, pilot, UNKNOWN)
        assert isinstance(app.screen, LookUpPage)
        assert lines(app) == []


async def test_an_unknown_code_is_bound_with_one_key_on_the_order_screen_too(till):
    async with till() as (app, pilot):
        shown = await scan(app, pilot, UNKNOWN)
        assert "Alt+B binds it" in shown
        await press(app, pilot, "alt+b", *"bunting")
        await press(app, pilot, "enter")
        assert lines(app) == [("FLAG", 1)]
        kinds = [summary.kind for summary in app.folder.bench.documents.page(limit=5)]
        assert kinds == ["barcode"]


async def test_what_was_said_of_a_code_is_forgotten_with_one_key_and_asked_again(till):
    async with till() as (app, pilot):
        await press(app, pilot, "f6")
        await scan(app, pilot, UNKNOWN)
        await press(app, pilot, "b", *"bunting")
        await press(app, pilot, "enter")
        assert lines(app) == [("FLAG", 1)]
        shown = await press(app, pilot, "f")
        assert "Forgotten: scan it again." in shown
        shown = await scan(app, pilot, UNKNOWN)
        assert "NOT FOUND" in shown
        await press(app, pilot, "f")
        assert "there is nothing to forget" in screen_text(app)


async def test_a_question_that_comes_back_after_scan_mode_was_left_is_asked_all_the_same(till):
    async with till(gifts=True) as (app, pilot):
        await press(app, pilot, "f6")
        release = hold_the_desk(app)
        await pilot.press("f9", *"22666", "enter", "escape")
        release()
        await app.settle(pilot)
        assert isinstance(app.screen, OptionsSheet)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, OrderPage)
        assert app.screen.tally.waiting == 0


async def test_a_code_that_is_bound_while_looking_up_opens_its_product_and_counts_nothing(till):
    async with till(ScanHabits(looks_up=True)) as (app, pilot):
        await scan(app, pilot, UNKNOWN)
        await press(app, pilot, "alt+b", *"bunting")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, LookUpPage)
        assert lines(app) == []


def hold_the_desk(app):
    """What is asked waits until the function that is given back is called."""
    held = threading.Event()
    app.desk.ask(lambda: held.wait(30), lambda _: Released(), app.screen)
    return held.set


@pytest.mark.parametrize(("hold_off", "counted"), [(60.0, 1), (0.0, 2)])
async def test_a_label_that_stays_in_view_of_a_hands_free_scanner_counts_once(till, hold_off, counted):
    async with till(ScanHabits(hold_off=hold_off)) as (app, pilot):
        await scan(app, pilot, "HEART")
        shown = await scan(app, pilot, "HEART")
        assert lines(app) == [("HEART", counted)]
        assert ("= Repeat The same again within 60 s: not counted." in shown) is (counted == 1)
        await scan(app, pilot, "FLAG", "HEART")
        assert lines(app) == [("HEART", counted + 1), ("FLAG", 1)]
