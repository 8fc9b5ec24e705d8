"""Scans on the screens: counted wherever the focus is, told, held under a sheet, and never typed."""

from contextlib import asynccontextmanager
from unittest.mock import Mock

import pytest

from tests.support.patience import until
from tests.support.price_data import tables
from tests.support.scanner_device import pressed, typed
from tests.support.ui import ShopApp, fire, press, screen_text
from wizterm.screens.order import OrderPage
from wizterm.screens.scan_desk import ScanHabits
from wizterm.screens.scan_mode import ScanModePage
from wizterm.terminal.evdev import ENTER
from wizterm.widgets.scan_line import STAYS, ScanLine
from wizterm.widgets.search_field import SearchField

UNKNOWN = "9520000000059"


@pytest.fixture
def till(opened, tmp_path):
    """Opens the order screen; scans are fired with the prefix."""

    @asynccontextmanager
    async def till(habits=None, size=(120, 40)):
        folder = opened(tmp_path, tables=tables())
        app = ShopApp(folder, lambda: OrderPage(habits))
        async with app.run_test(size=size) as pilot:
            yield app, pilot

    return till


async def scan(app, _, code):
    return await fire(app, code)


def lines(app):
    return [(line.sku, int(line.count)) for line in app.folder.bench.entry.current().cart.lines]


@pytest.mark.parametrize("focus", ["f2", "f4", "f5"])
async def test_a_scan_counts_wherever_the_focus_is_and_no_field_has_it(till, focus):
    async with till() as (app, pilot):
        await press(app, pilot, focus)
        shown = await scan(app, pilot, "STAND")
        await scan(app, pilot, "STAND")
        assert lines(app) == [("STAND", 12)]
        assert "▲ STAND Regency cakestand +1 → 1 scanned, rounded up to 12" in shown
        assert app.screen.query_one(SearchField).value == ""


async def test_twelve_times_is_typed_before_a_scan_and_a_minus_takes_back(till):
    async with till() as (app, pilot):
        await press(app, pilot, "1", "2", "*")
        await scan(app, pilot, "HEART")
        assert lines(app) == [("HEART", 12)]
        await press(app, pilot, "-")
        await scan(app, pilot, "HEART")
        assert lines(app) == [("HEART", 11)]
        assert app.screen.query_one(SearchField).value == ""


async def test_words_that_were_being_typed_stay(till):
    async with till() as (app, pilot):
        await press(app, pilot, *"bunt")
        await scan(app, pilot, "HEART")
        assert app.screen.query_one(SearchField).value == "bunt"


async def test_an_unknown_code_is_told_and_adds_nothing(till):
    async with till() as (app, pilot):
        shown = await scan(app, pilot, UNKNOWN)
        assert f"✗ Unknown {UNKNOWN} is not in this catalogue" in shown
        assert lines(app) == []


async def test_what_became_of_a_scan_goes_after_a_while_and_the_code_can_still_be_bound(till, monkeypatch):
    timers = []
    monkeypatch.setattr(ScanLine, "set_timer", lambda _, after, then: timers.append((after, then)) or Mock())
    async with till() as (app, pilot):
        await scan(app, pilot, UNKNOWN)
        ((after, leave),) = timers
        assert after == STAYS
        leave()
        await app.settle(pilot)
        assert UNKNOWN not in screen_text(app)
        assert f"{UNKNOWN}" in await press(app, pilot, "alt+b")


async def test_a_scan_that_was_cut_off_is_told_and_not_looked_up(till):
    async with till() as (app, _):
        await app.settle()
        app.burst("f9", *"HEART")
        shown = await fire(app, "STAND")
        assert lines(app) == [("STAND", 12)]
        assert "STAND" in shown


async def test_a_customers_card_gives_the_cart_to_the_customer(till):
    async with till() as (app, pilot):
        shown = await scan(app, pilot, "12923")
        assert "The Paper Lantern" in shown.splitlines()[0]


async def test_a_card_chooses_in_the_list_of_customers_too(till):
    async with till() as (app, pilot):
        await press(app, pilot, "f3")
        await scan(app, pilot, "12923")
        assert isinstance(app.screen, OrderPage)
        assert app.folder.bench.entry.current().customer.number == "12923"


async def test_under_a_sheet_scans_wait_visibly_and_are_taken_when_it_closes(till):
    async with till() as (app, pilot):
        await scan(app, pilot, "HEART")
        await press(app, pilot, "f4", "q")
        await scan(app, pilot, "HEART")
        await scan(app, pilot, "FLAG")
        assert lines(app) == [("HEART", 1)]
        assert app.said[-1] == "2 scans wait until this is closed."
        await press(app, pilot, "escape")
        assert lines(app) == [("HEART", 2), ("FLAG", 1)]


async def test_while_an_order_is_being_created_a_scan_is_refused_aloud(till):
    async with till() as (app, pilot):
        await scan(app, pilot, "HEART")
        await press(app, pilot, "f10")
        await scan(app, pilot, "HEART")
        assert "This scan was not taken" in app.said[-1]
        await press(app, pilot, "escape")
        assert lines(app) == [("HEART", 1)]


async def test_the_number_of_an_order_opens_it(till):
    async with till() as (app, pilot):
        app.folder.order(lines={"HEART": 30})
        await scan(app, pilot, "KIM-7F-0001")
        assert type(app.screen).__name__ == "DocumentPage"


async def test_commands_can_be_scanned(till):
    async with till() as (app, pilot):
        await scan(app, pilot, "WZTIMES3")
        await scan(app, pilot, "HEART")
        assert lines(app) == [("HEART", 3)]
        await scan(app, pilot, "WZSCANMODE")
        assert isinstance(app.screen, ScanModePage)
        await scan(app, pilot, "WZSUBMIT")
        assert type(app.screen).__name__ == "CreateOrder"


async def test_scan_mode_tells_each_scan_in_large_and_counts_them(till):
    async with till() as (app, pilot):
        await press(app, pilot, "f6")
        assert "✓  FOUND  ✓    HEART" in await scan(app, pilot, "HEART")
        assert "▲  ROUNDED  ▲    STAND" in await scan(app, pilot, "STAND")
        shown = await scan(app, pilot, UNKNOWN)
        assert "✗  NOT FOUND  ✗" in shown
        assert UNKNOWN in shown
        assert "3 scans · 0 waiting" in shown


async def test_in_scan_mode_twelve_times_minus_and_undo_work(till):
    async with till() as (app, pilot):
        shown = await press(app, pilot, "f6", "1", "2", "*")
        assert "next scan: 12*" in shown
        await scan(app, pilot, "HEART")
        await press(app, pilot, "-")
        await scan(app, pilot, "HEART")
        assert lines(app) == [("HEART", 11)]
        await press(app, pilot, "u")
        assert lines(app) == [("HEART", 12)]
        await press(app, pilot, "escape")
        assert isinstance(app.screen, OrderPage)
        assert int(app.screen.view.cart.lines[0].count) == 12


async def test_in_scan_mode_a_code_that_cannot_be_read_is_typed_and_shown_whole(till):
    async with till(size=(80, 24)) as (app, pilot):
        shown = await press(app, pilot, "f6", *UNKNOWN)
        assert f"{UNKNOWN}   Enter looks it up" in shown
        shown = await press(app, pilot, "enter")
        assert f"✗ Unknown {UNKNOWN} is not in this catalogue" in shown
        assert "1 scan · 0 waiting" in shown


async def test_in_scan_mode_a_count_goes_before_a_typed_sku_and_its_letters_are_no_commands(till):
    async with till() as (app, pilot):
        await press(app, pilot, "f6", "1", "2", "space", "*", *"FLAG", "enter")
        assert lines(app) == [("FLAG", 12)]
        await press(app, pilot, "-", *"FLAu", "backspace", "G", "enter")
        assert lines(app) == [("FLAG", 11)]
        await press(app, pilot, "2", "*", "u")
        assert lines(app) == [("FLAG", 12)]


async def test_in_scan_mode_enter_without_a_code_says_what_it_waits_for(till):
    async with till() as (app, pilot):
        await press(app, pilot, "f6", "1", "2", "*", "enter")
        assert app.said[-1] == "Type a code after 12*, or scan one."
        await scan(app, pilot, "HEART")
        assert lines(app) == [("HEART", 12)]


async def test_in_scan_mode_a_code_that_is_too_long_is_said(till):
    async with till() as (app, pilot):
        await press(app, pilot, "f6", *("7" * 61))
        assert app.said[-1].startswith("A code has at most 60 characters")


async def test_an_unknown_code_is_bound_to_a_product_and_counts(till):
    async with till() as (app, pilot):
        await press(app, pilot, "f6")
        await scan(app, pilot, UNKNOWN)
        await press(app, pilot, "b", *"bunting")
        await press(app, pilot, "enter")
        assert lines(app) == [("FLAG", 1)]
        await scan(app, pilot, UNKNOWN)
        assert lines(app) == [("FLAG", 2)]


async def test_an_unknown_code_can_be_ignored(till):
    async with till() as (app, pilot):
        await press(app, pilot, "f6")
        await scan(app, pilot, UNKNOWN)
        await press(app, pilot, "i", "b")
        assert isinstance(app.screen, ScanModePage)
        assert "There is no unknown code to bind" in app.said[-1]


async def test_a_new_order_opens_in_scan_mode_where_the_configuration_says_so(till):
    async with till(ScanHabits(opens_orders=True)) as (app, pilot):
        await press(app, pilot)
        assert isinstance(app.screen, ScanModePage)


@pytest.mark.parametrize(("bell", "rings"), [("all", 2), ("problems", 1), ("off", 0)])
async def test_the_bell_rings_as_it_is_set(till, bell, rings, monkeypatch):
    async with till(ScanHabits(bell=bell)) as (app, pilot):
        rung = []
        monkeypatch.setattr(app, "bell", lambda: rung.append(1))
        await scan(app, pilot, "HEART")
        await scan(app, pilot, UNKNOWN)
        assert len(rung) == rings


async def test_everything_of_scan_mode_fits_a_small_terminal(till):
    async with till(size=(80, 24)) as (app, pilot):
        await press(app, pilot, "f6")
        shown = await scan(app, pilot, "STAND")
        assert "ROUNDED" in shown
        assert "1 scan · 0 waiting" in shown


async def test_a_scanner_beside_the_terminal_counts_too(till, tmp_path):
    async with till() as (app, pilot):
        path = tmp_path / "event7"
        path.write_bytes(typed("HEART") + pressed(ENTER))
        app.read_scanner(str(path))
        await until(lambda: any("is gone" in said for said in app.said))
        await press(app, pilot)
        assert lines(app) == [("HEART", 1)]


async def test_scan_mode_says_what_can_be_typed_before_the_first_scan(till):
    async with till(size=(80, 24)) as (app, pilot):
        shown = await press(app, pilot, "f6")
    assert "0 scans · 0 waiting   12* then scan adds twelve · - then scan takes back" in shown


async def test_on_a_narrow_screen_the_key_that_binds_an_unknown_code_is_not_cut_off(till):
    async with till(size=(80, 24)) as (app, pilot):
        shown = await scan(app, pilot, "SHELF-4711-OF-THE-BACK-ROOM-BESIDE-THE-DOOR")
        assert "✗ Unknown SHELF-4711-OF-THE-BACK-ROOM-BESIDE-THE-DOOR is" in shown
        assert "…  · Alt+B binds it" in shown


async def test_a_code_of_which_something_is_wrong_is_not_offered_for_binding(till):
    async with till(size=(120, 40)) as (app, pilot):
        shown = await scan(app, pilot, "9520000000050")
        assert "✗ Unknown 9520000000050 is not in this catalogue. Its check digit is wrong." in shown
        assert "Alt+B" not in shown
